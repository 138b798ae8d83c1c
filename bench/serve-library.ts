/** The process that `import.ts` measures: the whole bot behind its door, told when to import and saying what happens. */
import type { Messenger } from '../src/bot/messenger.ts';
import type { MessageId } from '../src/base/ids.ts';
import { serveWebhook } from './door.ts';

/** `left`: a message left; `progress` and `done`: of the import. */
export type Told =
  | { is: 'open'; port: number }
  | { is: 'left' }
  | { is: 'progress'; done: number; total: number }
  | { is: 'done'; ms: number; documents: number; passages: number; busiestMs: number };

const [dataDir = '', corpusDir = ''] = process.argv.slice(2);
const tell = (told: Told) => process.send?.(told);

const notHere = () => Promise.reject(new Error('not asked for here'));
const messenger: Messenger = {
  send() {
    tell({ is: 'left' });
    return Promise.resolve({ outcome: 'sent', message: 'om_reply' as MessageId });
  },
  ...{
    update: notHere,
    recall: notHere,
    fetchFile: notHere,
    fetchDocument: notHere,
    group: notHere,
  },
  ...{ createCard: notHere, streamText: notHere, finishCard: notHere },
  members: () => {
    throw new Error('not asked for here');
  },
};
const { db, port, library, stop } = await serveWebhook({
  ...{ dataDir, corpusDir, works: true, messenger },
});

async function importAll() {
  const began = performance.now();
  let busiestMs = 0;
  let last = began;
  const watch = setInterval(() => {
    const now = performance.now();
    busiestMs = Math.max(busiestMs, now - last);
    last = now;
    const { done = 0, total = 0 } = library?.progress() ?? {};
    tell({ is: 'progress', done, total });
  }, 20);
  await library?.sync();
  clearInterval(watch);
  const ms = performance.now() - began;
  const [counts] = await db.sql<{ documents: number; passages: number }>(
    `select count(*)::int as documents, sum(passage_count)::int as passages from document`,
  );
  tell({ is: 'done', ms, busiestMs, documents: 0, passages: 0, ...counts });
}

process.on('message', () => void importAll());
process.on('SIGTERM', () => void stop().then(() => process.exit(0)));
tell({ is: 'open', port });
