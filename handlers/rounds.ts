import {
  changedCard,
  closedLine,
  editedLine,
  recalledLine,
  reportCard,
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
  type RoundFaces,
} from '../cards/rounds.ts';
import type { Bot } from '../src/bot/bot.ts';
import type { AnswerByWord, Place, Reader, Reply } from '../src/bot/talk.ts';
import { Refusal } from '../src/errors.ts';
import type { PersonId, RoundId } from '../src/ids.ts';
import type { Roster } from '../src/roster/service.ts';
import type { Rounds } from '../src/rounds/service.ts';
import type { RoundEnding } from '../cards/round-news.ts';
import type { Edit, Round } from '../src/rounds/types.ts';

interface RoundsParts {
  rounds: Rounds;
  roster: Roster;
  faces: RoundFaces;
  /** Kinds whose answer in words is more than one step. */
  inSteps: Readonly<Record<string, AnswerByWord>>;
  ending: RoundEnding;
}
/** Who asks for something, where, and when they did. */
interface Asking {
  from: PersonId;
  place: Place;
  at: Date;
  reader: Reader;
}

/** What people do with a round of any kind, by its number or by a button. */
export function registerRounds(bot: Bot, parts: RoundsParts) {
  registerAnswers(bot, parts);
  registerStatus(bot, parts);
  registerEndings(bot, parts);
  registerEdits(bot, parts);
}

function registerAnswers(bot: Bot, { rounds, faces, inSteps }: RoundsParts) {
  /** Kinds that are answered step by step have a way of their own. */
  const stepsOf = ({ kind }: Round) => (Object.hasOwn(inSteps, kind) ? inSteps[kind] : undefined);

  bot.onCommand('answer', async ({ from, place, at, parts, reader }) => {
    const meant = await rounds.numbered(from, place, parts.round, 'member');
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

function registerStatus(bot: Bot, { rounds, roster, faces }: RoundsParts) {
  /** Names only where one pair of eyes reads them. */
  async function status({ place, reader }: Asking, shown: Round[]): Promise<Reply> {
    const names = place.kind === 'private';
    const namesOf = async (round: Round) => ({
      missing: await rounds.waiting(round.id),
      onLeave: await rounds.onLeave(round.id),
    });
    const progress = await Promise.all(
      shown.map(async (round) => ({ round, ...(names ? await namesOf(round) : {}) })),
    );
    return { card: statusCard(reader, faces, progress) };
  }

  bot.onCommand('status', async (asking) => {
    const { from, place, parts } = asking;
    if (parts.round === undefined) return status(asking, await rounds.openHere(from, place));
    return status(asking, await rounds.numbered(from, place, parts.round, 'secretary'));
  });

  bot.onPress(showStatus, async (asking) => {
    const round = await rounds.find(asking.value.round);
    await roster.requireSecretary(asking.from, round.branch.id);
    return status(asking, [round]);
  });
}

function registerEndings(bot: Bot, { rounds, roster, faces, ending }: RoundsParts) {
  /** Counts for the group; the names of who is missing to each secretary in private. */
  async function close({ from, place, at, reader }: Asking, id: RoundId): Promise<Reply> {
    await ending.settle(await rounds.close({ round: id, by: from, at }));
    const round = await rounds.find(id);
    const more = await ending.reports(reader, round);
    const [missing, onLeave] = [await rounds.waiting(id), await rounds.onLeave(id)];
    const report = reportCard(reader, faces, round, missing, onLeave);
    const secretaries = await roster.secretaries(round.branch.id);
    if (place.kind === 'group')
      return {
        text: closedLine(reader, faces, round),
        send: [report, ...more].flatMap((each) => reports(secretaries, each)),
      };
    const others = secretaries.filter((each) => each.id !== from);
    const send = [
      ...reports(others, report),
      ...more.flatMap((each) => reports(secretaries, each)),
    ];
    return { card: report, send };
  }

  async function recall({ from, at, reader }: Asking, id: RoundId): Promise<Reply> {
    const round = await rounds.recall({ round: id, by: from, at });
    return { text: recalledLine(reader, round) };
  }

  bot.onCommand('close', async (asking) => {
    const meant = await rounds.numbered(asking.from, asking.place, asking.parts.round, 'secretary');
    if (meant.length === 1) return close(asking, meant[0].id);
    return { card: chooseRoundCard(asking.reader, meant, (round) => closeRound.with({ round })) };
  });
  bot.onPress(closeRound, (asking) => close(asking, asking.value.round));

  bot.onCommand('recall', async (asking) => {
    const meant = await rounds.numbered(asking.from, asking.place, asking.parts.round, 'secretary');
    if (meant.length === 1) return recall(asking, meant[0].id);
    return { card: chooseRoundCard(asking.reader, meant, (round) => recallRound.with({ round })) };
  });
  bot.onPress(recallRound, (asking) => recall(asking, asking.value.round));
}

function registerEdits(bot: Bot, { rounds }: RoundsParts) {
  async function change(asking: Asking, id: RoundId, edit: Edit): Promise<Reply> {
    const { from, place, at, reader } = asking;
    const round = await rounds.edit({ round: id, by: from, at }, edit);
    const content = { card: changedCard(reader, round, edit) };
    const send = [{ to: { chat: round.chat }, content }];
    return place.id === round.chat ? { send } : { send, text: editedLine(reader, round) };
  }

  bot.onCommand('edit', async (asking) => {
    const { round: number, title, by, time, at: venue, agenda } = asking.parts;
    const meant = await rounds.numbered(asking.from, asking.place, number, 'secretary');
    // Time, place and agenda are a meeting's.
    if (time ?? venue ?? agenda) throw new Refusal('WRONG_KIND', { number });
    if (meant.length === 1) return change(asking, meant[0].id, { title, closesAt: by });
    const choice = (round: RoundId) => editRound.with({ round, title, by: by?.getTime() });
    return { card: chooseRoundCard(asking.reader, meant, choice) };
  });

  bot.onPress(editRound, (asking) => {
    const { round, title, by } = asking.value;
    const closesAt = by === undefined ? undefined : new Date(by);
    return change(asking, round, { title, closesAt });
  });
}
