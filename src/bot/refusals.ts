import type { Refused, RefusalCode } from '../base/errors.ts';
import type { Both } from './both.ts';
import type { Command } from './command.ts';
import type { Commands } from './commands.ts';
import { partNamed } from './parts/part.ts';
import type { Locale } from './talk.ts';

/** What a sentence may say of the command that was refused; each is empty where it was none. */
export interface About {
  /** The command's word, how it is written, and one that works. */
  word: string;
  usage: string;
  example: string;
  /** The example as a sentence, or where to see what can be done. */
  tip: string;
  /** What the part is called that it is about. */
  part: string;
}
type Sentence<Facts> = (facts: Facts, about: About) => string;

/**
 * The sentences of a topic: one for each of its codes, which receives exactly the facts of that code.
 *
 * @example
 * export const roundRefusals = inBoth<Sentences<RoundRefusals>>(
 *   { ROUND_UNKNOWN: ({ number }) => `没有编号为 ${number} 的事项` },
 *   { ROUND_UNKNOWN: ({ number }) => `There is nothing with the number ${number}` },
 * );
 */
export type Sentences<Topic> = {
  readonly [Code in keyof Topic]: Sentence<Topic[Code]>;
};
/** The same of any topic. */
export type AnySentences = Readonly<Record<Locale, Readonly<Record<string, Sentence<never>>>>>;

/** A "no" with its words, before they become a card. */
export interface Told {
  code: RefusalCode;
  /** What is said, once it is known what can be said of the command. */
  sentence: (about: About) => string;
  /** The command it is about. */
  command?: Command;
  /** The part that it is about; how the command asks for it, where it is one of its own. */
  part?: { key: string; asked?: Both };
  /** The command that an unknown one was perhaps meant as. */
  near?: Command;
}

/** Every "no" that somebody registered words for. */
export function createRefusals(commands: Pick<Commands, 'find'>) {
  const pairs = new Map<string, Record<Locale, Sentence<never>>>();
  return {
    /** Takes the sentences of one topic. A code has one sentence: a second is a mistake in the composition. */
    add(words: AnySentences) {
      for (const [code, zh] of Object.entries(words['zh-CN'])) {
        const en = words['en-US'][code];
        if (pairs.has(code) || !en)
          throw new Error(`The refusal ${code} needs one pair of sentences`);
        pairs.set(code, { 'zh-CN': zh, 'en-US': en });
      }
    },
    codes: () => [...pairs.keys()] as RefusalCode[],
    /** A "no" with the words that were registered for its code. */
    told({ code, facts }: Refused, locale: Locale): Told {
      const found = pairs.get(code)?.[locale];
      if (!found) throw new Error(`No words for the refusal ${code}`);
      const near = commands.find(facts['near']);
      const command = near ?? commands.find(facts['command']);
      const key = `${facts['part'] ?? ''}`;
      const part = { key, asked: command && partNamed(command.parts, key)?.asked };
      return { code, command, part, near, sentence: (about) => found(facts as never, about) };
    },
  };
}
export type Refusals = ReturnType<typeof createRefusals>;
