import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BranchId, DocumentId } from '../../src/base/ids.ts';
import { createRetrieval, type Retrieval } from '../../src/answers/retrieval/retrieval.ts';
import { defaultSynonyms } from '../../src/answers/words/default-synonyms.ts';
import { knownWords, readSynonyms, wordListOf } from '../../src/answers/words/synonyms.ts';
import { freshDatabase } from '../support/database.ts';
import { world } from '../support/world.ts';

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
    const [hit] = await retrieval.search(question, everybody, 3, 'words and meaning');
    expect(hit?.text.slice(hit.quote.start, hit.quote.end)).toContain(quote);
    expect(hit?.band).toBe('answer');
  });

  it('prefers what says it in the very words of the question', async () => {
    await add('支部制度', [...rules, '支部大会的记录由专人保管。', '党员大会的记录当天整理。']);
    const [first, second] = await retrieval.search(
      '支部大会的记录谁来做',
      everybody,
      3,
      'words and meaning',
    );
    expect(first?.text).toBe('支部大会的记录由专人保管。');
    expect(second?.text).toBe('党员大会的记录当天整理。');
  });

  it('is surer of the same thing than of one of its parts', async () => {
    await add('支部制度', rules);
    const sure = async (question: string) =>
      (await retrieval.search(question, everybody, 1, 'words and meaning'))[0]?.confidence ?? 0;
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

const rulesOfAll = '# 学习制度\n\n## 学习\n\n第一条 主题党日每月安排一次，由组织委员准备。\n';

/** What `lin` sent lies in both branches; then each branch is asked by one of its own people. */
async function twoBranches() {
  const made = await world({ second: true });
  const { lin, chen, second } = made;
  await second.joinedBy(chen);
  await made.settle();
  await lin.sends('制度.md', rulesOfAll);
  await lin.presses('确认入库 · 第一党支部');
  await lin.sends('制度.md', rulesOfAll);
  await lin.presses('确认入库 · 第二党支部');
  return made;
}

describe('a file 同义词.txt from a secretary', () => {
  it('counts for that branch alone, from its confirmation on', async () => {
    const { lin, wang, chen, db } = await twoBranches();
    const ask = async (person: typeof wang) => {
      await person.whispers('周三课堂归谁管');
      return person.private().at(-1) ?? '';
    };
    const quote = '主题党日每月安排一次，由组织委员准备';
    expect(await ask(wang)).not.toContain(quote);
    await lin.sends('同义词.txt', '# 我们的叫法\n周三课堂 = 主题党日\n党课\n');
    const preview = lin.private().at(-1);
    expect(preview).toContain('周三课堂 ＝ 主题党日');
    expect(preview).toContain('第 3 行「党课」：一组至少要有两个不同的词');
    expect(await db.client.synonymList.count()).toBe(0);
    await lin.presses('确认入库 · 第一党支部');
    expect(lin.private().at(-1)).toContain('同义词表已保存，共 1 组');
    expect(await db.client.document.count({ where: { source: '同义词.txt' } })).toBe(0);
    expect(await ask(wang)).toContain(quote);
    expect(await ask(chen)).not.toContain(quote);
  });

  it('is known again, replaces the one before, and may be emptied', async () => {
    const { lin, db } = await world();
    const send = async (text: string) => {
      await lin.sends('同义词.txt', text);
      return lin.private().at(-1);
    };
    await send('周三课堂 主题党日');
    await lin.presses('确认入库');
    expect(await send('周三课堂 主题党日')).toContain('「第一党支部」用的就是这一张');
    expect(await send('周三课堂 主题党日\n年会 党员大会')).toContain('确认后用这一张替换');
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('同义词表已更新，现共 2 组');
    expect(await send('# 都不用了')).toContain('本支部不再用自己的同义词');
    await lin.presses('确认入库');
    expect(await db.client.synonymList.findMany()).toMatchObject([{ text: '# 都不用了' }]);
  });

  it('is handed back for editing, and what is handed back can be sent again', async () => {
    const { lin, messenger } = await world();
    const fetch = async () => {
      await lin.whispers('资料 同义词');
      const content = messenger.messages.findLast(({ content: each }) => 'file' in each)?.content;
      if (!content || !('file' in content)) throw new Error('no file came');
      return { ...content.file, text: new TextDecoder().decode(content.file.bytes) };
    };
    const first = await fetch();
    expect(first.name).toBe('同义词 第一党支部.txt');
    expect(first.text).toContain('# 党员大会 支部大会 支部党员大会');
    await lin.sends(first.name, first.text.replace('# 周三课堂', '周三课堂'));
    expect(lin.private().at(-1)).toContain('同义词 第一党支部.txt · 1 组');
    await lin.presses('确认入库');
    const second = await fetch();
    expect(second.text.split('\r\n')).toContain('周三课堂 主题党日');
  });

  it('is the secretary’s: a member neither sends one nor gets it', async () => {
    const { wang, db } = await world();
    await wang.sends('同义词.txt', '周三课堂 主题党日');
    expect(wang.private().at(-1)).toContain('由支部书记来添加');
    await wang.whispers('资料 同义词');
    expect(wang.private().at(-1)).toContain('书记');
    expect(await db.client.upload.count()).toBe(0);
  });

  it('that is empty, or no text, or marked, is refused', async () => {
    const { lin, db } = await world();
    const send = async (content: string | Uint8Array) => {
      await lin.sends('同义词.txt', content);
      return lin.private().at(-1);
    };
    expect(await send('')).toContain('没有文字');
    expect(await send(Uint8Array.from({ length: 400 }, (_, i) => i % 8))).toContain('打不开');
    expect(await send('内部资料\n周三课堂 主题党日')).toContain('标记');
    expect(await send('周三课堂 主题党日\n'.repeat(2_001))).toContain('最多 2000 组');
    expect(await db.client.upload.count()).toBe(0);
  });
});

describe('a list that another process stores', () => {
  it('counts here with the next question', async () => {
    const { db, wang } = await twoBranches();
    await wang.whispers('周三课堂归谁管');
    // As this process knows nothing of it but what the database says with the answer.
    await db.sql(
      `insert into synonym_list (branch_id, text, hash, updated_at)
       select id, '周三课堂 主题党日', 'x', now() from branch where name = '第一党支部'`,
    );
    await wang.whispers('周三课堂归谁管');
    expect(wang.private().at(-1)).toContain('由组织委员准备');
    await db.sql('delete from synonym_list');
    await wang.whispers('周三课堂归谁管');
    expect(wang.private().at(-1)).not.toContain('由组织委员准备');
  });
});
