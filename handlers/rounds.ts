import {
  changedCard,
  closedLine,
  editedLine,
  isOff,
  needlessLine,
  recalledLine,
  reports,
} from '../cards/round-news.ts';
import {
  answerRound,
  chooseRoundCard,
  closeRound,
  editRound,
  faceOf,
  recallRound,
  showStatus,
  statusCard,
} from '../cards/rounds.ts';
import { roundRefusals } from '../cards/rounds-refusals.ts';
import { overlapCard } from '../cards/meeting.ts';
import type { Bot } from '../src/bot/bot.ts';
import type { AnswerByWord, Card, Outgoing, Place, Reader, Reply } from '../src/bot/talk.ts';
import { Refusal } from '../src/errors.ts';
import type { PersonId, RoundId } from '../src/ids.ts';
import { registerCloseRound, type CloseRoundNeeds } from '../src/jobs/close-round.ts';
import { registerRefreshRound, type RefreshRoundNeeds } from '../src/jobs/refresh-round.ts';
import { registerRenewRound, type RenewRoundNeeds } from '../src/jobs/renew-round.ts';
import type { SecretaryScope } from '../src/roster/types.ts';
import type { Decision } from '../src/rounds/service.ts';
import type { MeetingEdit } from '../src/meetings/types.ts';
import type { Round } from '../src/rounds/types.ts';

interface RoundsParts extends CloseRoundNeeds, RefreshRoundNeeds, RenewRoundNeeds {
  bot: Bot;
  /** Kinds whose answer in words is more than one step. */
  inSteps: Readonly<Record<string, AnswerByWord>>;
  /** Kinds of which more than title and end can be changed. */
  editing: Readonly<Record<string, RoundEditing>>;
}
type RoundEditing = (decision: Decision, edit: MeetingEdit) => Promise<Round>;
/** Who asks for something, where, and when they did. */
interface Asking {
  from: PersonId;
  place: Place;
  at: Date;
  reader: Reader;
}
type Pressable = { action: string; value: unknown };
/** Somebody who asks it as a secretary. */
interface Deciding extends Asking {
  scope: SecretaryScope;
}

/** What people do with a round of any kind, by its number or by a button. */
export function registerRounds(parts: RoundsParts) {
  parts.bot.says(roundRefusals);
  registerAnswers(parts);
  registerStatus(parts);
  registerEndings(parts);
  registerEdits(parts);
  registerCloseRound(parts);
  registerRefreshRound(parts);
  registerRenewRound(parts);
}

function registerAnswers({ bot, rounds, roster, faces, inSteps }: RoundsParts) {
  /** Kinds that are answered step by step have a way of their own. */
  const stepsOf = ({ kind }: Round) => (Object.hasOwn(inSteps, kind) ? inSteps[kind] : undefined);

  bot.onCommand('answer', async ({ from, place, at, parts, reader }) => {
    const meant = await rounds.numbered(await roster.meant(from, place), parts.round);
    const { text } = parts;
    if (meant.length > 1)
      return { card: chooseRoundCard(reader, meant, (round) => answerRound.with({ round, text })) };
    const steps = stepsOf(meant[0]);
    if (steps) return steps({ from, place, at, reader }, meant[0].id, text);
    const answered = await rounds.answer({ round: meant[0].id, person: from, input: text, at });
    return { text: faceOf(faces, answered.round.kind).answeredLine(reader, answered) };
  });

  bot.onPress(answerRound, async (asking) => {
    const { from, value, at, reader } = asking;
    const steps = stepsOf(await rounds.find(value.round));
    if (steps) return steps(asking, value.round, value.text);
    const answered = await rounds.answer({
      round: value.round,
      person: from,
      input: value.text,
      at,
    });
    return { toast: faceOf(faces, answered.round.kind).answeredToast(reader, answered) };
  });
}

function registerStatus({ bot, rounds, roster, faces }: RoundsParts) {
  /** Names only where one pair of eyes reads them. */
  async function status({ scope, place, reader }: Deciding, shown: Round[]): Promise<Reply> {
    const counts = shown.map((round) => ({ round }));
    const progress = place.kind === 'private' ? await rounds.missing(scope, shown) : counts;
    return { card: statusCard(reader, faces, progress) };
  }

  bot.onCommand('status', async (asking) => {
    const { from, place, parts } = asking;
    const scope = await roster.asSecretaryHere(from, place);
    const shown =
      parts.round === undefined
        ? await rounds.openOf(scope)
        : await rounds.numbered(scope.ids, parts.round);
    return status({ ...asking, scope }, shown);
  });

  bot.onPress(showStatus, async (asking) => {
    const round = await rounds.find(asking.value.round);
    const scope = await roster.asSecretary(asking.from, round.branch.id);
    return status({ ...asking, scope }, [round]);
  });
}

function registerEndings({ bot, rounds, roster, faces, ending }: RoundsParts) {
  /** Whoever was told of it hears that it is not needed: those told in private, and of a meeting its group. */
  async function needless({ from, place, reader }: Asking, round: Round): Promise<Outgoing[]> {
    const content = { text: needlessLine(reader, round) };
    const inGroup = round.startsAt !== undefined && place.id !== round.chat;
    const told = (await rounds.noticed(round.id)).filter((person) => person !== from);
    return [
      ...(inGroup ? [{ to: { chat: round.chat }, content }] : []),
      ...told.map((person) => ({ to: { person }, content })),
    ];
  }

  /** Counts for the group; the names of who is missing to each secretary in private. */
  async function close(asking: Deciding, { id }: Round): Promise<Reply> {
    const { scope, from, place, at, reader } = asking;
    const settled = await ending.settle(reader, await rounds.close({ scope, round: id, at }));
    const round = await rounds.find(id);
    const text = closedLine(reader, faces, round);
    if (isOff(round)) return { text, send: await needless(asking, round) };
    const [report, ...more] = await ending.reports(reader, scope, round);
    const secretaries = await roster.secretaries(round.branch.id);
    const others = secretaries.filter((each) => each.id !== from);
    const toSecretaries = (cards: Card[]) => cards.flatMap((each) => reports(secretaries, each));
    if (place.kind === 'group')
      return { text, send: [...settled, ...toSecretaries([report, ...more])] };
    return { card: report, send: [...settled, ...reports(others, report), ...toSecretaries(more)] };
  }

  async function recall(asking: Deciding, { id }: Round): Promise<Reply> {
    const { scope, at, reader } = asking;
    const round = await rounds.recall({ scope, round: id, at });
    return { text: recalledLine(reader, round), send: await needless(asking, round) };
  }

  /** By its number, or by a button where several have that. */
  async function byNumber(
    asking: Asking,
    number: number,
    { decide, choice }: { decide: typeof close; choice: (round: RoundId) => Pressable },
  ): Promise<Reply> {
    const scope = await roster.asSecretaryHere(asking.from, asking.place);
    const meant = await rounds.numbered(scope.ids, number);
    if (meant.length === 1) return decide({ ...asking, scope }, meant[0]);
    return { card: chooseRoundCard(asking.reader, meant, choice) };
  }
  const pressed =
    (decide: typeof close) => async (press: Asking & { value: { round: RoundId } }) => {
      const round = await rounds.find(press.value.round);
      const scope = await roster.asSecretary(press.from, round.branch.id);
      return decide({ ...press, scope }, round);
    };

  const closing = { decide: close, choice: (round: RoundId) => closeRound.with({ round }) };
  bot.onCommand('close', (asking) => byNumber(asking, asking.parts.round, closing));
  bot.onPress(closeRound, pressed(close));

  const recalling = { decide: recall, choice: (round: RoundId) => recallRound.with({ round }) };
  bot.onCommand('recall', (asking) => byNumber(asking, asking.parts.round, recalling));
  bot.onPress(recallRound, pressed(recall));
}

function registerEdits({ bot, rounds, roster, editing }: RoundsParts) {
  async function edited({ scope, at }: Deciding, { id, kind, number }: Round, edit: MeetingEdit) {
    const decision = { scope, round: id, at };
    const own = editing[kind];
    if (own) return own(decision, edit);
    if (edit.startsAt ?? edit.at ?? edit.agenda) throw new Refusal('WRONG_KIND', { number });
    const { title, closesAt } = edit;
    return (await rounds.edit(decision, { title, closesAt })).round;
  }

  /** Whoever moved a meeting hears in private what else is then. */
  async function sameTime({ from, reader }: Asking, round: Round): Promise<Outgoing[]> {
    const overlaps = await rounds.overlapping(round);
    if (overlaps.length === 0) return [];
    return [{ to: { person: from }, content: { card: overlapCard(reader, round, overlaps) } }];
  }

  /** Everyone who was told is told: the group, and whoever heard of it in private. */
  async function change(asking: Deciding, before: Round, edit: MeetingEdit): Promise<Reply> {
    const { from, place, reader } = asking;
    const round = await edited(asking, before, edit);
    const content = { card: changedCard(reader, round, edit) };
    const told = (await rounds.noticed(round.id)).filter((person) => person !== from);
    const send: Outgoing[] = [
      { to: { chat: round.chat }, content },
      ...told.map((person) => ({ to: { person }, content })),
    ];
    if (edit.startsAt) send.push(...(await sameTime(asking, round)));
    return place.id === round.chat ? { send } : { send, text: editedLine(reader, round) };
  }

  bot.onCommand('edit', async (asking) => {
    const { round: number, title, by, time, at, agenda } = asking.parts;
    const scope = await roster.asSecretaryHere(asking.from, asking.place);
    const meant = await rounds.numbered(scope.ids, number);
    const edit = { title, at, agenda, closesAt: by, startsAt: time };
    if (meant.length === 1) return change({ ...asking, scope }, meant[0], edit);
    const times = { by: by?.getTime(), time: time?.getTime() };
    const choice = (round: RoundId) => editRound.with({ round, title, at, agenda, ...times });
    return { card: chooseRoundCard(asking.reader, meant, choice) };
  });

  bot.onPress(editRound, async (asking) => {
    const { round, by, time, ...words } = asking.value;
    const moment = (at?: number) => (at === undefined ? undefined : new Date(at));
    const edit = { ...words, closesAt: moment(by), startsAt: moment(time) };
    const before = await rounds.find(round);
    const scope = await roster.asSecretary(asking.from, before.branch.id);
    return change({ ...asking, scope }, before, edit);
  });
}
