import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BranchId, DocumentId } from '../src/ids.ts';
import { createRetrieval, type Retrieval } from '../src/retrieval/retrieval.ts';
import { defaultSynonyms } from '../src/retrieval/default-synonyms.ts';
import { knownWords, readSynonyms, wordListOf } from '../src/retrieval/synonyms.ts';
import { freshDatabase } from './support/database.ts';

type Database = Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let retrieval: Retrieval;
const everybody = { branches: [] as BranchId[] };

beforeAll(async () => {
  database = await freshDatabase();
  retrieval = createRetrieval({ db: database.db });
});
afterAll(() => database.close());
beforeEach(() => database.db.sql('delete from document'));

async function add(title: string, texts: string[]) {
  const data = { title, source: `${title}.md`, hash: title };
  const { id } = await database.db.client.document.create({ data });
  const passages = texts.map((text) => ({ heading: '', text }));
  await retrieval.index({ id: id as DocumentId, title }, passages);
}
const rules = [
  '党员大会一般每季度召开一次。',
  '支委会一般每月召开一次，遇有急事可以随时召开。',
  '党课每季度安排一次，由支部书记讲。',
  '支部的图书角每月整理一次。',
];

describe('a question in other words than the document', () => {
  it.each([
    ['支部大会多久开一次', '党员大会一般每季度召开一次'],
    ['支部委员会多久开一次会', '支委会一般每月召开一次'],
  ])('finds what it means: %s', async (question, quote) => {
    await add('支部制度', rules);
    const [hit] = await retrieval.search(question, everybody, 3);
    expect(hit?.text.slice(hit.quote.start, hit.quote.end)).toContain(quote);
    expect(hit?.band).toBe('answer');
  });

  it('prefers what says it in the very words of the question', async () => {
    await add('支部制度', [...rules, '支部大会的记录由专人保管。', '党员大会的记录当天整理。']);
    const [first, second] = await retrieval.search('支部大会的记录谁来做', everybody, 3);
    expect(first?.text).toBe('支部大会的记录由专人保管。');
    expect(second?.text).toBe('党员大会的记录当天整理。');
  });

  it('is surer of the same thing than of one of its parts', async () => {
    await add('支部制度', rules);
    const sure = async (question: string) =>
      (await retrieval.search(question, everybody, 1))[0]?.confidence ?? 0;
    const [same, part] = [await sure('上党课每季度几次'), await sure('三会一课每季度几次')];
    expect(same).toBeGreaterThan(part);
    expect(part).toBeGreaterThan(0);
  });
});

describe('a list of synonyms', () => {
  it('ships whole: no line of it is wrong', () => {
    const { groups, faults } = readSynonyms(defaultSynonyms);
    expect(faults).toEqual([]);
    expect(groups.length).toBeGreaterThan(30);
  });

  it('is read however its words are set apart, comments left out', () => {
    const text =
      '# 本支部的叫法\n周三课堂、主题党日\n支书 = 支部书记 # 口语\n\n年会，年度大会 年终大会';
    expect(readSynonyms(text).groups).toEqual([
      { line: 2, words: ['周三课堂', '主题党日'] },
      { line: 3, words: ['支书', '支部书记'] },
      { line: 5, words: ['年会', '年度大会', '年终大会'] },
    ]);
  });

  it('takes a whole with its parts', () => {
    const [group] = readSynonyms('三会一课 > 党员大会、支委会、党小组会 党课').groups;
    expect(group?.words).toEqual(['三会一课']);
    expect(group?.parts).toEqual(['党员大会', '支委会', '党小组会', '党课']);
  });

  it.each([
    ['主题党日', 'one-word'],
    ['党课 党课', 'one-word'],
    ['三会一课 >', 'no-parts'],
    ['> 党课', 'no-parts'],
    ['甲一 > 乙一 > 丙一', 'no-parts'],
    ['会 大会', 'too-short'],
    [`党课 ${'长'.repeat(31)}`, 'too-long'],
    [Array.from({ length: 21 }, (_, i) => `说法${i}`).join(' '), 'too-many'],
  ])('names the line that cannot be read: %s', (line, code) => {
    const { groups, faults } = readSynonyms(`党课 讲党课\n${line}`);
    expect(groups).toHaveLength(1);
    expect(faults).toEqual([{ line: 2, code, said: line }]);
  });

  it('brings the parts to whoever asks for the whole, and not the other way', () => {
    const list = [wordListOf(readSynonyms('三会一课 > 党课').groups)];
    const others = (question: string) => knownWords(question, list).flatMap((each) => each.others);
    expect(others('三会一课讲什么').map(({ word }) => word)).toEqual(['党课']);
    expect(others('党课讲什么')).toEqual([]);
  });

  it('takes the longest word that stands there, and no part of an English one', () => {
    const list = [wordListOf(readSynonyms('支部党员大会 年会\n党员大会 大会师\napp 应用').groups)];
    const words = (question: string) => knownWords(question, list).map(({ word }) => word);
    expect(words('支部党员大会怎么开')).toEqual(['支部党员大会']);
    expect(words('怎么更新APP')).toEqual(['app']);
    expect(words('are you happy')).toEqual([]);
  });
});
