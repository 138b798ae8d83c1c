import { Refusal } from '../errors.ts';
import { longestQuestion, oneLine } from '../line.ts';
import { commandNames, commandTable, wordsOf, type CommandRow } from './command-table.ts';
import type { CommandName, PartsOf } from './commands.ts';
import { documentLink, hasDocumentLink } from './link.ts';
import { askedAbout, beginningOf, misspelt, suggestionFor } from './nearest.ts';
import { absent, refuse, type Line } from './parts.ts';
import { smallTalkIn, type SmallTalk } from './small-talk.ts';
import type { Mention, Said } from './talk.ts';
import { clean, halfWidth, lengthOf } from './text.ts';

/** What a message turned out to be. */
export type Reading =
  | { [Name in CommandName]: { is: 'command'; name: Name; parts: PartsOf[Name] } }[CommandName]
  | { is: 'question'; question: string; near?: CommandName }
  | { is: 'small-talk'; smallTalk: SmallTalk };

interface Whole {
  text: string;
  hasSlash: boolean;
  mentions: readonly Mention[];
}
interface Split {
  names: CommandName[];
  rest: string;
  isGlued: boolean;
}

const wordToNames = new Map<string, CommandName[]>();
for (const name of commandNames) {
  for (const word of wordsOf(name)) {
    wordToNames.set(word, [...(wordToNames.get(word) ?? []), name]);
  }
}
const longestFirst = [...wordToNames.keys()].sort((a, b) => b.length - a.length);

/**
 * Reads what a person wrote: one command with its parts, a question, or small talk. Throws a Refusal where a
 * command was plainly meant and cannot be carried out as it stands.
 */
export function parse(
  said: Pick<Said, 'text' | 'mentions' | 'at'>,
  { now, zone }: { now: Date; zone: string },
): Reading {
  const cleaned = clean(said.text);
  const [slash = ''] = /^\/?\s*/.exec(halfWidth(cleaned)) ?? [];
  const hasSlash = slash.startsWith('/');
  const text = cleaned.slice(slash.length);
  if (isEmpty(text, said)) return { is: 'command', name: 'help', parts: {} };
  // A link to a document and nothing else asks nothing: it is handed over like a file.
  const link = documentLink(text);
  if (link) return { is: 'command', name: 'docs', parts: { does: 'add', link } };
  const smallTalk = hasSlash ? undefined : smallTalkIn(text);
  if (smallTalk) return { is: 'small-talk', smallTalk };
  const whole = { text, hasSlash, mentions: said.mentions };
  const line = { mentions: said.mentions, written: { at: said.at, zone }, now };
  for (const split of [...wholeWord(text), ...glued(text)]) {
    const reading = readSplit(split, { ...line, text: split.rest }, whole);
    if (reading) return reading;
  }
  return hasSlash ? unknownCommand(text) : question(whole);
}

/** Only the bot was called, or only people were named, or the person is at a loss: what it can do. */
function isEmpty(text: string, { mentions }: Pick<Said, 'mentions'>): boolean {
  return /^[?？\s]*$/.test(withoutNames(text, mentions));
}

/** Names are given as the platform has them: they may hold spaces, and one may begin another. */
function withoutNames(text: string, mentions: readonly Mention[]): string {
  const names = mentions.map(({ name }) => name).sort((one, other) => other.length - one.length);
  return names.reduce((left, name) => left.replaceAll(`@${name}`, ' '), text);
}

const firstWord = /^[^\s,:;!?.。、~…]+/;
const separator = /^[\s,:;]*/;

/** The first word is a command's word as it stands. */
function wholeWord(text: string): Split[] {
  const read = halfWidth(text);
  const word = firstWord.exec(read)?.[0].toLowerCase() ?? '';
  const names = wordToNames.get(word);
  if (!names) return [];
  const tail = read.slice(word.length).replace(/^[!?.。、~…\s]+$/, '');
  const skip = separator.exec(tail)?.[0].length ?? 0;
  const rest = tail ? text.slice(word.length + skip).trim() : '';
  return [{ names: behind(word, rest) ?? names, rest, isGlued: false }];
}

/** A command's word with its part right after it, where that can mean one thing only. */
function glued(text: string): Split[] {
  const read = halfWidth(text);
  const lower = read.toLowerCase();
  return longestFirst
    .filter((word) => lower.startsWith(word) && isGluable(word, read.slice(word.length)))
    .map((word) => {
      const rest = text.slice(word.length).trim();
      const allowed = (name: CommandName) => commandTable[name].glued?.(halfWidth(rest)) ?? false;
      const names = behind(word, rest) ?? (wordToNames.get(word) ?? []).filter(allowed);
      return { names, rest, isGlued: true };
    })
    .filter(({ names }) => names.length > 0);
}

/** Behind an English word only a number or a mention may stand without a space. */
const isGluable = (word: string, rest: string) =>
  rest !== '' &&
  !/^[\s,:;!?.。、~…]/.test(rest) &&
  (/[a-z]$/.test(word) ? /^[#@\d]/.test(rest) : true);

function behind(word: string, rest: string): CommandName[] | undefined {
  const isIt = ({ behind: it }: Pick<CommandRow, 'behind'>) =>
    it?.words.includes(word) && it.like.test(halfWidth(rest));
  const found = commandNames.filter((name) => isIt(commandTable[name]));
  return found.length > 0 ? found : undefined;
}

/** What `split` comes to; nothing where a word with its part glued on turns out to be text. */
function readSplit(split: Split, line: Line, whole: Whole): Reading | undefined {
  for (const name of split.names) {
    try {
      const reading = readCommand(name, line);
      if (reading) return reading;
    } catch (error) {
      throw named(name, error);
    }
  }
  const name = split.names.at(-1);
  if (!name || split.isGlued) return undefined;
  // Without a slash words that are no part of the command make a question. The command's word alone
  // asks nothing that could be looked up: half a command is told what is missing.
  if (!whole.hasSlash && line.text) return question(whole, name);
  if (name === 'help') return { is: 'command', name, parts: {} };
  if (!commandTable[name].isThere) refuse('NOT_YET', { command: name });
  return refuse(line.text ? 'PART_UNREADABLE' : 'PART_MISSING', { command: name });
}

function readCommand(name: CommandName, line: Line): Reading | undefined {
  const row = commandTable[name] as CommandRow;
  const parts = row.read(line);
  if (parts === absent) return undefined;
  if (!row.isThere) refuse('NOT_YET');
  // Name and parts belong together; a union over all names cannot be told so.
  return { is: 'command', name, parts } as Reading;
}

/** A refusal on the way says which command it was about, so that its words can give an example. */
export async function naming<T>(name: CommandName, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw named(name, error);
  }
}

function named(name: CommandName, error: unknown): unknown {
  if (!(error instanceof Refusal) || error.facts['command']) return error;
  const { code, facts } = error;
  return Refusal.again({ code, facts: { ...facts, command: name } }, { cause: error });
}

/** Who is mentioned is nothing to look up, and stays out of what is kept of a question and what a model is sent. */
function question({ text, mentions }: Whole, near?: CommandName): Reading {
  if (lengthOf(text) > longestQuestion) refuse('TEXT_TOO_LONG', { limit: longestQuestion });
  const word = firstWord.exec(halfWidth(text))?.[0] ?? '';
  const handed = hasDocumentLink(text) ? 'docs' : undefined;
  const guess =
    near ?? handed ?? beginningOf(halfWidth(text)) ?? askedAbout(text) ?? misspelt(word);
  const asked = mentions.length > 0 ? oneLine(withoutNames(text, mentions)) : text;
  return { is: 'question', question: asked, near: guess };
}

function unknownCommand(text: string): never {
  const word = firstWord.exec(halfWidth(text))?.[0] ?? '';
  const near = suggestionFor(word);
  return refuse('COMMAND_UNKNOWN', { said: word.slice(0, 20), near });
}
