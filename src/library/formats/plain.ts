import type { Block } from '../../answers/retrieval/types.ts';

const number = '[零〇一二两三四五六七八九十百千\\d]+';
/** What stands alone on a short line and numbers a part of a document, from the widest to the narrowest. */
const headings: { form: RegExp; level: number }[] = [
  { form: new RegExp(`^第${number}[编篇部](?:[\\s　]|$)`), level: 1 },
  { form: new RegExp(`^(?:第${number}章|附则$|总则$|序言$|前言$)`), level: 2 },
  { form: new RegExp(`^第${number}节`), level: 3 },
  { form: /^(?:chapter|part)\s+[\divxlc]+\b/i, level: 2 },
  { form: /^[一二三四五六七八九十]{1,3}、/, level: 4 },
  { form: /^[（(][一二三四五六七八九十]{1,3}[)）]/, level: 5 },
];
const longest = 40;

/**
 * Headings and paragraphs of a plain text. Headings are guessed: a short line that begins with 第…章,
 * 第…节, 一、 and the like and does not end as a sentence; and the first line, when it stands alone.
 */
export function plainBlocks(text: string): Block[] {
  const lines = text.split('\n').map((line) => line.replace(/^[\s　]+|[\s　]+$/g, ''));
  const first = lines.findIndex(Boolean);
  const blocks: Block[] = [];
  let run: string[] = [];
  const flush = () => {
    if (run.length > 0) blocks.push({ kind: 'text', text: run.join('\n') });
    run = [];
  };
  lines.forEach((line, i) => {
    const level = i === first && isTitle(line, lines[i + 1]) ? 1 : levelOf(line);
    if (!line || level) flush();
    if (level) blocks.push({ kind: 'heading', level, text: line });
    else if (line) run.push(line);
  });
  flush();
  return blocks;
}

function levelOf(line: string): number | undefined {
  if (line.length > longest || isSentence(line)) return undefined;
  return headings.find(({ form }) => form.test(line))?.level;
}

function isTitle(line: string, next: string | undefined): boolean {
  return (
    line.length <= longest &&
    !isSentence(line) &&
    (next === '' || levelOf(next ?? '') !== undefined)
  );
}

const isSentence = (line: string) => /[。；;，,：:！!？?.…]$/.test(line);
