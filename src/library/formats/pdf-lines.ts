import type { StructuredTextItem } from 'unpdf';
import { oneLine } from '../../base/text.ts';

/** A line of a page, as it is printed. */
export interface PdfLine {
  text: string;
  /** Of its letters, in points. */
  size: number;
  /** A paragraph begins here, by its indent, the space above it, or a short line before it. */
  begins: boolean;
}
interface PlacedLine {
  text: string;
  size: number;
  left: number;
  right: number;
  y: number;
}
type Item = StructuredTextItem;

/** The printed lines of a document, without page numbers. `edges` are headers and footers repeated on its pages. */
export function linesOf(pages: Item[][]): { lines: PdfLine[]; edges: string[] } {
  const placed = pages.map(placedLines);
  const repeated = repeatedEdges(placed);
  const isText = ({ text }: PlacedLine) => !isPageNumber(text) && !repeated.has(text);
  const kept = placed.map((page) => page.filter(isText));
  const lines = kept.flatMap((page, i) => withBeginnings(page, kept[i - 1]?.at(-1)));
  return { lines, edges: [...repeated] };
}

/** Items of one height are one line, from left to right as the file gives them. */
function placedLines(items: Item[]): PlacedLine[] {
  const lines: PlacedLine[] = [];
  for (const item of items) {
    if (!item.str.trim()) continue;
    const line = lines.at(-1);
    if (line && isSameLine(line, item)) append(line, item);
    else lines.push(placedAt(item));
  }
  return lines.map((line) => ({ ...line, text: oneLine(line.text) })).filter(({ text }) => text);
}

const placedAt = ({ str, x, y, width, fontSize }: Item): PlacedLine => ({
  text: str,
  size: Math.round(fontSize),
  left: x,
  right: x + width,
  y,
});

const isSameLine = (line: PlacedLine, { y, x, fontSize }: Item) =>
  Math.abs(line.y - y) < fontSize / 2 && x >= line.left;

function append(line: PlacedLine, { str, x, width, fontSize }: Item): void {
  line.text += (x - line.right > fontSize / 4 ? ' ' : '') + str;
  line.right = Math.max(line.right, x + width);
  line.size = Math.max(line.size, Math.round(fontSize));
}

const isPageNumber = (text: string) =>
  /^(?:[-–—\s]*\d{1,4}[-–—\s]*|第?\s*\d{1,4}\s*页?\s*[/／,，共]\s*(?:共?\s*\d{1,4}\s*页?)?|第\s*\d{1,4}\s*页|page \d{1,4}(?: of \d{1,4})?)$/i.test(
    text,
  );

/** What stands first or last on more than half of at least three pages is no text of the document. */
function repeatedEdges(pages: PlacedLine[][]): Set<string> {
  const times = new Map<string, number>();
  for (const page of pages) {
    for (const text of new Set([page[0]?.text, page.at(-1)?.text]))
      if (text) times.set(text, (times.get(text) ?? 0) + 1);
  }
  const least = Math.max(3, pages.length / 2);
  return new Set([...times].filter(([, count]) => count >= least).map(([text]) => text));
}

function withBeginnings(page: PlacedLine[], last: PlacedLine | undefined): PdfLine[] {
  const left = Math.min(...page.map((line) => line.left));
  const right = Math.max(...page.map((line) => line.right));
  const margins = { left, right };
  return page.map((line, i) => {
    const { text, size } = line;
    return { text, size, begins: i > 0 ? begins(line, page[i - 1], margins) : resumes(line, last) };
  });
}

/** Across a page break only the words tell. */
const resumes = (line: PlacedLine, last: PlacedLine | undefined) =>
  isNumbered(line.text) || !last || endsSentence(last.text);

function begins(
  line: PlacedLine,
  before: PlacedLine | undefined,
  page: { left: number; right: number },
) {
  if (before?.size !== line.size || isNumbered(line.text)) return true;
  const isApart = before.y - line.y > line.size * 2.2;
  const isIndented = line.left > page.left + line.size && before.left < line.left;
  const wasShort = before.right < page.right - line.size * 2;
  return isApart || isIndented || (wasShort && endsSentence(before.text));
}

const endsSentence = (text: string) => /[。！？；.!?;：:]$/.test(text);
const isNumbered = (text: string) =>
  /^(?:第\S{1,6}[编章节条]\s|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])/.test(
    text,
  );
