import { orderIn } from '../../src/bot/own-words/order.ts';
import type { Commands } from '../../src/bot/commands.ts';
import { parse } from '../../src/bot/parse.ts';
import { Refusal } from '../../src/base/errors.ts';

const at = new Date('2026-11-30T09:30:00+08:00');
const zone = 'Asia/Shanghai';

/** What the bot takes a message for: the name of a command, typed or in one's own words, `question` or `small-talk`. */
export function understood(text: string, commands: Commands): string {
  try {
    const reading = parse({ text, mentions: [], at }, { now: at, zone }, commands);
    if (reading.is === 'command') return reading.command.name;
    if (reading.is === 'small-talk') return reading.is;
    return (
      orderIn(reading.question, commands, { at, zone, locale: 'zh-CN' })?.command.name ?? 'question'
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return String(error.facts['command'] ?? error.code);
  }
}

export interface Measured {
  right: number;
  wrong: { text: string; meant: string; got: string }[];
  /** Orders that would be looked up in the documents. */
  answered: string[];
}

export function measure(
  sentences: readonly (readonly [string, string])[],
  commands: Commands,
): Measured {
  const all = sentences.map(([text, meant]) => ({ text, meant, got: understood(text, commands) }));
  const wrong = all.filter(({ meant, got }) => meant !== got);
  const answered = wrong.filter(({ got }) => got === 'question').map(({ text }) => text);
  return { right: all.length - wrong.length, wrong, answered };
}
