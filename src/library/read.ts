import { Refusal } from '../errors.ts';
import { oneLine } from '../line.ts';
import type { Block } from '../retrieval/types.ts';
import { decode } from './decode.ts';
import { declaredEncoding, htmlBlocks, htmlTitle } from './html.ts';
import { requireKind, type Kind } from './kinds.ts';
import { markdownBlocks } from './markdown.ts';
import { plainBlocks } from './plain.ts';

export interface Read {
  title: string;
  blocks: Block[];
  /** Characters that could not be read. */
  lost: number;
}

const longestTitle = 120;
const blocksOf: Record<Kind, (text: string) => Block[]> = {
  md: markdownBlocks,
  html: htmlBlocks,
  txt: plainBlocks,
};

/** The title and blocks of a document. Refuses what is of a wrong kind, damaged, or without any text. */
export function readDocument(name: string, bytes: Uint8Array): Read {
  const kind = requireKind(name);
  if (bytes.length === 0) throw new Refusal('FILE_EMPTY');
  const { text, lost } = decode(bytes, kind === 'html' ? declaredEncoding(bytes) : undefined);
  const blocks = blocksOf[kind](text).filter((block) => block.text.trim());
  if (!blocks.some((block) => block.kind === 'text')) throw new Refusal('FILE_EMPTY');
  const heading = blocks.find(isTitle);
  const titles = [heading?.text, kind === 'html' ? htmlTitle(text) : '', nameOf(name)];
  return {
    title: [...oneLine(titles.find(Boolean) ?? '')].slice(0, longestTitle).join(''),
    // The title is cited on its own; as a heading as well it would be said twice.
    blocks: blocks.filter((block) => block !== heading),
    lost,
  };
}

/** The first heading is the title, if it opens the document or is of the first level; a chapter never is. */
function isTitle(block: Block, place: number): boolean {
  if (block.kind !== 'heading' || /^第\S{1,6}[编章节]/.test(block.text)) return false;
  return place === 0 || block.level === 1;
}

const nameOf = (name: string) => name.replace(/^.*[\\/]/s, '').replace(/\.[^.]+$/, '');
