import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Messenger } from '../src/bot/messenger.ts';
import type { ChatId, MessageId } from '../src/base/ids.ts';
import { serveWebhook, temporaryFolder } from './door.ts';

/** How fast one push reaches many groups, beside what the platform allows: `npm run bench:fan-out`. */
const chats = 300;
const most = { second: 50, minute: 1000 };
/** Milliseconds in which the platform answers a call. */
const answering = 60;

const left: number[] = [];
const nobody = () => Promise.reject(new Error('not asked for here'));
const messenger: Messenger = {
  async send() {
    left.push(performance.now());
    await pause(answering);
    return { outcome: 'sent', message: `om_${left.length}` as MessageId };
  },
  ...{ update: nobody, recall: nobody, fetchFile: nobody, fetchDocument: nobody, group: nobody },
  ...{ createCard: nobody, streamText: nobody, finishCard: nobody },
  members: () => {
    throw new Error('not asked for here');
  },
};
const dataDir = temporaryFolder();
const { db, outbox, stop } = await serveWebhook({ dataDir, works: true, messenger });
const groups = await db.sql<{ id: ChatId }>(
  `insert into chat (platform_id, kind) select 'oc_' || n, 'group' from generate_series(1, $1) n returning id`,
  chats,
);
const began = performance.now();
await outbox.put(groups.map(({ id }) => ({ to: { chat: id }, content: { text: '今日一学' } })));
while (left.length < chats) await pause(20);
const took = (left.at(-1) ?? 0) - began;
await stop();
rmSync(dataDir, { recursive: true, force: true });

/** The most that left within any stretch of so many milliseconds. */
const within = (ms: number) =>
  Math.max(...left.map((from) => left.filter((at) => at >= from && at < from + ms).length));
const allowed = (chats / most.second) * 1000;
console.log(
  `${chats} chats in ${(took / 1000).toFixed(2)} s, the platform's rate is ${(allowed / 1000).toFixed(2)} s: ` +
    `${Math.round((100 * allowed) / took)} %  (most in a second ${within(1000)} of ${most.second}, in a minute ${within(60_000)} of ${most.minute})`,
);
