import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fillerOf, type Line, linesOf, type Query } from './corpus.ts';
import type { Engine } from './engine.ts';
import type { Asked, Measured } from './measures.ts';
import { startOurs } from './ours.ts';
import { startMiniSearch, startSqlite } from './peers.ts';
import { bandTable, qualityTable, speedTable } from './tables.ts';

/**
 * How well and how fast passages are found, beside what others would reach for, as tables in Markdown:
 *
 *     npm run bench:retrieval -- FOLDER [--filler STATUTES] [--passages 0,50000,100000] [--every 1] [--skip 0] [--alone]
 *
 * FOLDER holds corpus.jsonl(.gz) `{id,title,text}` and queries.jsonl(.gz) `{id,query,relevant:[…]}`. Beside
 * the corpus as it is (0) come larger ones, filled up from STATUTES (see `corpus.ts`). `--every 5 --skip 2`
 * asks every fifth question from the third on; `--alone` leaves the others out.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    filler: { type: 'string' },
    passages: { type: 'string', default: '0' },
    every: { type: 'string', default: '1' },
    skip: { type: 'string', default: '0' },
    alone: { type: 'boolean', default: false },
  },
});
const folder = path.resolve(positionals[0] ?? '.');
const engines: (() => Engine)[] = [
  startOurs,
  ...(values.alone ? [] : [startSqlite, startMiniSearch]),
];

const corpus = await all(linesOf<Line>(folder, 'corpus'));
const queries = (await all(linesOf<Query>(folder, 'queries'))).filter(
  (_, i) => i % Number(values.every) === Number(values.skip),
);

async function all<Each>(lines: AsyncIterable<Each>): Promise<Each[]> {
  const found: Each[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

async function filledUp(passages: number): Promise<Line[]> {
  const filled = [...corpus];
  if (filled.length >= passages) return filled;
  if (!values.filler || !existsSync(values.filler)) throw new Error('--filler names no folder.');
  for await (const line of fillerOf(values.filler, corpus)) {
    filled.push(line);
    if (filled.length >= passages) break;
  }
  return filled;
}

async function measure(engine: Engine, passages: readonly Line[]): Promise<Measured> {
  try {
    const importMs = await engine.index(passages);
    const asked: Asked[] = [];
    for (const query of queries) asked.push({ query, result: await engine.search(query.query) });
    return { name: engine.name, passages: passages.length, importMs, asked };
  } finally {
    await engine.close();
  }
}

const measured: Measured[] = [];
for (const size of values.passages.split(',').map(Number)) {
  const passages = await filledUp(size);
  for (const start of engines) {
    measured.push(await measure(start(), passages));
    process.stderr.write(`${measured.at(-1)?.name}: ${passages.length} passages\n`);
  }
}
console.log(`${queries.length} questions\n`);
for (const table of [qualityTable(measured), bandTable(measured), speedTable(measured)])
  console.log(`${table}\n`);
