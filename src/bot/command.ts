import { inEach, type Both } from './both.ts';
import type { InOwnWords } from './own-words/in-own-words.ts';
import type { Absent, Line } from './parts/line.ts';
import type { Parts, Showing } from './parts/part.ts';
import { readParts } from './parts/read.ts';
import { showParts, usageOf } from './parts/show.ts';
import type { ValuesOf } from './parts/values.ts';

/**
 * Who may use it: anybody, members of the branch, its secretaries, secretaries and administrators, the group's
 * owner and administrators. Judged where it is carried out, shown by the help.
 */
export type Who = 'anyone' | 'member' | 'secretary' | 'keeper' | 'binder';

/** What a command is besides its parts. */
export interface CommandFacts {
  /** Buttons and waiting jobs carry it: it never changes. */
  name: string;
  word: Both;
  /** Other words for the same. */
  also?: readonly string[];
  who: Who;
  /** What it does, in a few words, for the help. */
  does: Both;
  /** One that works. */
  example: Both;
  /** It comes in a later version, says so plainly and is left out of the help. */
  isThere?: false;
  /** What may follow the word with no space between, because it then means one thing only. */
  glued?(rest: string): boolean;
  /** What may stand behind the word, with or without a space, and adds nothing: `签到了`. */
  filler?: RegExp;
  /** Shares its word with this command, which is tried first. */
  after?: string;
  /** Behind the word of another command, what looks like this is meant for this one: `签到 12` answers round 12. */
  behind?: { command: string; like: RegExp };
  /** The word is an everyday one: a text that merely begins with it was hardly meant as the command. */
  isEveryday?: true;
  /** With a slash it is done whatever follows its word. */
  isForgiving?: true;
  /** A text without the command's word that speaks of it, so that it is offered below the answer. */
  isMeantBy?(text: string): boolean;
  /** How people ask for it without its word. */
  inOwnWords?: InOwnWords;
  /** A button of the help: it does the command as it stands without parts, or shows how it is written. */
  button?: { label: Both; does: 'run' | 'show'; look?: 'primary' };
}

interface CommandSpec<All extends Parts> extends CommandFacts {
  parts: All;
  /** Puts what people say in another order, or with other words around it, as the parts stand. */
  prepare?(line: Line): Line;
  /** A whole message without the command's word that is the command; `unnamed` is it without who is mentioned. */
  bare?(said: { text: string; unnamed: string }): ValuesOf<All> | undefined;
}

/** A command as it is registered, with what its parts come to. */
export interface Command<Values = object> extends CommandFacts {
  readonly parts: Parts;
  /** The word with its parts, those that may be left out in brackets. */
  readonly usage: Both;
  bare?(said: { text: string; unnamed: string }): Values | undefined;
  /** Reads what stands behind the word. Refuses what was plainly meant and cannot be read. */
  read(line: Line): Values | Absent;
  /** Writes the whole command so that it can be read again. */
  show(values: Values, showing: Showing): string;
}

/** What a command's handler receives. */
export type PartsOf<Any> = Any extends Command<infer Values> ? Values : never;

/**
 * Declares a command, beside its handler. Its grammar, its usage line and the type of what its handler
 * receives come from its parts; a form will come from the same.
 *
 * @example
 * export const leaveCommand = defineCommand({
 *   name: 'leave',
 *   word: both('请假', 'leave'),
 *   who: 'member',
 *   does: both('请假', 'asks for leave'),
 *   example: both('请假 12 出差', 'leave 12 travelling'),
 *   parts: { round: round(), why: maybe(text(both('原因', 'why'), { limit: longestReason })) },
 * });
 * bot.onCommand(leaveCommand, async ({ parts }) => …); // parts: { round: number; why?: string }
 */
export function defineCommand<const All extends Parts>(
  spec: CommandSpec<All>,
): Command<ValuesOf<All>> {
  const { parts, word } = spec;
  const { filler, glued = Object.values(parts)[0]?.glued, prepare = (line: Line) => line } = spec;
  const isFiller = (rest: string) => filler?.test(rest) ?? false;
  return {
    ...spec,
    glued: (rest) => isFiller(rest) || (glued?.(rest) ?? false),
    usage: inEach((locale) => [word[locale], usageOf(parts, locale)].filter(Boolean).join(' ')),
    // What was read has the keys and values that the types say of the parts.
    read: (line) =>
      readParts(
        parts,
        isFiller(line.text) ? { ...line, text: '' } : prepare(line),
      ) as ValuesOf<All>,
    show: (values, showing) =>
      [word[showing.locale], showParts(parts, values, showing)].filter(Boolean).join(' '),
  };
}
