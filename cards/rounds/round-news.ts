import type { Card, CardElement, Outgoing, Reader } from '../../src/bot/talk.ts';
import type { Person } from '../../src/people/roster/types.ts';
import type { Edit, Missing, Round } from '../../src/rounds/types.ts';
import { exportButton } from './export.ts';
import { card, note, plain } from '../bot/kit.ts';
import { leaveNames, missingNames, tallyLine, waitedFor, type RoundFaces } from './rounds.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth } from '../bot/words.ts';

const words = inBoth(
  {
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    ended: '已结束',
    closed: (number: number, tally: string) => `#${number} 已结束，${tally}。`,
    recalled: (number: number) => `#${number} 已撤回，不再计入。`,
    needless: (number: number, title: string) => `#${number} ${title} 已撤回，不用完成了。`,
    edited: (number: number) => `#${number} 已改好，也告诉群里了。`,
    changed: (number: number, title: string) => `#${number} 有改动 · ${title}`,
    newTitle: (title: string) => `标题改为：${title}`,
    newEnd: (time: string) => `截止改为：${time}`,
  },
  {
    number: (number, branch) => `No. #${number} · ${branch}`,
    ended: 'Closed',
    closed: (number, tally) => `#${number} is closed: ${tally}.`,
    recalled: (number) => `#${number} was taken back and no longer counts.`,
    needless: (number, title) => `#${number} ${title} was taken back; you need not answer it.`,
    edited: (number) => `#${number} is changed, and the group was told.`,
    changed: (number, title) => `#${number} has changed · ${title}`,
    newTitle: (title) => `New title: ${title}`,
    newEnd: (time) => `New end: ${time}`,
  },
);

/** How a round ended, with who is missing: for a secretary's private chat only. */
export function reportCard(
  reader: Reader,
  faces: RoundFaces,
  { round, missing, onLeave }: Missing,
): Card {
  const say = words[reader.locale];
  return card(say.ended, 'over', [
    plain(round.title),
    plain(tallyLine(reader, faces, round)),
    missingNames(reader, missing, { label: waitedFor(reader, faces, round) }),
    ...leaveNames(reader, onLeave),
    note(say.number(round.number, round.branch.name)),
    exportButton(reader, round),
  ]);
}

/** The report to each of these secretaries. */
export const reports = (to: Person[], report: Card): Outgoing[] =>
  to.map(({ id }) => ({ to: { person: id }, content: { card: report } }));

/** One line for the group: a number and counts, no names. */
export const closedLine = (reader: Reader, faces: RoundFaces, round: Round): string =>
  offLine(reader, faces, round) ??
  words[reader.locale].closed(round.number, tallyLine(reader, faces, round));

export const recalledLine = (reader: Reader, faces: RoundFaces, round: Round): string =>
  offLine(reader, faces, round) ?? words[reader.locale].recalled(round.number);

/** To those who were told of it in private that it is not needed any more. */
export const needlessLine = (reader: Reader, faces: RoundFaces, round: Round): string =>
  offLine(reader, faces, round) ?? words[reader.locale].needless(round.number, round.title);

/** Of a round that does not take place, as far as its kind has such a thing. */
export const offLine = (reader: Reader, faces: RoundFaces, round: Round): string | undefined =>
  faces.of(round.kind).face.off?.(reader, round);

export const editedLine = ({ locale }: Reader, { number }: Round): string =>
  words[locale].edited(number);

/** Tells the group what changed, since everyone who was told is told. */
export const changedCard = (
  { locale }: Reader,
  { number, title }: Round,
  told: CardElement[],
): Card => card(words[locale].changed(number, title), 'warning', told);

/** What changed, where only the usual can: the title and the end. */
export function usualChange(reader: Reader, round: Round, edit: Edit): CardElement[] {
  const end = () => words[reader.locale].newEnd(dayAndTime(reader, round.closesAt));
  return [...newTitle(reader, round, edit), ...(edit.closesAt ? [plain(end())] : [])];
}

export const newTitle = ({ locale }: Reader, { title }: Round, edit: Edit): CardElement[] =>
  edit.title === undefined ? [] : [plain(words[locale].newTitle(title))];
