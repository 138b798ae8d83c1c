import type { Card, Outgoing, Place } from '../bot/talk.ts';
import { buttonsIn } from './card-buttons.ts';
import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { currentTrace, type Log } from '../base/log.ts';
import type { ChatId, MessageId, PersonId } from '../base/ids.ts';
import type { Queue } from './job.ts';
import { recallJob, sendJob, updateJob, updateOptions } from './outbox-jobs.ts';
import { createOutcomes, type Outcomes } from './outbox-outcomes.ts';
import { insertMessages, type StoredMessage } from './outbox-rows.ts';
import { changeableMs, createOutboxUpkeep, type OutboxUpkeep } from './outbox-upkeep.ts';

/** Messages to the platform. Every call joins the surrounding transaction and takes effect after its commit. */
export interface Outbox extends Pick<Outcomes, 'outcomes' | 'onOutcome'> {
  /** Sends each message once, in order within a chat. */
  put(messages: Outgoing[]): Promise<void>;
  /** When something was last put under a subject, in the last 90 days. */
  lastPut(subject: string): Promise<Date | undefined>;
  /** Makes every message sent under `subject` in the last 14 days show `card`; the last call wins. */
  refresh(subject: string, card: Card): Promise<void>;
  /** Notes that a message shows this card now: it was put in the place of the pressed one. */
  nowShows(message: MessageId, card: Card): Promise<void>;
  /** The newest button with this label in this chat, or in this person's private messages, of the last 14 days. */
  buttonTyped(typed: Typed): Promise<PressedByWord | undefined>;
  /** How many messages left for this chat since then, or are on their way, without answers to somebody. */
  countTo(chat: ChatId, since: Date): Promise<number>;
  /** Takes every message sent under `subject` back. */
  recall(subject: string): Promise<void>;
}

/** A label that somebody typed, and where. */
export interface Typed {
  label: string;
  place: Place;
  from: PersonId;
}
export interface PressedByWord {
  message: MessageId;
  action: string;
  value: unknown;
}

/** The outbox as those see it who send its messages and look after it. */
export interface RunningOutbox extends Outbox, OutboxUpkeep, Pick<Outcomes, 'recordOutcome'> {}

interface OutboxNeeds {
  db: Db;
  log: Log;
  clock: Clock;
  queue: Queue;
}

export function createOutbox({ db, clock, log, queue }: OutboxNeeds): RunningOutbox {
  const outcomes = createOutcomes({ db, clock, log });
  const before = (ms: number) => new Date(clock.now().getTime() - ms);
  const addSendJobs = (rows: StoredMessage[]) =>
    queue.addAll(
      sendJob,
      rows.map(({ id, recipientKey: group }) => ({
        payload: { id, trace: currentTrace() },
        group,
      })),
    );

  /** Messages of a subject that can still be changed: sent ones, and those on their way. */
  const changeableOf = (subject: string) =>
    db.sql<{ id: string }>(
      `select id::text from outgoing where subject = $1 and state in ('waiting', 'sent') and created_at > $2`,
      subject,
      before(changeableMs),
    );

  return {
    ...outcomes,
    ...createOutboxUpkeep({ db, before, addSendJobs }),
    // Row and job are stored together: a row without a job would never be sent, and its words would never be deleted.
    put: (messages) =>
      db.atomic(async () => {
        if (messages.length === 0) return;
        const rows = await insertMessages(db, messages, clock.now());
        // Ids rise in the order of the messages, which is the order in which a chat gets its own.
        await addSendJobs(rows.sort((one, other) => (one.id < other.id ? -1 : 1)));
      }),
    async lastPut(subject) {
      const put = { where: { subject }, _max: { createdAt: true } } as const;
      return (await db.client.outgoing.aggregate(put))._max.createdAt ?? undefined;
    },

    async refresh(subject, card) {
      const rows = await db.sql<{ id: string }>(
        `update outgoing set wanted = $2::jsonb, wanted_version = wanted_version + 1, buttons = $4::jsonb
         where subject = $1 and state in ('waiting', 'sent') and created_at > $3 returning id::text`,
        subject,
        JSON.stringify(card),
        before(changeableMs),
        JSON.stringify(buttonsIn({ card }) ?? null),
      );
      for (const { id } of rows) await queue.add(updateJob, { id }, updateOptions(id));
    },
    async nowShows(message, card) {
      await db.sql(
        `update outgoing set buttons = $2::jsonb where platform_id = $1 and state = 'sent'`,
        message,
        JSON.stringify(buttonsIn({ card }) ?? null),
      );
    },
    async buttonTyped({ label, place, from }) {
      const isPrivate = place.kind === 'private';
      const [row] = await db.sql<PressedByWord>(
        `select o.platform_id as message, b->>'action' as action, b->'value' as value
         from ((select platform_id, buttons, created_at from outgoing where chat_id = $1
               and platform_id is not null and created_at > $3 order by created_at desc limit 20)
             union all (select platform_id, buttons, created_at from outgoing where person_id = $2
               and platform_id is not null and created_at > $3 order by created_at desc limit 20)) o,
           jsonb_array_elements(case jsonb_typeof(o.buttons) when 'array' then o.buttons else '[]' end) b
         where b->>'label' = $4 order by o.created_at desc limit 1`,
        ...[place.id, isPrivate ? from : null, before(changeableMs), label],
      );
      return row;
    },
    async countTo(chat, since) {
      const [row] = await db.sql<{ count: number }>(
        `select count(*)::int as count from outgoing where chat_id = $1 and created_at >= $2
           and reply_to is null and state in ('waiting', 'sent', 'unknown')`,
        chat,
        since,
      );
      return row?.count ?? 0;
    },
    async recall(subject) {
      for (const { id } of await changeableOf(subject))
        await queue.add(recallJob, { id }, { key: `outbox.recall:${id}` });
    },
  };
}

/** Whom a message was sent to in private, in the last 90 days. */
export const privateTo =
  (db: Db) =>
  async (message: MessageId): Promise<PersonId | undefined> => {
    const [row] = await db.sql<{ person: PersonId }>(
      `select person_id as person from outgoing where platform_id = $1 and person_id is not null`,
      message,
    );
    return row?.person;
  };
