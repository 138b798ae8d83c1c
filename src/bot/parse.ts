import { Refusal } from '../base/errors.ts';
import { longestQuestion, oneLine } from '../base/text.ts';
import type { Command } from './command.ts';
import type { Commands } from './commands.ts';
import { askedAbout, beginningOf, misspelt, suggestionFor } from './nearest.ts';
import { absent, refuse, type Line } from './parts/line.ts';
import { smallTalkIn, type SmallTalk } from './small-talk.ts';
import type { Mention, Said } from './talk.ts';
import { clean, halfWidth, lengthOf } from './text.ts';

/** What a message turned out to be. */
export type Reading =
  | ReadCommand
  | { is: 'question'; question: string; near?: Command }
  | { is: 'small-talk'; smallTalk: SmallTalk };
interface ReadCommand {
  is: 'command';
  command: Command;
  parts: object;
}

interface Whole {
  text: string;
  hasSlash: boolean;
  mentions: readonly Mention[];
  commands: Commands;
}
interface Split {
  commands: Command[];
  rest: string;
  isGlued: boolean;
}

/**
 * Reads what a person wrote: one of these commands with its parts, a question, or small talk. Throws a
 * Refusal where a command was plainly meant and cannot be carried out as it stands.
 */
export function parse(
  said: Pick<Said, 'text' | 'mentions' | 'at'>,
  { now, zone, workEnds }: { now: Date; zone: string; workEnds?: number },
  commands: Commands,
): Reading {
  const cleaned = withoutEdges(withoutLeadingNames(clean(said.text), said.mentions));
  const [slash = ''] = /^\/?\s*/.exec(halfWidth(cleaned)) ?? [];
  const hasSlash = slash.startsWith('/');
  const whole = { text: cleaned.slice(slash.length), hasSlash, mentions: said.mentions, commands };
  const bare = bareCommand(whole) ?? labelled(whole);
  if (bare) return bare;
  const smallTalk = hasSlash ? undefined : smallTalkIn(whole.text);
  if (smallTalk) return { is: 'small-talk', smallTalk };
  const line = {
    mentions: said.mentions,
    written: { at: said.at, zone, workEnds },
    now,
    marks: [],
  };
  for (const split of [...wholeWord(whole), ...glued(whole)]) {
    const reading = readSplit(split, { ...line, text: split.rest }, whole);
    if (reading) return reading;
  }
  return hasSlash ? unknownCommand(whole) : question(whole);
}

/** Emoji, and the platform's own in brackets, at the edges of a text are no part of it: 签到👍, 收到[抱拳]. */
function withoutEdges(text: string): string {
  const emoji =
    /(?:\[[\p{Script=Han}A-Za-z]{1,8}\]|[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f\u20e3]|\p{Regional_Indicator}{2})/u
      .source;
  const inside = text
    .replace(new RegExp(`^(?:${emoji}\\s*)+`, 'u'), '')
    .replace(new RegExp(`(?:\\s*${emoji})+$`, 'u'), '');
  return inside || text;
}

/** Whom a message mentions before the bot does not hide its command. */
function withoutLeadingNames(text: string, mentions: readonly Mention[]): string {
  const names = mentions.map(({ name }) => `@${name}`).sort((a, b) => b.length - a.length);
  let rest = text;
  for (let name = leadingOf(rest, names); name; name = leadingOf(rest, names))
    rest = rest.slice(name.length).replace(/^[\s,，、]+/, '');
  return rest || text;
}
const leadingOf = (text: string, names: string[]) => names.find((name) => text.startsWith(name));

/** The words on a button of the help, typed, do what the button does. */
function labelled({ text, commands }: Whole): ReadCommand | undefined {
  const typed = text.trim().toLowerCase();
  const found = commands
    .all()
    .find(
      ({ button }) =>
        button?.does === 'run' &&
        Object.values(button.label).some((label) => label.toLowerCase() === typed),
    );
  return found && { is: 'command', command: found, parts: {} };
}

/** A message that needs no command's word, such as a link to a document and nothing else. */
function bareCommand({ text, mentions, commands }: Whole): ReadCommand | undefined {
  const unnamed = withoutNames(text, mentions);
  for (const command of commands.all()) {
    const parts = command.bare?.({ text, unnamed });
    if (parts) return { is: 'command', command, parts };
  }
  return undefined;
}

/** Names are given as the platform has them: they may hold spaces, and one may begin another. */
function withoutNames(text: string, mentions: readonly Mention[]): string {
  const names = mentions.map(({ name }) => name).sort((one, other) => other.length - one.length);
  return names.reduce((left, name) => left.replaceAll(`@${name}`, ' '), text);
}

const firstWord = /^[^\s,:;!?.。、~…]+/;
const separator = /^[\s,:;]*/;

/** The first word is a command's word as it stands. */
const wantsPerson = ({ parts }: Command) =>
  Object.values(parts).some((part) => 'kind' in part && part.kind.is === 'person');

function wholeWord({ text, mentions, commands: known }: Whole): Split[] {
  const read = halfWidth(text);
  const word = firstWord.exec(read)?.[0].toLowerCase() ?? '';
  const called = known.called(word);
  if (called.length === 0) return [];
  const tail = read.slice(word.length).replace(/^[!?.。、~…\s]+$/, '');
  const skip = separator.exec(tail)?.[0].length ?? 0;
  const behindWord = tail ? text.slice(word.length + skip).trim() : '';
  // Whom the message mentions beside the bot is no title; a command may want a person, though.
  const isNames = withoutNames(behindWord, mentions).trim() === '' && !called.some(wantsPerson);
  const rest = isNames ? '' : behindWord;
  return [{ commands: behind(called, rest, known) ?? called, rest, isGlued: false }];
}

/** A command's word with its part right after it, where that can mean one thing only. */
function glued({ text, commands: known }: Whole): Split[] {
  const read = halfWidth(text);
  const lower = read.toLowerCase();
  const words = [...new Set(known.words().map(({ word }) => word))];
  return words
    .filter((word) => lower.startsWith(word) && isGluable(word, read.slice(word.length)))
    .map((word) => {
      const rest = text.slice(word.length).trim();
      const called = known.called(word);
      const allowed = called.filter((each) => each.glued?.(halfWidth(rest)));
      return { commands: behind(called, rest, known) ?? allowed, rest, isGlued: true };
    })
    .filter(({ commands }) => commands.length > 0);
}

/** Behind an English word only a number or a mention may stand without a space. */
const isGluable = (word: string, rest: string) =>
  rest !== '' &&
  !/^[\s,:;!?.。、~…]/.test(rest) &&
  (/[a-z]$/.test(word) ? /^[#@\d]/.test(rest) : true);

/** The commands for which `rest` is meant, though the word is another one's. */
function behind(called: Command[], rest: string, known: Commands): Command[] | undefined {
  const read = halfWidth(rest);
  const isIt = ({ behind: it }: Command) =>
    it?.like.test(read) && called.some(({ name }) => name === it.command);
  const found = known.all().filter(isIt);
  return found.length > 0 ? found : undefined;
}

/** What `split` comes to; nothing where a word with its part glued on turns out to be text. */
function readSplit(split: Split, line: Line, whole: Whole): Reading | undefined {
  for (const command of split.commands) {
    try {
      const reading = readCommand(command, line);
      if (reading) return reading;
    } catch (error) {
      throw named(command.name, error);
    }
  }
  const command = split.commands.at(-1);
  if (!command || split.isGlued) return undefined;
  // Without a slash words that are no part of the command make a question. The command's word alone
  // asks nothing that could be looked up: half a command is told what is missing.
  if (!whole.hasSlash && line.text) return question(whole, command);
  if (command.isForgiving) return readCommand(command, { ...line, text: '' });
  if (command.isThere === false) refuse('NOT_YET', { command: command.name });
  return refuse(line.text ? 'PART_UNREADABLE' : 'PART_MISSING', { command: command.name });
}

function readCommand(command: Command, line: Line): ReadCommand | undefined {
  const parts = command.read(line);
  if (parts === absent) return undefined;
  if (command.isThere === false) refuse('NOT_YET');
  return { is: 'command', command, parts };
}

/** A refusal on the way says which command it was about, so that its words can give an example. */
export async function naming<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw named(name, error);
  }
}

function named(name: string, error: unknown): unknown {
  if (!(error instanceof Refusal) || error.facts['command']) return error;
  const { code, facts } = error;
  return Refusal.again({ code, facts: { ...facts, command: name } }, { cause: error });
}

/** Who is mentioned is nothing to look up, and stays out of what is kept of a question and what a model is sent. */
function question({ text, mentions, commands }: Whole, near?: Command): Reading {
  if (lengthOf(text) > longestQuestion) refuse('TEXT_TOO_LONG', { limit: longestQuestion });
  const asked = mentions.length > 0 ? oneLine(withoutNames(text, mentions)) : text;
  return { is: 'question', question: asked, near: near ?? guess(text, commands) };
}

function guess(text: string, commands: Commands): Command | undefined {
  const read = halfWidth(text);
  const word = firstWord.exec(read)?.[0] ?? '';
  return (
    commands.all().find(({ isMeantBy }) => isMeantBy?.(text)) ??
    beginningOf(read, commands) ??
    askedAbout(text, commands) ??
    misspelt(word, commands)
  );
}

function unknownCommand({ text, commands }: Whole): never {
  const word = firstWord.exec(halfWidth(text))?.[0] ?? '';
  const near = suggestionFor(word, commands)?.name;
  return refuse('COMMAND_UNKNOWN', { said: word.slice(0, 20), near });
}
