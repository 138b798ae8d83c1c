import type { Card, Outgoing, Reader } from '../src/bot/talk.ts';
import type { BranchScope, Person } from '../src/roster/types.ts';
import { startOf, type MeetingEdit } from '../src/meetings/types.ts';
import type { OnLeave, Round } from '../src/rounds/types.ts';
import { exportButton } from './export.ts';
import { card, note, plain } from './kit.ts';
import { leaveNames, missingNames, tallyLine, waitedFor, type RoundFaces } from './rounds.ts';
import { dayAndTime } from './times.ts';
import { inBoth } from './words.ts';

const words = inBoth(
  {
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    ended: '已结束',
    closed: (number: number, tally: string) => `#${number} 已结束，${tally}。`,
    recalled: (number: number) => `#${number} 已撤回，不再计入。`,
    off: (number: number, title: string, time: string) =>
      `#${number} ${title}（${time}）不开了，不用参加。`,
    needless: (number: number, title: string) => `#${number} ${title} 已撤回，不用完成了。`,
    edited: (number: number) => `#${number} 已改好，也告诉群里了。`,
    changed: (number: number, title: string) => `#${number} 有改动 · ${title}`,
    newTitle: (title: string) => `标题改为：${title}`,
    newTime: (time: string) => `时间改为：${time}`,
    newPlace: (place: string) => `地点改为：${place}`,
    newAgenda: (lines: string[]) => `议题改为：${lines.length > 1 ? '\n' : ''}${lines.join('\n')}`,
    newEnd: (time: string) => `截止改为：${time}`,
    newClosing: (time: string) => `结束改为：${time}`,
    cannot: (number: number) => `来不了可以请假，例如：请假 ${number} 出差`,
  },
  {
    number: (number, branch) => `No. #${number} · ${branch}`,
    ended: 'Closed',
    closed: (number, tally) => `#${number} is closed: ${tally}.`,
    recalled: (number) => `#${number} was taken back and no longer counts.`,
    off: (number, title, time) =>
      `#${number} ${title} (${time}) does not take place. There is no need to come.`,
    needless: (number, title) => `#${number} ${title} was taken back; you need not answer it.`,
    edited: (number) => `#${number} is changed, and the group was told.`,
    changed: (number, title) => `#${number} has changed · ${title}`,
    newTitle: (title) => `New title: ${title}`,
    newTime: (time) => `New time: ${time}`,
    newPlace: (place) => `New place: ${place}`,
    newAgenda: (lines) => `New agenda:${lines.length > 1 ? '\n' : ' '}${lines.join('\n')}`,
    newEnd: (time) => `New end: ${time}`,
    newClosing: (time) => `Ends: ${time}`,
    cannot: (number) =>
      `If you cannot come, ask for leave, for example: leave ${number} travelling`,
  },
);

/** How rounds of every kind end. */
export interface RoundEnding {
  /** Right after it is closed; what those hear whom that concerns. */
  settle(reader: Reader, round: Round): Promise<Outgoing[]>;
  /** What each secretary hears of it in private. */
  reports(reader: Reader, scope: BranchScope, round: Round): Promise<[Card, ...Card[]]>;
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
  isOff(round)
    ? offLine(reader, round)
    : words[reader.locale].closed(round.number, tallyLine(reader, faces, round));

export const recalledLine = (reader: Reader, round: Round): string =>
  round.startsAt ? offLine(reader, round) : words[reader.locale].recalled(round.number);

/** A meeting that was closed before it began: it does not take place. */
export const isOff = ({ startsAt, closedAt }: Round): boolean =>
  startsAt !== undefined && closedAt !== undefined && closedAt < startsAt;

function offLine(reader: Reader, { number, title, startsAt, openedAt }: Round): string {
  return words[reader.locale].off(number, title, dayAndTime(reader, startsAt ?? openedAt));
}

/** To those who were told of it in private that it is not needed any more. */
export const needlessLine = (reader: Reader, round: Round): string =>
  round.startsAt
    ? offLine(reader, round)
    : words[reader.locale].needless(round.number, round.title);

export const editedLine = ({ locale }: Reader, { number }: Round): string =>
  words[locale].edited(number);

/** Tells the group what changed, since everyone who was told is told. */
export function changedCard(reader: Reader, round: Round, edit: MeetingEdit): Card {
  const say = words[reader.locale];
  const end = round.startsAt ? say.newClosing : say.newEnd;
  const lines = [
    edit.title !== undefined && say.newTitle(round.title),
    edit.startsAt && say.newTime(dayAndTime(reader, startOf(round))),
    edit.closesAt && end(dayAndTime(reader, round.closesAt)),
    edit.at && say.newPlace(String(round.spec['place'])),
    edit.agenda && say.newAgenda(String(round.spec['agenda']).split('\n')),
  ];
  return card(say.changed(round.number, round.title), 'warning', [
    ...lines.filter((each) => typeof each === 'string').map(plain),
    ...(edit.startsAt ? [note(say.cannot(round.number))] : []),
  ]);
}
