import {
  dueNewsCard,
  readingCard,
  outcomeNewsCard,
  unknownYearLine,
} from '../../cards/daily/daily.ts';
import type { Card, Outgoing, Reader } from '../../src/bot/talk.ts';
import type { Dailies } from '../../src/daily/service.ts';
import { slotOf, subjectOfPush } from '../../src/daily/rules.ts';
import type { DueReading, PushSlot } from '../../src/daily/types.ts';
import type { Db } from '../../src/database/db.ts';
import type { ChatId, PersonId } from '../../src/base/ids.ts';
import type { Log } from '../../src/base/log.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Outbox } from '../../src/queue/outbox.ts';
import type { Outcome } from '../../src/queue/outbox-outcomes.ts';
import type { Timetable } from '../../src/queue/timetable.ts';

export interface PushDailyNeeds {
  timetable: Timetable;
  db: Db;
  log: Log;
  dailies: Dailies;
  roster: Roster;
  outbox: Outbox;
  reader: () => Reader;
  admins: () => ReadonlySet<PersonId>;
}

/** The daily readings: sent by the clock, and noted once their message has left. */
export function registerPushDaily(needs: PushDailyNeeds) {
  const { timetable, dailies, outbox, reader } = needs;
  async function recordOutcome(slot: PushSlot, state: Outcome) {
    const settled = await dailies.recordOutcome(slot, state);
    if (!settled) return;
    const news = outcomeNewsCard(reader(), settled);
    await outbox.put(toAll(await needs.roster.keepers(settled.branch.id), news));
  }
  outbox.onOutcome('daily', ({ subject, state }) => recordOutcome(slotOf(subject), state));

  /** What was not noted when it left, as an earlier version did. */
  async function recordOutcomesLeft() {
    for (const slot of await dailies.waitingSlots())
      await inOwnTransaction(needs, slot.chatId, async () => {
        const { waiting: _, ...settled } = await outbox.outcomes(subjectOfPush(slot));
        const states = Object.keys(settled) as Outcome[];
        const state = states.find((each) => settled[each] > 0);
        if (state) await recordOutcome(slot, state);
      });
  }
  timetable.on({ name: 'daily-left', when: '7 * * * *', plan: recordOutcomesLeft, atStart: true });
  const plan = createTick(needs);
  // Three times a minute, so that a push still leaves within its minute when one tick is late or missing.
  const when = '*/20 * * * * *';
  timetable.on({ name: 'daily', when, plan, atStart: true, next: () => dailies.nextSlot() });
}

/**
 * One tick of the daily readings, of one replica among others: sends what is due. Claim, message and next time stand or fall together; one group that fails holds up no other.
 */
function createTick(needs: PushDailyNeeds) {
  const { dailies, outbox } = needs;

  return async (): Promise<void> => {
    for (const chat of await dailies.dueGroups())
      await inOwnTransaction(needs, chat, async () => {
        const due = await dailies.claim(chat);
        if (due) await outbox.put(await messagesOf(needs, due));
      });
  };
}

/** In a transaction of its own; what fails is logged and due again at the next tick. */
async function inOwnTransaction(
  { db, log }: PushDailyNeeds,
  chat: ChatId,
  work: () => Promise<void>,
) {
  await db.atomic(work).catch((err: unknown) => log.error({ err, chat }, 'a daily reading failed'));
}

async function messagesOf(needs: PushDailyNeeds, due: DueReading): Promise<Outgoing[]> {
  const { push, group, branch, unknownYear } = due;
  const reader = needs.reader();
  const keepers = await needs.roster.keepers(branch.id);
  const messages = [
    ...toAll(keepers, dueNewsCard(reader, due)),
    ...(unknownYear === undefined ? [] : toOperators(needs, unknownYear, keepers)),
  ];
  if (due.missed.length > 0 || due.stopped)
    needs.log.warn({ chat: group.id, missed: due.missed, stopped: due.stopped }, 'daily reading');
  if (!push) return messages;
  const content = { card: readingCard(reader, push.reading) };
  const { subject, until } = push;
  return [{ to: { chat: group.id }, content, subject, until }, ...messages];
}

const toAll = (people: PersonId[], card: Card | undefined): Outgoing[] =>
  card ? people.map((person) => ({ to: { person }, content: { card } })) : [];

/** Once to each who has not heard it as a secretary. */
function toOperators(
  { reader, admins, log }: PushDailyNeeds,
  year: number,
  told: PersonId[],
): Outgoing[] {
  log.warn(
    { year },
    'the holidays of this year are not known: Monday to Friday are taken for workdays',
  );
  const content = { text: unknownYearLine(reader(), year) };
  const others = [...admins()].filter((admin) => !told.includes(admin));
  return others.map((person) => ({ to: { person }, content }));
}
