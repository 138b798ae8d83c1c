import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Card, Outgoing } from '../bot/talk.ts';
import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { currentTrace, type Log } from '../base/log.ts';
import type { ChatId, MessageId, PersonId } from '../base/ids.ts';
import { defineJob, type Lane, type Queue } from './job.ts';

/** What became of a message; nobody knows whether an `unknown` one arrived. */
export type Outcome = 'sent' | 'unknown' | 'refused' | 'gone';
export interface Settled {
  subject: string;
  state: Outcome;
}
/** How a message came to its outcome. */
export interface How {
  message?: MessageId;
  reason?: string;
  /** It left as an ordinary card, where one that grows was meant. */
  isPlain?: boolean;
}

/** What leaves the house. All of it joins the surrounding transaction and happens after its commit. */
export interface Outbox {
  /** Sends each message once, in order within a chat. */
  put(messages: Outgoing[]): Promise<void>;
  /** How many messages of a subject came to what by now. */
  outcomes(subject: string): Promise<Record<Outcome | 'waiting', number>>;
  /**
   * Has `hear` told what becomes of each message whose subject begins with `topic:`, in the transaction that
   * notes it. Of one subject one is noted after the other, so that the last one finds all others noted.
   * Where `hear` fails the message is noted without it.
   */
  onSettled(topic: string, hear: (settled: Settled) => Promise<void>): void;
  /** When something was last put under a subject, in the last 90 days. */
  lastPut(subject: string): Promise<Date | undefined>;
  /** Makes every message sent under `subject` in the last 14 days show `card`; the last word wins. */
  refresh(subject: string, card: Card): Promise<void>;
  /** How many messages left for this chat since then, or are on their way, without answers to somebody. */
  countTo(chat: ChatId, since: Date): Promise<number>;
  /** Takes every message sent under `subject` back. */
  recall(subject: string): Promise<void>;
}

const id = z.uuid();
export const sendJob = defineJob({
  name: 'outbox.send',
  lane: 'outbox',
  payload: z.object({ id, trace: z.string().optional() }),
  outside: true,
  handsOver: true,
});
export const updateJob = defineJob({
  name: 'outbox.update',
  lane: 'cards',
  outside: true,
  payload: z.object({ id }),
});
export const recallJob = defineJob({
  name: 'outbox.recall',
  lane: 'cards',
  outside: true,
  payload: z.object({ id }),
});

/** The outbox as its own machinery sees it. */
export interface RunningOutbox extends Outbox {
  /** Notes what became of a message, forgets its content and tells those who wait for it. */
  settle(message: { id: string; subject: string | null }, state: Outcome, how: How): Promise<void>;
  /** Has sent what waits without a job; what is too old by then is settled instead. */
  sweep(): Promise<void>;
  /** Forgets what is over. */
  forget(): Promise<void>;
}

// How long the platform lets a sent card be changed.
const day = 86_400_000;
const changeable = 14 * day;
// A message can be changed for fourteen days and is worth looking up for a while longer.
const remembered = 90 * day;

interface OutboxNeeds {
  db: Db;
  log: Log;
  clock: Clock;
  queue: Queue;
}

export function createOutbox({ db, clock, log, queue }: OutboxNeeds): RunningOutbox {
  const hearing = new Map<string, (settled: Settled) => Promise<void>>();
  const before = (ms: number) => new Date(clock.now().getTime() - ms);
  const send = (rows: { id: string; whom: string }[]) =>
    queue.addAll(
      sendJob,
      rows.map(({ id, whom: group }) => ({ payload: { id, trace: currentTrace() }, group })),
    );

  /** The messages as rows, in one statement however many they are; with whom each one reaches. */
  const store = (messages: Outgoing[]) =>
    db.sql<{ id: string; whom: string }>(
      `insert into outgoing (id, chat_id, person_id, subject, reply_to, content, entity, expires_at, created_at)
       select id, chat_id, person_id, subject, reply_to, content, entity, expires_at, $2 from jsonb_to_recordset($1::jsonb)
         as m(id uuid, chat_id int, person_id int, subject text, reply_to text, content jsonb, entity text,
           expires_at timestamptz)
       on conflict (id) do nothing
       returning id::text, ${whom('outgoing')} as whom`,
      JSON.stringify(messages.map(asRow)),
      clock.now(),
    );

  /** Messages that show a subject and can still be changed: sent ones, and those on their way. */
  const showing = (subject: string) =>
    db.sql<{ id: string }>(
      `select id::text from outgoing where subject = $1 and state in ('waiting', 'sent') and created_at > $2`,
      subject,
      before(changeable),
    );

  return {
    // A row and its job, or neither: alone it would never leave, and its words would stay.
    put: (messages) =>
      db.atomic(async () => {
        if (messages.length === 0) return;
        const rows = await store(messages);
        // Ids rise in the order of the messages, which is the order in which a chat gets its own.
        await send(rows.sort((one, other) => (one.id < other.id ? -1 : 1)));
      }),
    async outcomes(subject) {
      const rows = await db.sql<{ state: Outcome | 'waiting'; count: number }>(
        `select state, count(*)::int as count from outgoing where subject = $1 group by state`,
        subject,
      );
      const none = { waiting: 0, sent: 0, unknown: 0, refused: 0, gone: 0 };
      return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
    },
    onSettled: (topic, hear) => void hearing.set(topic, hear),
    async lastPut(subject) {
      const put = { where: { subject }, _max: { createdAt: true } } as const;
      return (await db.client.outgoing.aggregate(put))._max.createdAt ?? undefined;
    },

    async settle({ id, subject }, state, { message, reason, isPlain = false }) {
      const hear = subject === null ? undefined : hearing.get(topicOf(subject));
      if (hear)
        await db.sql(`select pg_advisory_xact_lock(hashtextextended($1, 0))::text`, subject);
      const settled = await db.sql(
        `update outgoing set state = $2, reason = $3, platform_id = $4, settled_at = $5, content = null,
           entity = case when $6 then null else entity end,
           wanted = case when $2 = 'sent' then wanted end
         where id = $1::uuid and state = 'waiting' returning id`,
        ...[id, state, reason ?? null, message ?? null, clock.now(), isPlain],
      );
      if (!hear || subject === null || settled.length === 0) return;
      await db
        .attempt(() => hear({ subject, state }))
        .catch((err: unknown) => {
          log.error({ err, id, subject }, 'what became of a message could not be told');
        });
    },
    sweep: () =>
      db.atomic(async () => {
        const rows = await db.sql<{ id: string; whom: string }>(
          `select o.id::text, ${whom('o')} as whom from outgoing o
           where o.state = 'waiting' and o.created_at < $1 and not exists (
             select from pgboss.job j where j.name = any($2::text[]) and j.state not in ('completed', 'cancelled')
               and j.data->'payload'->>'id' = o.id::text)
           order by o.id limit $3 for update of o skip locked`,
          ...[before(60_000), ['outbox', 'late', 'work'] satisfies Lane[], 1_000],
        );
        await send(rows);
      }),
    async forget() {
      await db.sql(
        `update outgoing set wanted = null where wanted is not null and created_at < $1`,
        before(changeable),
      );
      await db.sql(
        `delete from outgoing where created_at < $1 and state <> 'waiting'`,
        before(remembered),
      );
    },
    async refresh(subject, card) {
      const rows = await db.sql<{ id: string }>(
        `update outgoing set wanted = $2::jsonb, wanted_version = wanted_version + 1
         where subject = $1 and state in ('waiting', 'sent') and created_at > $3 returning id::text`,
        subject,
        JSON.stringify(card),
        before(changeable),
      );
      for (const { id } of rows) await queue.add(updateJob, { id }, updateOf(id));
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
      for (const { id } of await showing(subject))
        await queue.add(recallJob, { id }, { key: `outbox.recall:${id}` });
    },
  };
}

/** What a subject is about: `round` of `round:12`. */
const topicOf = (subject: string) => subject.split(':', 1)[0] ?? subject;

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

/** One update of a message waits, and one runs: two at once could arrive in the wrong order. */
export const updateOf = (id: string) => ({ key: `outbox.update:${id}`, group: `message:${id}` });

/**
 * SQL for whom a row of `outgoing` reaches: a private chat and its person are the same, for the order of
 * messages as for the platform's limits.
 */
export const whom = (row: string) =>
  `coalesce('person:' || coalesce(${row}.person_id, (select person_id from chat where id = ${row}.chat_id)),
     'chat:' || ${row}.chat_id)`;

const asRow = ({ id = uuid(), to, content, replyTo, subject, until }: Outgoing) => ({
  id,
  ...('chat' in to ? { chat_id: to.chat } : { person_id: to.person }),
  ...{ subject, reply_to: replyTo, content: packed(content), expires_at: until },
  ...('card' in content && { entity: content.entity }),
});

/** Content as it lies in the database: files as base64, since JSON holds no bytes. */
function packed(content: Outgoing['content']): object {
  if (!('file' in content)) return content;
  const { name, bytes } = content.file;
  return { file: { name, base64: Buffer.from(bytes).toString('base64') } };
}
