import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Card, Outgoing } from '../bot/talk.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { currentTrace } from '../log.ts';
import { defineJob, type Queue } from './job.ts';

/** What leaves the house. All of it joins the surrounding transaction and happens after its commit. */
export interface Outbox {
  /** Sends each message once, in order within a chat. */
  put(messages: Outgoing[]): Promise<void>;
  /** Makes every message sent under `subject` in the last 14 days show `card`; the last word wins. */
  refresh(subject: string, card: Card): Promise<void>;
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
  outside: true,
  payload: z.object({ id }),
});
export const recallJob = defineJob({
  name: 'outbox.recall',
  outside: true,
  payload: z.object({ id }),
});

// How long the platform lets a sent card be changed.
const changeable = 14 * 86_400_000;

export function createOutbox({ db, clock, queue }: { db: Db; clock: Clock; queue: Queue }): Outbox {
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
      new Date(clock.now().getTime() - changeable),
    );

  return {
    async put(messages) {
      if (messages.length === 0) return;
      const rows = await store(messages);
      // Ids rise in the order of the messages, which is the order in which a chat gets its own.
      rows.sort((one, other) => (one.id < other.id ? -1 : 1));
      await queue.addAll(
        sendJob,
        rows.map(({ id, whom: group }) => ({ payload: { id, trace: currentTrace() }, group })),
      );
    },
    async refresh(subject, card) {
      const rows = await db.sql<{ id: string }>(
        `update outgoing set wanted = $2::jsonb, wanted_version = wanted_version + 1
         where subject = $1 and state in ('waiting', 'sent') and created_at > $3 returning id::text`,
        subject,
        JSON.stringify(card),
        new Date(clock.now().getTime() - changeable),
      );
      for (const { id } of rows) await queue.add(updateJob, { id }, updateOf(id));
    },
    async recall(subject) {
      for (const { id } of await showing(subject))
        await queue.add(recallJob, { id }, { key: `outbox.recall:${id}` });
    },
  };
}

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
