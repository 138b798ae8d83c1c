import { Fault } from '../../src/base/errors.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Messenger, Sent } from '../../src/bot/messenger.ts';
import type { Content } from '../../src/bot/talk.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/db.ts';
import { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import { type Log, traced } from '../../src/base/log.ts';
import { limitWaits, messages } from '../../src/base/metrics.ts';
import { defineJob, type Running, type WorkQueue } from '../../src/queue/job.ts';
import type { RunningOutbox } from '../../src/queue/outbox.ts';
import { sendJob, updateJob, updateOptions } from '../../src/queue/outbox-jobs.ts';
import type { Outcome, OutcomeDetails } from '../../src/queue/outbox-outcomes.ts';
import { recipientSql } from '../../src/queue/outbox-rows.ts';
import type { RateLimit } from '../../src/queue/rate-limit.ts';

export interface SendNeeds {
  db: Db;
  clock: Clock;
  log: Log;
  queue: WorkQueue;
  rateLimit: RateLimit;
  outbox: Pick<RunningOutbox, 'recordOutcome'>;
  messenger: Messenger;
  /** How the moment that the rate limit grants is waited for; tests move their clock instead. */
  wait?: (ms: number) => Promise<unknown>;
}
export interface DeliveryNeeds extends SendNeeds {
  /** Notes that a recipient cannot be reached any more, in the surrounding transaction. */
  markGone(recipient: Recipient): Promise<void>;
}
/** Whom a message is for: a private chat counts as its person. */
export type Recipient = { chat: ChatId } | { person: PersonId };

interface Row {
  id: string;
  subject: string | null;
  chatId: number | null;
  personId: number | null;
  replyTo: string | null;
  content: unknown;
  firstAttemptAt: Date | null;
  createdAt: Date;
  /** Too late to begin after this. */
  expiresAt: Date | null;
  /** The chat or person it reaches, for the limits. */
  recipientKey: string;
  /** The chat or person can no longer be reached. */
  gone: boolean;
}

// The platform remembers a key for an hour; after 50 minutes a repeat could become a second message.
const keySafeMs = 50 * 60_000;
// What a message says may no longer be true after so long.
const tooOldMs = 6 * 3_600_000;
export const sendLateJob = defineJob({
  name: 'outbox.late',
  lane: 'late',
  outside: true,
  payload: z.object({ id: z.uuid() }),
});

/**
 * Sends one message of the outbox. It is called sent only with the platform's id; what may or may not
 * have arrived is tried again under the same key while that is safe, and then called unknown.
 */
function createDelivery(needs: DeliveryNeeds) {
  const { db, clock, log, queue, outbox, rateLimit, messenger, wait = sleep } = needs;

  const find = async (id: string): Promise<Row | undefined> => {
    const [row] = await db.sql<Row>(
      `select o.id::text, o.subject, o.chat_id as "chatId", o.person_id as "personId", o.reply_to as "replyTo", o.content,
         o.first_attempt_at as "firstAttemptAt", o.created_at as "createdAt", o.expires_at as "expiresAt",
         ${recipientSql('o')} as "recipientKey",
         coalesce(c.gone_at, p.gone_at) is not null as gone
       from outgoing o left join chat c on c.id = o.chat_id
         left join person p on p.id = coalesce(o.person_id, c.person_id)
       where o.id = $1::uuid and o.state = 'waiting'`,
      id,
    );
    return row;
  };

  async function noteOutcome(row: Row, state: Outcome, details: OutcomeDetails) {
    await outbox.recordOutcome(row, state, details);
    const { id, chatId: chat, personId: person } = row;
    db.afterCommit(() => {
      messages.inc({ outcome: state });
      if (state === 'sent') log.debug({ id, chat, person }, 'sent');
      else log.warn({ id, chat, person, state, reason: details.reason }, 'a message was not sent');
    });
  }

  /** From now on nothing is sent to this recipient; those who look after the group or person are told. */
  async function markGone({ recipientKey }: Row) {
    const recipient = recipientOf(recipientKey);
    await needs.markGone(recipient);
    db.afterCommit(() => log.warn(recipient, 'a recipient cannot be reached any more'));
  }

  async function attempt(row: Row): Promise<Sent> {
    await db.sql(
      `update outgoing set first_attempt_at = coalesce(first_attempt_at, $2) where id = $1::uuid`,
      row.id,
      clock.now(),
    );
    // Nothing slow may come between the granted moment and the call, else this message is sent together with the next ones.
    const ms = await rateLimit.reserve(['app:send', row.recipientKey]);
    limitWaits.observe(ms / 1000);
    if (ms > 0) await wait(ms);
    const to =
      row.chatId === null
        ? { person: PersonId.parse(row.personId) }
        : { chat: ChatId.parse(row.chatId) };
    const replyTo = row.replyTo === null ? undefined : MessageId.parse(row.replyTo);
    return messenger.send(to, unpacked(row.content), { key: row.id, replyTo });
  }

  /** Certainly not delivered: the key is unused, and its time starts with the next attempt. */
  const unused = (row: Row) =>
    row.firstAttemptAt === null
      ? db.sql(`update outgoing set first_attempt_at = null where id = $1::uuid`, row.id)
      : Promise.resolve();

  async function conclude(row: Row, sent: Sent, finish: Running['finish']): Promise<void> {
    switch (sent.outcome) {
      case 'sent':
        return finish(async () => {
          await noteOutcome(row, 'sent', sent);
          await bringUpToDate(row.id);
        });
      case 'gone':
        return finish(async () => {
          await markGone(row);
          await noteOutcome(row, 'gone', sent);
        });
      case 'refused':
        return finish(() => noteOutcome(row, 'refused', sent));
      case 'later':
        await unused(row);
        if (sent.waitMs) await wait(Math.min(sent.waitMs, 5_000));
        throw notSent(sent);
      case 'unknown':
        throw notSent(sent);
    }
  }

  /** A card that changed while it was on its way is updated once it is there. */
  async function bringUpToDate(id: string) {
    const [stale] = await db.sql(
      `select 1 from outgoing where id = $1::uuid and wanted is not null`,
      id,
    );
    if (stale) await queue.add(updateJob, { id }, updateOptions(id));
  }

  return {
    async deliver(id: string, finish: Running['finish']): Promise<void> {
      const row = await find(id);
      if (!row) return;
      const end = (state: Outcome, reason: string) =>
        finish(() => noteOutcome(row, state, { reason }));
      const now = clock.now().getTime();
      if (row.gone) return end('gone', 'known to be out of reach');
      if (row.firstAttemptAt && now - row.firstAttemptAt.getTime() > keySafeMs)
        return end('unknown', 'no answer told whether it arrived');
      if (isOver(row, now)) return end('refused', 'could not be sent in time');
      await conclude(row, await attempt(row), finish);
    },
    /** Tries again each minute, in a lane where it does not delay other messages of the chat. */
    later: (id: string) =>
      queue.add(sendLateJob, { id }, { at: new Date(clock.now().getTime() + 60_000) }),
  };
}

export function registerDelivery(needs: DeliveryNeeds) {
  const { queue, log } = needs;
  const delivery = createDelivery(needs);
  // In order within a chat. After some tries the message moves to the lane `late`, so that those behind it can go.
  const send = ({ id, trace }: { id: string; trace?: string }, { finish }: Running) =>
    traced(trace, () => delivery.deliver(id, finish));
  queue.on(sendJob, send, { givenUp: ({ id }) => delivery.later(id) });
  // What could not be sent soon, once a minute until its time is over.
  queue.on(sendLateJob, ({ id }, { finish }) =>
    delivery.deliver(id, finish).catch(async (err: unknown) => {
      log.warn({ err, id }, 'a message could not be sent yet');
      await finish(() => delivery.later(id));
    }),
  );
}

/** An error with the platform's code alone: the rest of its answer may repeat what it was sent. */
export const notSent = ({ reason }: { reason: string }) =>
  new Fault(reason.split(': ', 1)[0] ?? 'not sent');

/** Whether it is too late to send it. What may have arrived is still repeated as long as its key is safe. */
function isOver({ createdAt, expiresAt, firstAttemptAt }: Row, now: number): boolean {
  const isExpired = expiresAt !== null && firstAttemptAt === null && now > expiresAt.getTime();
  return isExpired || now - createdAt.getTime() > tooOldMs;
}

function recipientOf(recipientKey: string): Recipient {
  const [kind, number] = recipientKey.split(':');
  const id = Number(number);
  return kind === 'person' ? { person: PersonId.parse(id) } : { chat: ChatId.parse(id) };
}

function unpacked(content: unknown): Content {
  const stored = content as Content | { file: { name: string; base64: string } };
  if (!('file' in stored) || !('base64' in stored.file)) return stored as Content;
  return {
    file: { name: stored.file.name, bytes: Buffer.from(stored.file.base64, 'base64') },
  };
}
