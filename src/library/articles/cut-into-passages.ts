import type { Block, Passage } from '../../answers/retrieval/types.ts';

// Sizes for sections without articles, in characters: usually about one phone screen, and never too long to read.
const usual = 600;
const longest = 1200;
// A longer heading is a paragraph styled as a heading, which is frequent in Word files.
const longestHeading = 100;
const article = /^第[^\s第条]{1,12}条(?:之[一二三四五六七八九十]{1,3})?(?=[\s　：:]|$)/u;
const between = ' · ';

/**
 * Cuts a document where its readers would: at headings and at articles, never across. A section without
 * articles is cut between paragraphs, a very long paragraph between sentences. No text is changed.
 */
export function cutIntoPassages(blocks: readonly Block[]): Passage[] {
  const passages: Passage[] = [];
  const path: string[] = [];
  let current: { name: string; lines: string[]; size: number } | undefined;

  function finish() {
    const text = current?.lines.join('\n').trim() ?? '';
    if (text !== '') passages.push({ heading: headingOf(path, current?.name ?? ''), text });
    current = undefined;
  }
  function add(paragraph: string) {
    const name = article.exec(paragraph)?.[0];
    const isInArticle = current?.name !== undefined && current.name !== '';
    const isFull = !isInArticle && (current?.size ?? 0) + paragraph.length > usual;
    if (name !== undefined || isFull || (current?.size ?? 0) + paragraph.length > longest) {
      const continued = name ?? (isInArticle ? current?.name : undefined);
      finish();
      current = { name: continued ?? '', lines: [], size: 0 };
    }
    current ??= { name: '', lines: [], size: 0 };
    current.lines.push(paragraph);
    current.size += paragraph.length;
  }

  for (const block of blocks) {
    if (block.kind === 'heading' && block.text.length <= longestHeading) {
      finish();
      path.length = Math.min(path.length, Math.max(block.level - 1, 0));
      path[Math.max(block.level - 1, 0)] = block.text.trim();
    } else for (const paragraph of paragraphsOf(block.text)) add(paragraph);
  }
  finish();
  return passages;
}

const headingOf = (path: string[], name: string) =>
  [...path.filter(Boolean), name].filter(Boolean).join(between);

/** Lines that say something; one that is far too long is cut between sentences. */
function paragraphsOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .flatMap((line) => (line.length > longest ? sentencesOf(line) : [line]));
}

function sentencesOf(line: string): string[] {
  const pieces = line.match(/[^。！？!?；;]{1,1000}[。！？!?；;]*/gu) ?? [line];
  const joined: string[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + piece.length <= usual) {
      joined[joined.length - 1] = last + piece;
    } else joined.push(piece);
  }
  return joined;
}
