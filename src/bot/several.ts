import type { Commands } from './commands.ts';
import { parse } from './parse.ts';
import { Refusal } from '../base/errors.ts';
import type { Said } from './talk.ts';
import { clean, halfWidth } from './text.ts';

/** Below these words the lines are text: there only a line with a slash is a command. */
const prose = /(?:^|[\s,，;；/])(?:议题|agenda|记|决议|事迹|标准答案|standard)(?=[\s:：]|$)/i;
/** No more than a person would write; the rest stays with the last one. */
const mostMessages = 20;

type Reading = { now: Date; zone: string };

/**
 * The messages that one message is: a line each where lines begin with commands, and one for each number of
 * 撤回 9 10 11. A line that begins with none belongs to the command above it.
 */
export function messagesIn(said: Said, reading: Reading, commands: Commands): Said[] {
  const texts = commandsIn(said, reading, commands).flatMap((text) => eachNumber(text, commands));
  const [first, last] = [texts.slice(0, mostMessages - 1), texts.slice(mostMessages - 1)];
  return [...first, ...(last.length > 0 ? [last.join('\n')] : [])].map((text) => ({
    ...said,
    text,
  }));
}

function commandsIn(said: Said, reading: Reading, commands: Commands): string[] {
  const lines = clean(said.text).split('\n');
  const begins = (line: string) =>
    beginsCommand({ ...said, text: line }, reading, commands) !== undefined;
  if (lines.length === 1 || !begins(lines[0] ?? '')) return [said.text];
  const texts: string[] = [];
  for (const line of lines) {
    const above = texts.at(-1);
    const isText = above !== undefined && prose.test(halfWidth(above)) && !/^\s*[/／]/.test(line);
    if (above === undefined || (!isText && begins(line))) texts.push(line);
    else texts[texts.length - 1] = `${above}\n${line}`;
  }
  return texts;
}

/** Whether a line is a command with all that it needs, or was plainly meant as one. */
export function beginsCommand(
  said: Pick<Said, 'text' | 'mentions' | 'at'>,
  reading: Reading,
  commands: Commands,
): 'whole' | 'meant' | undefined {
  if (!said.text.trim()) return undefined;
  try {
    return parse(said, reading, commands).is === 'command' ? 'whole' : undefined;
  } catch (error) {
    if (error instanceof Refusal) return 'meant';
    throw error;
  }
}

const numbers = /^(\/?\s*\D*?)((?:#?\s*\d{1,9}号?(?:[\s,;、和]+|$)){2,20})$/;

/** Several numbers where a command takes one, and nothing else behind them. */
function eachNumber(text: string, commands: Commands): string[] {
  const found = numbers.exec(halfWidth(text).trim());
  if (!found) return [text];
  const [, head = '', list = ''] = found;
  const word = head.replace('/', '').trim().toLowerCase();
  if (!commands.called(word).some(({ parts }) => takesRoundsAlone(Object.values(parts))))
    return [text];
  return [...list.matchAll(/\d{1,9}/g)].map(([number]) => `${head.trim()} ${number}`);
}

type AnyPart = ReturnType<Commands['all']>[number]['parts'][string];

/** The first part is a round's number, and what people answer does not follow: 答 12 3 answers round 12 with 3. */
function takesRoundsAlone([first, ...others]: AnyPart[]): boolean {
  if (!first) return false;
  if ('inside' in first) return takesRoundsAlone(Object.values(first.inside).slice(0, 1));
  const isAnswer = (part: AnyPart) => 'kind' in part && part.kind.is === 'text' && part.kind.lines;
  return first.kind.is === 'round' && !others.some(isAnswer);
}
