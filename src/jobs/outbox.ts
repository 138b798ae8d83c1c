import { v7 as uuid } from 'uuid';
import type { Card, Outgoing } from '../bot/talk.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { must } from '../errors.ts';
import type { Queue } from './job.ts';

/** What leaves the house. All of it joins the surrounding transaction and happens after its commit. */
export interface Outbox {
  /** Sends each message once, in order within a chat. */
  put(messages: Outgoing[]): Promise<void>;
  /** Makes every message sent under `subject` in the last 14 days show `card`; the last word wins. */
  refresh(subject: string, card: Card): Promise<void>;
  /** Takes every message sent under `subject` back. */
  recall(subject: string): Promise<void>;
}

// How long the platform lets a sent card be changed.
const changeable = 14 * 86_400_000;

export function createOutbox({ db, clock, queue }: { db: Db; clock: Clock; queue: Queue }): Outbox {
  async function putOne({ to, content, replyTo, subject }: Outgoing) {
    const id = uuid();
    const [row] = await db.sql<{ whom: string }>(
      `insert into outgoing (id, chat_id, person_id, subject, reply_to, content, created_at)
       values ($1::uuid, $2, $3, $4, $5, $6::jsonb, $7) returning ${whom('outgoing')} as whom`,
      id,
      'chat' in to ? to.chat : null,
      'chat' in to ? null : to.person,
      subject ?? null,
      replyTo ?? null,
      JSON.stringify(packed(content)),
      clock.now(),
    );
    await queue.add('outbox.send', { id }, { group: must(row).whom });
  }

  /** Messages that show a subject and can still be changed: sent ones, and those on their way. */
  const showing = (subject: string) =>
    db.sql<{ id: string }>(
      `select id::text from outgoing where subject = $1 and state in ('waiting', 'sent') and created_at > $2`,
      subject,
      new Date(clock.now().getTime() - changeable),
    );

  return {
    async put(messages) {
      for (const message of messages) await putOne(message);
    },
    async refresh(subject, card) {
      const rows = await db.sql<{ id: string }>(
        `update outgoing set wanted = $2::jsonb, wanted_version = wanted_version + 1
         where subject = $1 and state in ('waiting', 'sent') and created_at > $3 returning id::text`,
        subject,
        JSON.stringify(card),
        new Date(clock.now().getTime() - changeable),
      );
      for (const { id } of rows) await queue.add('outbox.update', { id }, updateOf(id));
    },
    async recall(subject) {
      for (const { id } of await showing(subject))
        await queue.add('outbox.recall', { id }, { key: `outbox.recall:${id}` });
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

/** Content as it lies in the database: files as base64, since JSON holds no bytes. */
function packed(content: Outgoing['content']): object {
  if (!('file' in content)) return content;
  const { name, bytes } = content.file;
  return { file: { name, base64: Buffer.from(bytes).toString('base64') } };
}
