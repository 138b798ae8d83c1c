import type { Card, Outgoing, Reader } from '../src/bot/talk.ts';
import type { Person } from '../src/roster/types.ts';
import type { Edit, OnLeave, Round } from '../src/rounds/types.ts';
import { card, note, plain } from './kit.ts';
import { leaveNames, missingNames, tallyLine, type RoundFaces } from './rounds.ts';
import { dayAndTime } from './times.ts';
import { inBoth } from './words.ts';

const words = inBoth(
  {
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    ended: '已结束',
    closed: (number: number, tally: string) => `#${number} 已结束，${tally}。`,
    recalled: (number: number) => `#${number} 已撤回，不再计入。`,
    edited: (number: number) => `#${number} 已改好，也告诉群里了。`,
    changed: (number: number) => `#${number} 有改动`,
    newTitle: (title: string) => `标题改为：${title}`,
    newEnd: (time: string) => `截止改为：${time}`,
  },
  {
    number: (number, branch) => `No. #${number} · ${branch}`,
    ended: 'Closed',
    closed: (number, tally) => `#${number} is closed: ${tally}.`,
    recalled: (number) => `#${number} was taken back and no longer counts.`,
    edited: (number) => `#${number} is changed, and the group was told.`,
    changed: (number) => `#${number} has changed`,
    newTitle: (title) => `New title: ${title}`,
    newEnd: (time) => `New end: ${time}`,
  },
);

/** What a kind of round adds to its end. */
export interface RoundEnding {
  /** Right after it is closed, before anybody is told. */
  settle(round: Round): Promise<void>;
  /** More about it for each secretary in private. */
  reports(reader: Reader, round: Round): Promise<Card[]>;
}

/** How a round ended, with who is missing: for a secretary's private chat only. */
export function reportCard(
  reader: Reader,
  faces: RoundFaces,
  round: Round,
  missing: Person[],
  onLeave: OnLeave[] = [],
): Card {
  const say = words[reader.locale];
  return card(say.ended, 'over', [
    plain(round.title),
    plain(tallyLine(reader, faces, round)),
    missingNames(reader, missing),
    ...leaveNames(reader, onLeave),
    note(say.number(round.number, round.branch.name)),
  ]);
}

/** The report to each of these secretaries. */
export const reports = (to: Person[], report: Card): Outgoing[] =>
  to.map(({ id }) => ({ to: { person: id }, content: { card: report } }));

/** One line for the group: a number and counts, no names. */
export const closedLine = (reader: Reader, faces: RoundFaces, round: Round): string =>
  words[reader.locale].closed(round.number, tallyLine(reader, faces, round));

export const recalledLine = ({ locale }: Reader, { number }: Round): string =>
  words[locale].recalled(number);

export const editedLine = ({ locale }: Reader, { number }: Round): string =>
  words[locale].edited(number);

/** Tells the group what changed, since everyone who was told is told. */
export function changedCard(reader: Reader, round: Round, edit: Edit): Card {
  const say = words[reader.locale];
  const lines = [
    ...(edit.title === undefined ? [] : [plain(say.newTitle(round.title))]),
    ...(edit.closesAt ? [plain(say.newEnd(dayAndTime(reader, round.closesAt)))] : []),
  ];
  return card(say.changed(round.number), 'warning', lines);
}
