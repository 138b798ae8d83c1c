import { createReadStream, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { startEmbedded } from '../database/embedded/embedded.ts';
import { migrate } from '../database/migrate.ts';
import { type Db, openDb } from '../database/db.ts';
import { must } from '../base/errors.ts';
import { DocumentId } from '../base/ids.ts';
import { openLog } from '../base/log.ts';
import { systemClock } from '../base/clock.ts';
import { readEmbedding } from './config.ts';
import type { VectorBackfill } from '../library/meaning/vector-backfill.ts';
import type { Log } from '../base/log.ts';
import { createMeaning } from '../library/meaning/meaning.ts';
import { createRetrieval, type Retrieval } from '../answers/retrieval/retrieval.ts';
import type { Passage } from '../answers/retrieval/types.ts';

/**
 * `npm run --silent retriever`: the retrieval that answers people, as JSON lines on stdin and stdout, with
 * a throw-away database. `{"op":"index","corpus":"corpus.jsonl"}` stores passages as given;
 * `{"op":"search","id":"q1","query":"…","k":10}` finds them. With `EMBEDDING_*` set meaning has its say.
 */
const Request = z.discriminatedUnion('op', [
  z.object({ op: z.literal('index'), corpus: z.string() }),
  z.object({
    op: z.literal('search'),
    id: z.union([z.string(), z.number()]),
    query: z.string(),
    k: z.int().min(1).max(1000).default(10),
  }),
]);
const Line = z.object({ id: z.string(), title: z.string().default(''), text: z.string() });

// Passages stored in one transaction.
const chunk = 1000;
const everybody = { branches: [] };

/** One corpus in the database, and the ids its lines came with. */
function createShelf(db: Db, retrieval: Retrieval, backfill?: VectorBackfill) {
  const given = new Map<number, string>();

  async function store(lines: z.infer<typeof Line>[]) {
    // A document a chunk: titles travel as headings, since every passage has its own.
    const { id } = await db.client.document.create({
      data: { title: '', source: `chunk ${given.size}`, hash: '' },
    });
    const passages = lines.map(({ title, text }): Passage => {
      return { heading: storable(title), text: storable(text) };
    });
    await retrieval.index({ id: DocumentId.parse(id), title: '' }, passages);
    const rows = await db.client.passage.findMany({
      where: { documentId: id },
      orderBy: { position: 'asc' },
      select: { id: true },
    });
    rows.forEach((row, i) => given.set(row.id, must(lines[i]).id));
  }

  return {
    given,
    async index(corpus: string) {
      let waiting: z.infer<typeof Line>[] = [];
      for await (const line of createInterface({ input: createReadStream(corpus) })) {
        if (line.trim() === '') continue;
        waiting.push(Line.parse(JSON.parse(line)));
        if (waiting.length === chunk) await store(waiting.splice(0));
      }
      if (waiting.length > 0) await store(waiting);
      waiting = [];
      await backfill?.run();
      await db.sql('analyze');
    },
  };
}

const storable = (text: string) => text.replace(/\0|\p{Cs}/gu, ' ');

async function serve(db: Db, log: Log) {
  const embedding = readEmbedding(process.env);
  const meaning = embedding && createMeaning({ db, clock: systemClock, log, embedding });
  const retrieval = createRetrieval({ db, semanticRanking: meaning?.semanticRanking });
  const shelf = createShelf(db, retrieval, meaning?.backfill);
  const write = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);

  async function answer(line: string): Promise<object> {
    const request = Request.parse(JSON.parse(line));
    if (request.op === 'index') {
      await shelf.index(request.corpus);
      return { op: 'index', indexed: true };
    }
    const began = performance.now();
    const hits = await retrieval.search(request.query, everybody, request.k, 'words and meaning');
    const ms = Math.round((performance.now() - began) * 100) / 100;
    const found = hits.map(({ passage, score, confidence }) => {
      return { id: shelf.given.get(passage), score, conf: confidence };
    });
    return { id: request.id, hits: found, ms };
  }

  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    write(await answer(line).catch((error: unknown) => fault(line, error)));
  }
}

/** A request that failed, under the name it came with. */
function fault(line: string, error: unknown): object {
  const said = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  try {
    const { op, id } = JSON.parse(line) as { op?: unknown; id?: unknown };
    return { ...(id === undefined ? { op } : { id }), error: said };
  } catch {
    return { error: said };
  }
}

async function main() {
  const log = openLog('silent');
  const dir = mkdtempSync(path.join(os.tmpdir(), 'xueban-retriever-'));
  chmodSync(dir, 0o755);
  const onLost = (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  };
  const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };
  const server = await startEmbedded({ dir, log, onLost, settings });
  let ending: Promise<void> | undefined;
  const end = () =>
    (ending ??= server.stop().finally(() => rmSync(dir, { recursive: true, force: true })));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void end().then(() => process.exit(0)));
  }
  await migrate(server.url, log);
  const db = openDb(server.url, { connections: 4 });
  await serve(db, log).finally(() => db.close());
  await end();
}

await main();
