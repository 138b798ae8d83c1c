import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import { RoundId } from '../../src/base/ids.ts';
import type { Person } from '../../src/people/roster/types.ts';
import type { OnLeave, Round, Some, Tally } from '../../src/rounds/types.ts';
import { button, buttonRow, card, line, note, plain } from '../bot/kit.ts';
import type { RoundFace } from './round-feature.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth, shorten } from '../bot/words.ts';

/** Where the face of a kind is found. */
export interface RoundFaces {
  of(kind: string): { face: RoundFace };
}

const ofRound = z.object({ round: RoundId });
const moment = z.int().min(0).max(8.64e15);

export const showStatus = defineAction('round.status', ofRound);
export const nudgeRound = defineAction('round.nudge', ofRound);
export const closeRound = defineAction('round.close', ofRound);
export const recallRound = defineAction('round.recall', ofRound);
export const answerRound = defineAction(
  'round.answer',
  ofRound.extend({ text: z.string().optional() }),
);
/** Beside title and end it carries what only some kinds know, times in milliseconds. */
export const editRound = defineAction(
  'round.edit',
  ofRound
    .extend({ title: z.string().optional(), by: moment.optional() })
    .catchall(z.union([z.string(), moment]).optional()),
);

const words = inBoth(
  {
    status: '进度',
    nothingOpen: '现在没有进行中的。',
    until: (time: string) => `截止 ${time}`,
    state: { open: '', closed: '已结束', recalled: '已撤回' },
    missing: '还差',
    named: (label: string, names: string, more: number) =>
      `${label}：${names}${more ? ` 等，另有 ${more} 人` : ''}`,
    nobodyMissing: '没有在等的人了。',
    onLeave: '请假',
    because: (name: string, reason: string) => `${name}（${reason}）`,
    besides: { onLeave: (n: number) => ` · 请假 ${n}`, madeUp: (n: number) => ` · 补 ${n}` },
    inPrivate: '还差谁，请私聊我发「进度」。',
    more: (n: number) => `另有 ${n} 个没有列出，请发「进度 编号」。`,
    nudge: '催办',
    close: '结束',
    recall: '撤回',
    which: '是哪个支部的？',
    choose: (number: number) => `编号 #${number} 在几个支部里都有，请点一个：`,
    opened: '已经发到群里了',
    openedText: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    andThen: '随时可以发「进度」看还差谁；到时间会自动结束。',
    unnamed: '（未知姓名）',
    comma: '、',
  },
  {
    status: 'Status',
    nothingOpen: 'Nothing is open now.',
    until: (time) => `Until ${time}`,
    state: { open: '', closed: 'Closed', recalled: 'Taken back' },
    missing: 'Still missing',
    named: (label, names, more) => `${label}: ${names}${more ? ` and ${more} more` : ''}`,
    nobodyMissing: 'Nobody is missing.',
    onLeave: 'On leave',
    because: (name, reason) => `${name} (${reason})`,
    besides: { onLeave: (n) => ` · ${n} on leave`, madeUp: (n) => ` · ${n} made up` },
    inPrivate: 'To see who is missing, send me “status” in private.',
    more: (n) => `And ${n} more, not listed here: send “status ID”.`,
    nudge: 'Remind',
    close: 'Close',
    recall: 'Take back',
    which: 'Which branch?',
    choose: (number) => `#${number} exists in several of your branches. Please pick one:`,
    opened: 'Sent to the group',
    openedText: (number, branch) => `No. #${number} · ${branch}`,
    andThen: 'Send “status” any time to see who is missing; it closes by itself.',
    unnamed: '(no name)',
    comma: ', ',
  },
);

/** A round with the names of who is missing, which only its secretary may see. */
export interface Progress {
  round: Round;
  missing?: Person[];
  onLeave?: OnLeave[];
}
// A card holds 200 elements and 30 KB: so many rounds, so many names.
const listed = 12;
const namesOfOne = 300;
const namesOfEach = 20;
const reasons = 12;

/** How rounds stand. With `missing` it is for one person's eyes; without, a group may see it. */
export function statusCard(reader: Reader, faces: RoundFaces, progress: Progress[]): Card {
  const say = words[reader.locale];
  if (progress.length === 0) return card(say.status, 'plain', [plain(say.nothingOpen)]);
  const shown = progress.slice(0, listed);
  const elements = shown.flatMap((each, i) => [
    ...(i > 0 ? [line] : []),
    ...progressOf(reader, faces, each, progress.length === 1),
  ]);
  const left = progress.length - shown.length;
  if (left > 0) elements.push(note(say.more(left)));
  if (progress.some(({ missing }) => !missing)) elements.push(note(say.inPrivate));
  return card(say.status, 'plain', elements);
}

function progressOf(
  reader: Reader,
  faces: RoundFaces,
  { round, missing, onLeave = [] }: Progress,
  alone: boolean,
) {
  const say = words[reader.locale];
  const state = say.state[round.state] || timeLine(reader, faces, round);
  const elements = [
    plain(`#${round.number} ${round.title}`),
    plain(`${tallyLine(reader, faces, round)} · ${state}`),
  ];
  if (!missing) return elements;
  const most = alone ? namesOfOne : namesOfEach;
  elements.push(missingNames(reader, missing, { most, label: waitedFor(reader, faces, round) }));
  if (alone) elements.push(...leaveNames(reader, onLeave));
  elements.push(note(round.branch.name));
  if (!alone || round.state !== 'open') return elements;
  return [...elements, decisions(reader, round)];
}

/** What a secretary can do with an open round. */
function decisions({ locale }: Reader, { id }: Round): CardElement {
  const say = words[locale];
  return buttonRow([
    button(say.nudge, nudgeRound.with({ round: id })),
    button(say.close, closeRound.with({ round: id }), 'default'),
    button(say.recall, recallRound.with({ round: id }), 'danger'),
  ]);
}

/** When it ends, or whatever its kind says of its time. */
export function timeLine(reader: Reader, faces: RoundFaces, round: Round): string {
  const until = () => words[reader.locale].until(dayAndTime(reader, round.closesAt));
  return faces.of(round.kind).face.when?.(reader, round) ?? until();
}

export const waitedFor = (reader: Reader, faces: RoundFaces, round: Round): string | undefined =>
  faces.of(round.kind).face.waitedFor?.(reader, round);

/** Who is missing, for the secretary's private chat only. */
export function missingNames(
  reader: Reader,
  missing: Person[],
  { most = namesOfOne, label = words[reader.locale].missing } = {},
): CardElement {
  if (missing.length === 0) return plain(words[reader.locale].nobodyMissing);
  return namesLine(reader, label, missing, most);
}

/** Names behind what they are named for: for a private chat only. */
export function namesLine(
  { locale }: Reader,
  label: string,
  people: Pick<Person, 'name'>[],
  most = namesOfOne,
): CardElement {
  const say = words[locale];
  const names = people.slice(0, most).map(({ name }) => shortened(name) || say.unnamed);
  return plain(say.named(label, names.join(say.comma), people.length - names.length));
}

/** Who is on leave and why, for the secretary's private chat only; nothing where nobody is. */
export function leaveNames(
  { locale }: Reader,
  onLeave: Pick<OnLeave, 'name' | 'reason'>[],
): CardElement[] {
  const say = words[locale];
  if (onLeave.length === 0) return [];
  const names = onLeave.slice(0, reasons).map(({ name, reason }) => {
    const who = shortened(name) || say.unnamed;
    return reason ? say.because(who, shortened(reason)) : who;
  });
  return [plain(say.named(say.onLeave, names.join(say.comma), onLeave.length - names.length))];
}

export function tallyLine(reader: Reader, faces: RoundFaces, round: Round): string {
  return faces.of(round.kind).face.tally(reader, round) + besides(reader, round.tally);
}

/** What stands behind a count of any kind: how many are on leave or made up for it, never who. */
export function besides({ locale }: Reader, { onLeave = 0, madeUp = 0 }: Tally): string {
  const say = words[locale].besides;
  return `${onLeave ? say.onLeave(onLeave) : ''}${madeUp ? say.madeUp(madeUp) : ''}`;
}

/** Asks which round of this number is meant; `choice` is what the button of each does. */
export function chooseRoundCard(
  { locale }: Reader,
  rounds: Some<Round>,
  choice: (round: RoundId) => { action: string; value: unknown },
): Card {
  const say = words[locale];
  const buttons = rounds.map(({ id, branch, title }) =>
    button(`${shortened(branch.name)} · ${shortened(title)}`, choice(id), 'default'),
  );
  return card(say.which, 'plain', [plain(say.choose(rounds[0].number)), ...buttons]);
}

/** Tells a secretary in private that the card is out. */
export function openedCard(reader: Reader, round: Round): Card {
  const say = words[reader.locale];
  return card(say.opened, 'good', [
    plain(round.title),
    plain(say.until(dayAndTime(reader, round.closesAt))),
    note(say.openedText(round.number, round.branch.name)),
    note(say.andThen),
    afterOpening(reader, round),
  ]);
}

/** What a secretary may want next of what they have just sent out. */
export function afterOpening({ locale }: Reader, { id: round }: Round): CardElement {
  const say = words[locale];
  return buttonRow([
    button(say.status, showStatus.with({ round }), 'primary'),
    button(say.close, closeRound.with({ round }), 'default'),
    button(say.recall, recallRound.with({ round }), 'danger'),
  ]);
}

/** A title or name among others. */
export const shortened = (text: string) => shorten(text, 20);
