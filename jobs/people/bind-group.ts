import { z } from 'zod';
import { boundCard, unreadableGroupLine } from '../../cards/people/roster.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Messenger } from '../../src/bot/messenger.ts';
import type { Reader } from '../../src/bot/talk.ts';
import { naming } from '../../src/bot/parse.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/db.ts';
import { Refusal } from '../../src/base/errors.ts';
import { ChatId, type MessageId, PersonId } from '../../src/base/ids.ts';
import type { Log } from '../../src/base/log.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { GroupSeen } from '../../src/people/roster/types.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { defineJob, type WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';
import { readGroup } from './read-group.ts';

export interface BindGroupNeeds {
  queue: WorkQueue;
  db: Db;
  clock: Clock;
  roster: Roster;
  rounds: Rounds;
  messenger: Messenger;
  outbox: Outbox;
  reader: () => Reader;
  refusal: Bot['refusal'];
  log: Log;
}
export const bindGroupJob = defineJob({
  name: 'group.bind',
  lane: 'groups',
  payload: z.object({ chat: ChatId, by: PersonId, name: z.string(), message: z.string() }),
  outside: true,
  remains: ({ chat, by }) => ({ chat, by }),
});
type Bind = { chat: ChatId; by: PersonId; name: string; message: MessageId };

/** Answers `绑定` once the platform has said whose group it is and who is in it. */
export function registerBindGroup(needs: BindGroupNeeds) {
  const { db, queue, clock, messenger, outbox, reader, refusal, log } = needs;
  queue.on(bindGroupJob, async (asked, { finish }) => {
    const bind = asked as Bind;
    const answer = { to: { chat: bind.chat }, replyTo: bind.message };
    const seen = await readGroup(messenger, clock, bind.chat).catch((error: unknown) => {
      log.warn({ err: error, chat: bind.chat }, 'the group to bind could not be read');
    });
    await finish(async () => {
      if (!seen)
        return outbox.put([{ ...answer, content: { text: unreadableGroupLine(reader()) } }]);
      try {
        await db.attempt(() => naming('bind', () => decide(needs, bind, seen)));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        await outbox.put([{ ...answer, content: refusal(reader(), error).said }]);
      }
    });
  });
}

/**
 * True while this group is being bound: messages sent right after `绑定` are meant for the bound group. If the
 * platform takes longer than this to say who is in the group, they are handled all the same.
 */
export async function isBeingBound(db: Db, chat: ChatId): Promise<boolean> {
  const waiting = await db.sql(
    `select 1 from pgboss.job where name in ('groups', 'slow') and state in ('created', 'retry', 'active')
       and data->>'job' = 'group.bind' and (data->'payload'->>'chat')::int = $1
       and created_on > pgboss.job_now() - interval '10 seconds'`,
    chat,
  );
  return waiting.length > 0;
}

/** Tied, members in, open rounds in step, answered. */
async function decide(
  { roster, rounds, outbox, reader }: BindGroupNeeds,
  { chat, by, name, message }: Bind,
  seen: GroupSeen,
) {
  const bound = await roster.bind({ chat, by, name, seen });
  await rounds.audience.keepInStep(bound.branch.id);
  if (bound.previous) await rounds.audience.keepInStep(bound.previous.id);
  const content = { card: boundCard(reader(), bound) };
  await outbox.put([{ to: { chat }, replyTo: message, content }]);
}
