import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { readParts } from '../../src/database/backup/backup-file.ts';
import { writeBackup } from '../../src/database/backup/backup.ts';
import { migrate } from '../../src/database/migrate.ts';
import { writeStamp } from '../../src/database/stamp.ts';
import { type Db, openDb } from '../../src/database/db.ts';
import type { BranchId, DocumentId, PassageId } from '../../src/base/ids.ts';
import { createVectorBackfill } from '../../src/library/meaning/vector-backfill.ts';
import { createMeaning } from '../../src/library/meaning/meaning.ts';
import { openLog } from '../../src/base/log.ts';
import { createEmbedder } from '../../src/answers/model/embedding.ts';
import { cosineOf, quantized } from '../../src/answers/retrieval/quantized-vector.ts';
import { fused, meaningWeight } from '../../src/answers/retrieval/fusion.ts';
import { createSemanticRanking } from '../../src/answers/retrieval/semantic-ranking.ts';
import { createRetrieval } from '../../src/answers/retrieval/retrieval.ts';
import { referenceTo } from '../../src/answers/retrieval/hit-references.ts';
import { createVectors } from '../../src/answers/retrieval/vectors.ts';
import { handClock } from '../support/clock.ts';
import { freshDatabase } from '../support/database.ts';
import { openEmbeddingEndpoint } from '../support/embedding-endpoint.ts';
import { openVectorDatabase } from '../support/vector-database.ts';

const question = '被卷铺盖有没有书面通知';
const means = { 卷铺盖: '解除劳动合同' };
const texts = [
  '书面通知由办公室存档。',
  '用人单位解除劳动合同的，应当以书面通知告诉劳动者本人，并说明理由。',
  '会议由支部书记主持。',
];
const everybody = { branches: [] };

interface Options {
  model?: string;
  scenario?: Awaited<ReturnType<typeof openEmbeddingEndpoint>>;
}

/** Retrieval with an embedding model, over passages of these texts, each a document of its own. */
async function library(db: Db, { model = 'the model', scenario }: Options = {}) {
  const endpoint = scenario ?? (await openEmbeddingEndpoint({ means }));
  if (!scenario)
    onTestFinished(async () => {
      await endpoint.close();
    });
  const lines: string[] = [];
  const log = openLog('debug', { write: (line) => void lines.push(line) });
  const clock = handClock('2026-03-02T10:00:00+08:00');
  const embedder = createEmbedder({ ...endpoint.settings, model });
  const vectors = createVectors({ db, model });
  const backfill = createVectorBackfill({ db, log, embedder, vectors });
  onTestFinished(backfill.stop);
  const semanticRanking = createSemanticRanking({ clock, log, embedder, vectors });
  const retrieval = createRetrieval({ db, semanticRanking });
  return {
    ...{ endpoint, clock, lines, backfill, vectors, retrieval },
    search: async (asked = question, scope: { branches: BranchId[] } = everybody) =>
      (await retrieval.search(asked, scope, 10, 'words and meaning')).map(({ text }) => text),
  };
}
type Library = Awaited<ReturnType<typeof library>>;

async function shelve(db: Db, { retrieval }: Library, all = texts, branch?: BranchId) {
  for (const text of all) {
    const data = { title: '资料', source: text, hash: text, branchId: branch };
    const { id } = await db.client.document.create({ data });
    await retrieval.index({ id: id as DocumentId, title: '资料' }, [{ heading: '', text }]);
  }
}

async function fresh(): Promise<Db> {
  const { db, close } = await freshDatabase();
  onTestFinished(close);
  return db;
}

const storedBy = (db: Db) =>
  db.sql<{ model: string; count: number }>(
    'select model, count(*)::int as count from passage_vector group by model',
  );

it('adds the nearness of meaning to the score of the words, and no more than its weight', () => {
  const [one, two, three] = [1, 2, 3] as PassageId[] as [PassageId, PassageId, PassageId];
  const candidates = [
    { passage: one, score: 10 },
    { passage: two, score: 9 },
    { passage: three, score: 6 },
  ];
  const cosines = new Map([
    [one, 0.2],
    [two, 0.8],
    [three, 0.5],
  ]);
  expect(fused(candidates, cosines)).toEqual([
    { passage: two, byWords: 0.9, score: 0.9 + meaningWeight },
    { passage: one, byWords: 1, score: 1 },
    { passage: three, byWords: 0.6, score: expect.closeTo(0.6 + meaningWeight / 2) as number },
  ]);
  expect(fused(candidates, new Map())).toEqual(candidates);
  // Its vector is not there yet: it stands between the others.
  cosines.delete(three);
  expect(fused(candidates, cosines)[2]?.score).toBeCloseTo(0.6 + meaningWeight / 2);
});

it('keeps the direction of a vector in a byte a dimension', () => {
  const one = quantized([0.12, -0.5, 0.33]);
  expect(cosineOf(one, quantized([0.24, -1, 0.66]))).toBeCloseTo(1, 4);
  expect(cosineOf(one, quantized([-0.12, 0.5, -0.33]))).toBeCloseTo(-1, 4);
  expect(cosineOf(one, quantized([1, 2]))).toBe(0);
  expect(cosineOf(one, quantized([0, 0, 0]))).toBe(0);
});

it('puts first what means the same in other words, once passages have their vectors', async () => {
  const db = await fresh();
  const house = await library(db);
  await shelve(db, house);
  expect((await house.search())[0]).toBe(texts[0]);
  await house.backfill.run();
  expect((await house.search())[0]).toBe(texts[1]);
  expect(house.endpoint.asked[0]?.authorization).toBe('Bearer the key');
});

it('asks nobody for a search by words alone, as one may be within a transaction', async () => {
  const db = await fresh();
  const house = await library(db);
  await shelve(db, house);
  await house.backfill.run();
  const asked = house.endpoint.asked.length;
  const found = await db.atomic(() => house.retrieval.search(question, everybody, 10, 'words'));
  expect(found[0]?.text).toBe(texts[0]);
  expect(house.endpoint.asked).toHaveLength(asked);
});

it('is not asked in a transaction', async () => {
  const db = await fresh();
  const { endpoint } = await library(db);
  const log = openLog('silent');
  const embedding = endpoint.settings;
  const { semanticRanking } = createMeaning({ db, clock: handClock('2026-03-02'), log, embedding });
  const retrieval = createRetrieval({ db, semanticRanking });
  const search = () => retrieval.search(question, everybody, 10, 'words and meaning');
  await expect(db.atomic(search)).rejects.toThrow('embed was called in a transaction');
  await expect(search()).resolves.toEqual([]);
});

it('has what was found again without a search, as far as it may still answer', async () => {
  const db = await fresh();
  const house = await library(db);
  await shelve(db, house);
  const hits = await house.retrieval.search(question, everybody, 10, 'words');
  const traces = hits.map(referenceTo);
  expect(JSON.stringify(traces)).not.toContain('书面');
  expect(await house.retrieval.again(traces, everybody)).toEqual(hits);
  await db.client.document.updateMany({ where: { source: texts[0] }, data: { state: 'retired' } });
  const left = await house.retrieval.again(traces, everybody);
  expect(left.map(({ text }) => text)).toEqual(
    hits.map(({ text }) => text).filter((text) => text !== texts[0]),
  );
});

it('comes back to the endpoint after that minute, however often the same is asked meanwhile', async () => {
  const db = await fresh();
  const house = await library(db);
  await shelve(db, house);
  await house.backfill.run();
  house.endpoint.answers(() => ({ status: 500, body: '' }));
  await house.search();
  house.endpoint.answers();
  for (let second = 0; second < 72; second += 9) {
    house.clock.pass(9_000);
    await house.search();
  }
  expect((await house.search())[0]).toBe(texts[1]);
});

it('answers by words alone while the endpoint fails, and leaves it alone for a minute', async () => {
  const db = await fresh();
  const { endpoint, search, clock, lines, ...house } = await library(db);
  await shelve(db, { endpoint, search, clock, lines, ...house });
  await house.backfill.run();
  endpoint.answers(() => ({ status: 500, body: `the key ${question}` }));
  const asked = endpoint.asked.length;
  expect((await search())[0]).toBe(texts[0]);
  expect((await search())[0]).toBe(texts[0]);
  expect(endpoint.asked).toHaveLength(asked + 1);
  endpoint.answers();
  clock.pass(60_000);
  expect((await search())[0]).toBe(texts[1]);
  expect(lines.join('\n')).toContain('500');
  expect(lines.join('\n')).not.toMatch(/the key|卷铺盖/);
});

it.each([
  ['says nothing', () => undefined],
  ['says HTML', () => ({ body: '<html>' })],
  ['leaves out a vector', () => ({ body: '{"data":[]}' })],
  ['sends other things', () => ({ body: '{"data":[{"index":0,"embedding":["a"]}]}' })],
])('does not wait for an endpoint that %s', async (_, answer) => {
  const db = await fresh();
  const house = await library(db);
  await shelve(db, house);
  await house.backfill.run();
  house.endpoint.answers(answer);
  const began = performance.now();
  expect((await house.search())[0]).toBe(texts[0]);
  expect(performance.now() - began).toBeLessThan(10_000);
});

it('goes on where it stopped, and asks for no vector twice', async () => {
  const db = await fresh();
  const house = await library(db);
  const many = Array.from({ length: 40 }, (_, i) => `第${i}段的文字。`);
  await shelve(db, house, many);
  // The second request and whatever follows fail.
  house.endpoint.answers((input) =>
    house.endpoint.asked.length > 1 ? { status: 500, body: '' } : house.endpoint.usual(input),
  );
  await house.backfill.run();
  expect(await storedBy(db)).toEqual([{ model: 'the model', count: 16 }]);
  house.endpoint.answers();
  const before = house.endpoint.asked.length;
  await house.backfill.run();
  expect(await storedBy(db)).toEqual([{ model: 'the model', count: 40 }]);
  const again = house.endpoint.asked.slice(before).flatMap(({ input }) => input);
  expect(again).toHaveLength(24);
  await house.backfill.run();
  expect(house.endpoint.asked.slice(before).flatMap(({ input }) => input)).toHaveLength(24);
});

it('leaves out a text that the endpoint refuses, and stores the others', async () => {
  const db = await fresh();
  const house = await library(db);
  await shelve(db, house);
  house.endpoint.answers((input) =>
    input.some((text) => text.includes('存档'))
      ? { status: 400, body: 'too long' }
      : house.endpoint.usual(input),
  );
  await house.backfill.run();
  expect(await storedBy(db)).toEqual([{ model: 'the model', count: 2 }]);
  const before = house.endpoint.asked.length;
  await house.backfill.run();
  expect(house.endpoint.asked).toHaveLength(before);
});

it('gives every passage a new vector under another model, and never compares the two', async () => {
  const db = await fresh();
  const first = await library(db);
  await shelve(db, first);
  await first.backfill.run();
  await first.backfill.stop();
  const second = await library(db, { model: 'another model' });
  expect((await second.search())[0]).toBe(texts[0]);
  await second.backfill.run();
  expect(await storedBy(db)).toEqual([{ model: 'another model', count: 3 }]);
  expect((await second.search())[0]).toBe(texts[1]);
});

it('makes nothing surer: what comes first by its meaning has the confidence of its words', async () => {
  const db = await fresh();
  const house = await library(db);
  await shelve(db, house);
  const confidences = async () => {
    const hits = await house.retrieval.search(question, everybody, 10, 'words and meaning');
    return new Map(hits.map(({ text, confidence, band }) => [text, { confidence, band }]));
  };
  const before = await confidences();
  await house.backfill.run();
  const after = await confidences();
  expect([...after.keys()][0]).not.toBe([...before.keys()][0]);
  expect(after).toEqual(before);
});

it('takes the vectors of a document away with it', async () => {
  const db = await fresh();
  const house = await library(db);
  await shelve(db, house);
  await house.backfill.run();
  await db.client.document.deleteMany();
  expect(await storedBy(db)).toEqual([]);
});

it('goes into a backup without the column of pgvector, which the next server may not have', async () => {
  const { db, url, close } = await freshDatabase();
  onTestFinished(close);
  const house = await library(db);
  await shelve(db, house);
  await house.backfill.run();
  // A type of that name will do, where the extension is not at hand.
  await db.sql('create domain vector as text');
  await db.sql(`alter table passage_vector add column near vector default '[1]'`);
  await writeStamp(url, 'cli_test');
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'xueban-test-')), 'backup.gz');
  onTestFinished(() => rmSync(path.dirname(file), { recursive: true }));
  await writeBackup({ url, file, files: [] });
  const tables: unknown[] = [];
  let rows = 0;
  for await (const part of readParts(file)) {
    if (part[0] === 'table' && part[1].name === 'passage_vector') tables.push(part[1].columns);
    if (part[0] === 'rows' && part[1].name === 'passage_vector') rows += part[2].length;
  }
  expect(tables).toEqual([['passage_id', 'model', 'values']]);
  expect(rows).toBe(3);
});

describeWithVectors();

function describeWithVectors() {
  let lite: Awaited<ReturnType<typeof openVectorDatabase>>;
  let db: Db;
  beforeAll(async () => {
    lite = await openVectorDatabase();
    await migrate(lite.url, openLog('silent'));
    db = openDb(lite.url, { connections: 3 });
  });
  afterAll(async () => {
    await db.close();
    await lite.close();
  });
  const near = () =>
    db.sql<{ filled: number; width: number }>(
      `select count(near)::int as filled, max(vector_dims(near)) as width from passage_vector`,
    );

  it('finds with pgvector what shares no word, and only what may be read', async () => {
    const branch = await db.client.branch.create({ data: { name: '第一党支部' } });
    const house = await library(db);
    const own = '解除劳动合同应提前三十日通知。';
    await shelve(db, house);
    await shelve(db, house, [own], branch.id as BranchId);
    const asked = '卷铺盖';
    expect(await house.search(asked)).toEqual([]);
    await house.backfill.run();
    expect(await near()).toEqual([{ filled: 4, width: 64 }]);
    const found = await house.search(asked);
    expect(found[0]).toBe(texts[1]);
    expect(found).not.toContain(own);
    expect(await house.search(asked, { branches: [branch.id as BranchId] })).toContain(own);
  });

  it('makes the column anew for another width, and fills it after a restore', async () => {
    const scenario = await openEmbeddingEndpoint({ means, width: 32 });
    onTestFinished(async () => {
      await scenario.close();
    });
    const house = await library(db, { model: 'a small model', scenario });
    await house.backfill.run();
    expect(await near()).toEqual([{ filled: 4, width: 32 }]);
    await db.sql('alter table passage_vector drop column near');
    const again = await library(db, { model: 'a small model', scenario });
    await again.backfill.run();
    expect(await near()).toEqual([{ filled: 4, width: 32 }]);
  });
}
