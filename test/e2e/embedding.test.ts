import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { studyGroup } from '../../simulator/sample.ts';
import { openEmbeddingEndpoint } from '../support/embedding-endpoint.ts';
import { openModelEndpoint, type ModelEndpoint } from '../support/model-endpoint.ts';
import { reads, runningApp, type RunningApp } from '../support/running-app.ts';

const question = '补学在几周内完成';
let corpusDir: string;
let embedding: Awaited<ReturnType<typeof openEmbeddingEndpoint>>;
let model: ModelEndpoint;
let app: RunningApp;
let lin: SimulatedPerson;
/** Of each question that the embedding endpoint was asked, whether a transaction was open as long as it thought. */
const waited: boolean[] = [];

beforeAll(async () => {
  corpusDir = mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
  const articles = ['补学在两周内完成。', '线上补学在三周内完成。', '自学补学在四周内完成。'];
  const text = articles.map((article, i) => `第${'一二三'[i]}条 ${article}`).join('\n\n');
  writeFileSync(path.join(corpusDir, '学习条例.md'), `# 学习条例\n\n${text}\n`);
  embedding = await openEmbeddingEndpoint();
  embedding.answers(async (input) => {
    if (input[0]?.startsWith(question)) waited.push(await isHeldOpen());
    return embedding.usual(input);
  });
  model = await openModelEndpoint({ does: 'hang' });
});
beforeEach(() => void (waited.length = 0));
afterAll(async () => {
  await Promise.all([embedding.close(), model.close()]);
  rmSync(corpusDir, { recursive: true, force: true });
});

/** Looked at for a while: what else the house does has transactions too, but short ones. */
async function isHeldOpen(): Promise<boolean> {
  for (let look = 1; look <= 30; look += 1) {
    const { rows } = await app.db.pool.query(
      `select from pg_stat_activity where datname = current_database() and xact_start is not null
         and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    if (rows.length === 0) return false;
    await pause(20);
  }
  return true;
}

async function start(llm?: ModelEndpoint['settings']) {
  app = await runningApp({ corpusDir, llm, embedding: embedding.settings });
  lin = app.sim.person('lin');
  await lin.says(studyGroup, '@学伴 绑定 向阳支部');
  await reads(app.sim, studyGroup, '绑定好了');
}

it('holds no transaction open while the endpoint is waited for, by a message or by a press', async () => {
  await start();
  try {
    await lin.says(studyGroup, `@学伴 ${question}？`);
    const { id } = await reads(app.sim, studyGroup, '补学在两周内完成。', '第一条');
    expect(waited).toEqual([false]);
    await lin.presses(id, '看更多');
    await reads(app.sim, lin.private, '补学在两周内完成。');
    expect(waited).toEqual([false, false]);
    await lin.says(lin.private, `${question}呀`);
    const alone = await reads(app.sim, lin.private, '设为标准答案');
    await lin.presses(alone.id, '设为标准答案');
    await reads(app.sim, lin.private, '保存');
    expect(waited).toEqual([false, false, false, false]);
  } finally {
    await app.stop();
  }
});

it('looks a question up once, also where a model writes the answer to it', async () => {
  await start(model.settings);
  try {
    const asked = model.nextAsked();
    await lin.says(studyGroup, `@学伴 ${question}`);
    await asked;
    expect(waited).toEqual([false]);
    expect(JSON.stringify(model.asked[0]?.body)).toContain('补学在两周内完成。');
    const found = `select data->'payload'->'found' as found from pgboss.job where name = 'answering'`;
    expect(JSON.stringify(await app.db.sql(found))).toMatch(/"passage":\s?\d/);
    await reads(app.sim, studyGroup, '补学在两周内完成。');
    expect(waited).toHaveLength(1);
  } finally {
    await app.stop();
  }
});
