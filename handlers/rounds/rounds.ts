import {
  changedCard,
  closedLine,
  editedLine,
  needlessLine,
  offLine,
  recalledLine,
  reports,
  usualChange,
} from '../../cards/rounds/round-news.ts';
import type { Speaker, KnownFeatures, OwnParts } from '../../cards/rounds/round-feature.ts';
import {
  answerRound,
  closeRound,
  editRound,
  recallRound,
  showStatus,
  statusCard,
} from '../../cards/rounds/rounds.ts';
import { roundRefusals } from '../../cards/rounds/rounds-refusals.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Card, Outgoing, Reply } from '../../src/bot/talk.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { RoundId } from '../../src/base/ids.ts';
import type { Cleaning } from '../../jobs/night/clean.ts';
import { registerCloseRound, type CloseRoundNeeds } from '../../jobs/rounds/close-round.ts';
import { createEnding } from '../../jobs/rounds/end-round.ts';
import { registerRefreshRound, type RefreshRoundNeeds } from '../../jobs/rounds/refresh-round.ts';
import { registerRenewRound, type RenewRoundNeeds } from '../../jobs/rounds/renew-round.ts';
import type { SecretaryScope } from '../../src/people/roster/types.ts';
import type { Edit, Round } from '../../src/rounds/types.ts';
import { createMeantRound } from './meant-round.ts';
import {
  answerCommand,
  closeCommand,
  editCommand,
  recallCommand,
  statusCommand,
} from './rounds-commands.ts';

interface RoundsParts extends CloseRoundNeeds, RefreshRoundNeeds, RenewRoundNeeds {
  cleaning: Cleaning;
  bot: Bot;
  kinds: KnownFeatures;
}
/** Somebody who asks it as a secretary. */
interface SecretarySpeaker extends Speaker {
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
  parts.cleaning.on((before) => parts.rounds.notices.forget(before(1)));
}

function registerAnswers(parts: RoundsParts) {
  const { bot, rounds, kinds } = parts;
  const meantRound = createMeantRound(parts);

  bot.onCommand(answerCommand, (said) => {
    const { from, place, at, reader } = said;
    const { round: number, text } = said.parts;
    const choice = (round: RoundId) => answerRound.with({ round, text });
    return meantRound.ofMember(said, number, choice, async ({ id: round, kind }) => {
      const { byWord, face } = kinds.of(kind);
      if (byWord) return byWord({ from, place, at, reader }, round, text);
      const answered = await rounds.answers.give({ round, person: from, input: text, at });
      return { text: face.answeredLine(reader, answered) };
    });
  });

  bot.onPress(answerRound, async (speaker) => {
    const { from: person, value, at, reader } = speaker;
    const { round, text } = value;
    const { byWord, face } = kinds.of((await rounds.find(round)).kind);
    if (byWord) return byWord(speaker, round, text);
    const answered = await rounds.answers.give({ round, person, input: text, at });
    return { toast: face.answeredToast(reader, answered) };
  });
}

function registerStatus(parts: RoundsParts) {
  const { bot, rounds, roster, kinds } = parts;
  const meantRound = createMeantRound(parts);

  /** Shows names in private chat only. */
  async function status(
    { scope, place, reader }: SecretarySpeaker,
    shown: Round[],
  ): Promise<Reply> {
    const counts = shown.map((round) => ({ round }));
    const progress =
      place.kind === 'private' ? await rounds.audience.missing(scope, shown) : counts;
    return { card: statusCard(reader, kinds, progress) };
  }

  bot.onCommand(statusCommand, async (speaker) => {
    const { from, place, parts } = speaker;
    const scope = await roster.asSecretaryHere(from, place);
    const shown =
      parts.round === undefined
        ? await rounds.openOf(scope)
        : await rounds.numbered(scope.ids, parts.round);
    return status({ ...speaker, scope }, shown);
  });

  bot.onPress(showStatus, async (speaker) => {
    const { round, scope } = await meantRound.pressed(speaker.from, speaker.value.round);
    return status({ ...speaker, scope }, [round]);
  });
}

function registerEndings(parts: RoundsParts) {
  const { bot, rounds, roster, kinds } = parts;
  const ending = createEnding(parts);
  const meantRound = createMeantRound(parts);

  /** Says that the round is not needed any more: to those told of it in private, and to the group if it is called off. */
  async function needless(
    { from, place, reader }: SecretarySpeaker,
    round: Round,
  ): Promise<Outgoing[]> {
    const content = { text: needlessLine(reader, kinds, round) };
    const inGroup = offLine(reader, kinds, round) !== undefined && place.id !== round.chat;
    const told = (await rounds.notices.peopleTold(round.id)).filter((person) => person !== from);
    return [
      ...(inGroup ? [{ to: { chat: round.chat }, content }] : []),
      ...told.map((person) => ({ to: { person }, content })),
    ];
  }

  /** Counts for the group; the names of who is missing to each secretary in private. */
  async function close(speaker: SecretarySpeaker, { id }: Round): Promise<Reply> {
    const { scope, from, place, at, reader } = speaker;
    const settled = await ending.afterClosing(reader, await rounds.close({ scope, round: id, at }));
    const round = await rounds.find(id);
    const text = closedLine(reader, kinds, round);
    if (offLine(reader, kinds, round) !== undefined)
      return { text, send: await needless(speaker, round) };
    const cards = await ending.reports({ reader, scope, round });
    const secretaries = await roster.secretaries(round.branch.id);
    const toAll = (some: Card[]) => some.flatMap((each) => reports(secretaries, each));
    if (place.kind === 'group') return { text, send: [...settled, ...toAll(cards)] };
    const [report, ...more] = cards;
    const others = secretaries.filter((each) => each.id !== from);
    const toOthers = report ? reports(others, report) : [];
    return { card: report, send: [...settled, ...toOthers, ...toAll(more)] };
  }

  async function recall(speaker: SecretarySpeaker, { id }: Round): Promise<Reply> {
    const { scope, at, reader } = speaker;
    const round = await rounds.recall({ scope, round: id, at });
    return { text: recalledLine(reader, kinds, round), send: await needless(speaker, round) };
  }

  const byPress =
    (decide: typeof close) => async (press: Speaker & { value: { round: RoundId } }) => {
      const { round, scope } = await meantRound.pressed(press.from, press.value.round);
      return decide({ ...press, scope }, round);
    };

  bot.onCommand(closeCommand, (said) => {
    const choice = (round: RoundId) => closeRound.with({ round });
    return meantRound.ofSecretary(said, said.parts.round, choice, (round, scope) =>
      close({ ...said, scope }, round),
    );
  });
  bot.onPress(closeRound, byPress(close));

  bot.onCommand(recallCommand, (said) => {
    const choice = (round: RoundId) => recallRound.with({ round });
    return meantRound.ofSecretary(said, said.parts.round, choice, (round, scope) =>
      recall({ ...said, scope }, round),
    );
  });
  bot.onPress(recallRound, byPress(recall));
}

interface Change {
  edit: Edit;
  /** What the kind alone knows of. */
  own: OwnParts;
}

function registerEdits(parts: RoundsParts) {
  const { bot, rounds, kinds } = parts;
  const meantRound = createMeantRound(parts);

  async function edited({ scope, at }: SecretarySpeaker, before: Round, { edit, own }: Change) {
    const decision = { scope, round: before.id, at };
    const byKind = kinds.of(before.kind).edit;
    if (byKind?.knows(own)) return byKind.change(decision, edit, own);
    if (Object.keys(own).length > 0) throw new Refusal('WRONG_KIND', { number: before.number });
    return (await rounds.edit(decision, () => edit)).round;
  }

  /** Tells the change to the group and to everybody who was told of the round in private. */
  async function change(speaker: SecretarySpeaker, before: Round, asked: Change): Promise<Reply> {
    const { from, place, reader } = speaker;
    const { edit, own } = asked;
    const round = await edited(speaker, before, asked);
    const byKind = kinds.of(round.kind).edit;
    const changes = byKind?.told(reader, round, edit, own) ?? usualChange(reader, round, edit);
    const content = { card: changedCard(reader, round, changes) };
    const told = (await rounds.notices.peopleTold(round.id)).filter((person) => person !== from);
    const aside = await byKind?.aside?.(reader, round, own);
    const send: Outgoing[] = [
      { to: { chat: round.chat }, content },
      ...told.map((person) => ({ to: { person }, content })),
      ...(aside ? [{ to: { person: from }, content: { card: aside } }] : []),
    ];
    return place.id === round.chat ? { send } : { send, text: editedLine(reader, round) };
  }

  bot.onCommand(editCommand, (said) => {
    const { round: number, title, by, ...more } = said.parts;
    const own = ownParts(more);
    const choice = (round: RoundId) => editRound.with({ ...own, round, title, by: by?.getTime() });
    return meantRound.ofSecretary(said, number, choice, (round, scope) =>
      change({ ...said, scope }, round, { edit: { title, closesAt: by }, own }),
    );
  });

  bot.onPress(editRound, async (press) => {
    const { round: id, title, by, ...more } = press.value;
    const edit = { title, closesAt: by === undefined ? undefined : new Date(by) };
    const { round, scope } = await meantRound.pressed(press.from, id);
    return change({ ...press, scope }, round, { edit, own: ownParts(more) });
  });
}

/** As a button carries them; what is not there is left out. */
function ownParts(parts: Readonly<Record<string, string | number | Date | undefined>>): OwnParts {
  const there = Object.entries(parts).flatMap(([name, part]) =>
    part === undefined ? [] : [[name, part instanceof Date ? part.getTime() : part] as const],
  );
  return Object.fromEntries(there);
}
