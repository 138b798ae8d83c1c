import type { Command } from './command.ts';
import type { Commands } from './commands.ts';

const isChinese = (word: string) => /\P{ASCII}/u.test(word);
const available = (commands: Commands) =>
  commands.words().filter(({ command }) => command.isThere !== false);

/** The command whose word `text` begins with, without a space after it: `会议记录怎么写`. */
export function beginningOf(text: string, commands: Commands): Command | undefined {
  return commands
    .words()
    .find(
      ({ command, word }) =>
        isChinese(word) && !command.isEveryday && word.length > 1 && text.startsWith(word),
    )?.command;
}

/** The command asked about: `怎么签到`, `我要签到`, `how to bind`. */
export function askedAbout(text: string, commands: Commands): Command | undefined {
  const found = /(?:怎么|怎样|如何|我要|我想|帮我|how (?:do i|can i|to))\s*(.+)/i
    .exec(text)?.[1]
    ?.toLowerCase();
  if (!found) return undefined;
  return available(commands).find(({ word }) => word.length > 1 && found.startsWith(word))?.command;
}

/** The command that `word` was probably typed for: one slip of the finger away. */
export function misspelt(word: string, commands: Commands): Command | undefined {
  const typed = word.toLowerCase();
  if (typed.length > 16) return undefined;
  return available(commands).find((each) => isSlip(typed, each.word))?.command;
}

function isSlip(typed: string, word: string): boolean {
  if (typed === word) return true;
  if (!isChinese(word))
    return word.length > 3 && typed.startsWith(word.slice(0, 1)) && distance(typed, word) <= 1;
  const wrong = [...word].filter((sign, i) => sign !== typed[i]).length;
  return (
    word.length > 1 &&
    typed.length === word.length &&
    wrong === 1 &&
    typed.startsWith(word.slice(0, 1))
  );
}

/** Letters to add, drop, change or swap with their neighbour to come from `a` to `b`. */
export function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          change,
          isSwap ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}

/** For an unknown command the nearest one that is there, if any is near at all. */
export function suggestionFor(word: string, commands: Commands): Command | undefined {
  const typed = word.toLowerCase().slice(0, 20);
  const there = available(commands);
  const begins = there.find((each) => each.word.length > 1 && typed.startsWith(each.word));
  if (begins) return begins.command;
  const ranked = there
    .map((each) => ({
      command: each.command,
      off: distance(typed, each.word),
      most: isChinese(each.word) ? 1 : 2,
    }))
    .filter(({ off, most }) => off <= most && off < typed.length)
    .sort((a, b) => a.off - b.off);
  return ranked[0]?.command;
}
