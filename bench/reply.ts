import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Messenger } from '../src/bot/messenger.ts';
import type { MessageId } from '../src/base/ids.ts';
import { sealedMessage, serveWebhook, temporaryFolder } from './door.ts';

/** How long after a message arrives its reply leaves, while nothing else is going on: `npm run bench:reply`. */
const messages = 300;
const warmUp = 50;

let left = (_: number) => {};
const nobody = () => Promise.reject(new Error('not asked for here'));
const messenger: Messenger = {
  send() {
    left(performance.now());
    return Promise.resolve({ outcome: 'sent', message: 'om_reply' as MessageId });
  },
  ...{ update: nobody, recall: nobody, fetchFile: nobody, fetchDocument: nobody, group: nobody },
  ...{ createCard: nobody, streamText: nobody, finishCard: nobody },
  members: () => {
    throw new Error('not asked for here');
  },
};
const handle = () => Promise.resolve({ text: '好' });
const dataDir = temporaryFolder();
const { port, stop } = await serveWebhook({ dataDir, works: true, handle, messenger });
const times: number[] = [];
for (let i = 0; i < warmUp + messages; i += 1) {
  const { body, headers } = sealedMessage();
  const leaving = new Promise<number>((resolve) => (left = resolve));
  const began = performance.now();
  await fetch(`http://127.0.0.1:${port}/webhook/event`, { method: 'POST', body, headers });
  const took = (await leaving) - began;
  if (i >= warmUp) times.push(took);
  await pause(30);
}
await stop();
rmSync(dataDir, { recursive: true, force: true });
times.sort((one, other) => one - other);
const at = (share: number) => times[Math.floor(times.length * share)]?.toFixed(1);
console.log(`reply leaves  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  p99 ${at(0.99)} ms`);
