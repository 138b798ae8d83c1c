import { extractTextItems, getDocumentProxy } from 'unpdf';
import { Refusal } from '../../base/errors.ts';
import type { Block } from '../../answers/retrieval/types.ts';
import type { DocumentContent } from './document-content.ts';
import { linesOf, type PdfLine } from './pdf-lines.ts';
import { plainBlocks } from './plain.ts';

/** A heading is written so much larger than the text. */
const larger = 1.15;
const longestHeading = 60;

/**
 * Headings and paragraphs of a .pdf, from the text it holds. Headings are the lines in larger
 * letters, else they are guessed as in a plain text. Refuses a scan and a locked file.
 */
export async function readPdf(bytes: Uint8Array): Promise<DocumentContent> {
  const { lines, edges } = linesOf(await pagesOf(bytes));
  if (lines.length === 0) throw new Refusal('FILE_SCANNED');
  const sizes = headingSizes(lines);
  const isPlain = sizes.length === 0;
  const blocks = isPlain ? plainBlocks(paragraphs(lines).join('\n\n')) : blocksBy(lines, sizes);
  // Lines are kept too, since blocks join a mark of secrecy with the line below it.
  return { blocks, printed: [...edges, ...lines.map(({ text }) => text)] };
}

async function pagesOf(bytes: Uint8Array) {
  try {
    // The reader takes the bytes over, and they are needed again.
    const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
    return (await extractTextItems(pdf)).items;
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new Refusal(isLocked ? 'FILE_LOCKED' : 'FILE_DAMAGED', {}, { cause: error });
  }
}

/** The sizes of letters in which short lines stand out from the text, the largest first. */
function headingSizes(lines: PdfLine[]): number[] {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length);
  const [[body] = [0]] = [...letters].sort(([, one], [, other]) => other - one);
  const heads = lines.filter(({ size, text }) => size >= body * larger && isShort(text));
  return [...new Set(heads.map(({ size }) => size))].sort((one, other) => other - one);
}

const isShort = (text: string) => text.length <= longestHeading;

function blocksBy(lines: PdfLine[], sizes: number[]): Block[] {
  const blocks: Block[] = [];
  let run: PdfLine[] = [];
  const flush = () => {
    for (const text of paragraphs(run)) blocks.push({ kind: 'text', text });
    run = [];
  };
  for (const line of lines) {
    const place = isShort(line.text) ? sizes.indexOf(line.size) : -1;
    if (place < 0) {
      run.push(line);
      continue;
    }
    flush();
    blocks.push({ kind: 'heading', level: Math.min(place + 1, 6), text: line.text });
  }
  flush();
  return blocks;
}

/** Lines as their author wrote them: a paragraph that was broken to fit the page is whole again. */
function paragraphs(lines: PdfLine[]): string[] {
  const whole: string[] = [];
  for (const { text, begins } of lines) {
    if (begins || whole.length === 0) whole.push(text);
    else whole.push(joined(whole.pop() ?? '', text));
  }
  return whole;
}

/** Words of an alphabet need the space that the line's end stood for. */
const joined = (first: string, next: string) =>
  /[\p{Script=Latin}\p{N},.;:)]$/u.test(first) && /^[\p{Script=Latin}\p{N}(]/u.test(next)
    ? `${first} ${next}`
    : first + next;
