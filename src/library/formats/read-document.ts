import { confidentialIn, confidentialName, stopConfidential } from '../confidential/rules.ts';
import { Refusal } from '../../base/errors.ts';
import { decode, lostIn, tidy } from '../files/decode.ts';
import { oneLine } from '../../base/text.ts';
import type { Block } from '../../answers/retrieval/types.ts';
import { readDocx } from './docx.ts';
import type { DocumentContent } from './document-content.ts';
import { declaredEncoding, htmlBlocks, htmlTitle } from './html.ts';
import { requireKind, type DocumentKind } from './document-kinds.ts';
import { markdownBlocks } from './markdown.ts';
import { readPdf } from './pdf.ts';
import { plainBlocks } from './plain.ts';
import { readLinked } from './linked-document.ts';

export interface ReadDocument {
  title: string;
  blocks: Block[];
  /** Characters that could not be read. */
  lost: number;
}

const longestTitle = 120;
const textBlocks = { md: markdownBlocks, html: htmlBlocks, txt: plainBlocks };
const packed = { docx: readDocx, pdf: readPdf };

/**
 * Reads the title and blocks of a document. Refuses a file that is of a wrong kind, damaged or without text,
 * secret or private.
 */
export async function readDocument(name: string, bytes: Uint8Array): Promise<ReadDocument> {
  const kind = requireKind(name);
  if (bytes.length === 0) throw new Refusal('FILE_EMPTY');
  return documentOf(name, await contentOf(kind, bytes));
}

/** Reads a document that was fetched through the platform. */
export const readLinkedDocument = (name: string, bytes: Uint8Array): ReadDocument =>
  documentOf(name, tidied(readLinked(bytes)));

function documentOf(name: string, { said = '', lost, ...found }: TidiedContent): ReadDocument {
  stopConfidential(confidentialName(name), 'FILE');
  const whole = [...found.printed, said, ...found.blocks.map(({ text }) => text)].join('\n');
  stopConfidential(confidentialIn(whole, 'document'), 'FILE');
  const blocks = found.blocks.filter((block) => block.text.trim());
  if (!blocks.some((block) => block.kind === 'text')) throw new Refusal('FILE_EMPTY');
  const heading = blocks.find(isTitle);
  const titles = [heading?.text, said, nameOf(name)];
  return {
    title: [...oneLine(titles.find(Boolean) ?? '')].slice(0, longestTitle).join(''),
    // The title is cited on its own; as a heading as well it would be said twice.
    blocks: blocks.filter((block) => block !== heading),
    lost,
  };
}

interface TidiedContent extends DocumentContent {
  lost: number;
  /** What the document says is its title, apart from its text. */
  said?: string;
}

async function contentOf(kind: DocumentKind, bytes: Uint8Array): Promise<TidiedContent> {
  if (kind === 'docx' || kind === 'pdf') return tidied(await packed[kind](bytes));
  const { text, lost } = decode(bytes, kind === 'html' ? declaredEncoding(bytes) : undefined);
  const said = kind === 'html' ? htmlTitle(text) : '';
  // Plain text and Markdown are checked as a whole, also what comes before the first heading.
  return { blocks: textBlocks[kind](text), printed: kind === 'html' ? [] : [text], lost, said };
}

/** Office files hold the same marks and control characters as texts do. */
function tidied({ blocks, printed }: DocumentContent): TidiedContent {
  const clean = blocks.map((block) => ({ ...block, text: tidy(block.text) }));
  const lost = clean.reduce((sum, { text }) => sum + lostIn(text), 0);
  return { blocks: clean, printed: printed.map(tidy), lost };
}

/** The first heading is the title, if it opens the document or is of the first level; a chapter never is. */
function isTitle(block: Block, place: number): boolean {
  if (block.kind !== 'heading' || /^第\S{1,6}[编章节]/.test(block.text)) return false;
  return place === 0 || block.level === 1;
}

const nameOf = (name: string) => name.replace(/^.*[\\/]/s, '').replace(/\.[^.]+$/, '');
