import mammoth from 'mammoth';
import { parse } from 'node-html-parser';
import { Refusal } from '../../base/errors.ts';
import { checkUnzipped, unzippedParts } from '../files/unzipped.ts';
import type { Found } from './found.ts';
import { htmlBlocks } from './html.ts';
import { plainBlocks } from './plain.ts';

/** What Word and WPS call the title and the headings, whatever their language. */
const styleMap = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='标题'] => h1:fresh",
  ...[1, 2, 3, 4, 5, 6].map((level) => `p[style-name='标题 ${level}'] => h${level}:fresh`),
];

/**
 * Headings, paragraphs, lists and tables of a .docx. Pictures and macros are left out. Where no
 * paragraph is styled as a heading, headings are guessed as in a plain text.
 */
export async function readDocx(bytes: Uint8Array): Promise<Found> {
  checkContainer(bytes);
  checkUnzipped(bytes);
  const blocks = htmlBlocks(withWholeTables(await toHtml(bytes)));
  const isStyled = blocks.some(({ kind }) => kind === 'heading');
  return { blocks: isStyled ? blocks : guessed(blocks), printed: edgesOf(bytes) };
}

/** The paragraphs above and below its pages, which are no part of the text. */
function edgesOf(bytes: Uint8Array): string[] {
  const parts = unzippedParts(bytes, /^word\/(?:header|footer)\d*\.xml$/);
  return parts.flatMap((part) => part.split('</w:p>').map((each) => parse(each).text.trim()));
}

async function toHtml(bytes: Uint8Array): Promise<string> {
  const convertImage = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
  const options = { styleMap, convertImage, externalFileAccess: false };
  try {
    return (await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, options)).value;
  } catch (error) {
    throw new Refusal('FILE_DAMAGED', {}, { cause: error });
  }
}

/** Paragraphs within a cell would make a page's layout of a table; here each row stays one line. */
function withWholeTables(html: string): string {
  const page = parse(html);
  for (const paragraph of page.querySelectorAll('td > p, th > p'))
    paragraph.replaceWith(` ${paragraph.innerHTML} `);
  return page.toString();
}

const guessed = (blocks: Found['blocks']) =>
  plainBlocks(blocks.map(({ text }) => text).join('\n\n'));

const oldContainer = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encrypted = Buffer.from('EncryptedPackage', 'utf16le');

/** A password puts a .docx into the container of the old .doc; what merely bears the new name is refused as old. */
function checkContainer(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, oldContainer.length).equals(oldContainer)) return;
  if (file.includes(encrypted)) throw new Refusal('FILE_LOCKED');
  throw new Refusal('FILE_OLD_KIND', { kind: '.doc' });
}
