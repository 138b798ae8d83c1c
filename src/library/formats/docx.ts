import mammoth from 'mammoth';
import { parse } from 'node-html-parser';
import { Refusal } from '../../base/errors.ts';
import { stopOldContainer } from '../files/container.ts';
import { unzipped } from '../files/unzipped.ts';
import type { DocumentContent } from './document-content.ts';
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
export async function readDocx(bytes: Uint8Array): Promise<DocumentContent> {
  stopOldContainer(bytes, '.doc');
  const edges = await unzipped(bytes, /^word\/(?:header|footer)\d*\.xml$/);
  const blocks = htmlBlocks(withWholeTables(await toHtml(bytes)));
  const isStyled = blocks.some(({ kind }) => kind === 'heading');
  return { blocks: isStyled ? blocks : guessed(blocks), printed: edgesOf(edges) };
}

/** The paragraphs above and below its pages, which are no part of the text. */
function edgesOf(parts: Map<string, Buffer>): string[] {
  const paragraphs = [...parts.values()].flatMap((part) => part.toString('utf8').split('</w:p>'));
  return paragraphs.map((each) => parse(each).text.trim());
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

const guessed = (blocks: DocumentContent['blocks']) =>
  plainBlocks(blocks.map(({ text }) => text).join('\n\n'));
