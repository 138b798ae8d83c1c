import { v7 as uuid } from 'uuid';
import type { Card, Outgoing } from '../bot/talk.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
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
    const target =
      'chat' in to ? { chatId: to.chat, personId: null } : { chatId: null, personId: to.person };
    await db.client.outgoing.create({
      data: { id, ...target, subject, replyTo, content: packed(content), createdAt: clock.now() },
    });
    await queue.add('outbox.send', { id }, { group: groupOf(to) });
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
      for (const { id } of rows)
        await queue.add('outbox.update', { id }, { key: `outbox.update:${id}` });
    },
    async recall(subject) {
      for (const { id } of await showing(subject))
        await queue.add('outbox.recall', { id }, { key: `outbox.recall:${id}` });
    },
  };
}

const groupOf = (to: Outgoing['to']) => ('chat' in to ? `chat:${to.chat}` : `person:${to.person}`);

/** Content as it lies in the database: files as base64, since JSON holds no bytes. */
function packed(content: Outgoing['content']): object {
  if (!('file' in content)) return content;
  const { name, bytes } = content.file;
  return { file: { name, base64: Buffer.from(bytes).toString('base64') } };
}
