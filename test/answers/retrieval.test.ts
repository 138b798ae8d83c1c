import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BranchId, DocumentId } from '../../src/base/ids.ts';
import { cutIntoPassages } from '../../src/library/articles/cut-into-passages.ts';
import { createRetrieval, type Retrieval } from '../../src/answers/retrieval/retrieval.ts';
import type { Block, Passage } from '../../src/answers/retrieval/types.ts';
import { questionTerms, termsOf } from '../../src/answers/words/words.ts';
import { freshDatabase } from '../support/database.ts';

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

async function add(title: string, passages: Passage[], branch?: BranchId): Promise<DocumentId> {
  const data = { title, source: `${title}.md`, hash: title, branchId: branch ?? null };
  const { id } = await database.db.client.document.create({ data });
  await retrieval.index({ id: id as DocumentId, title }, passages);
  return id as DocumentId;
}
const best = async (question: string, scope = everybody) =>
  (await retrieval.search(question, scope, 3, 'words and meaning'))[0];

const rules: Passage[] = [
  {
    heading: '第一章 会议 · 第三条',
    text: '第三条 党员大会一般每季度召开一次。会前要通知全体党员。',
  },
  {
    heading: '第一章 会议 · 第四条',
    text: '第四条 支委会一般每月召开一次，遇有急事可以随时召开。',
  },
  {
    heading: '第二章 学习 · 第十二条',
    text: '第十二条 请假的党员应当在两周内补学。补学情况记入台账。',
  },
];

describe('an answer', () => {
  it('quotes the sentences that cover the question, word for word', async () => {
    await add('示例支部制度', rules);
    const hit = await best('请假以后多久补学？');
    expect(hit?.heading).toContain('第十二条');
    const quote = hit?.text.slice(hit.quote.start, hit.quote.end) ?? '';
    expect(quote).toContain('两周内补学');
    expect(hit?.text).toContain(quote);
    expect(hit?.band).toBe('answer');
  });

  it('names the document and the article it stands in', async () => {
    await add('示例支部制度', rules);
    const hit = await best('支委会多久开一次');
    expect(hit?.document.title).toBe('示例支部制度');
    expect(hit?.heading).toBe('第一章 会议 · 第四条');
  });

  it.each(['示例支部制度第12条', '示例支部制度第十二条', '示例支部制度 第 12 条说了什么'])(
    'finds an article by its number: %s',
    async (question) => {
      await add('示例支部制度', rules);
      await add('别的制度', [{ heading: '第十二条', text: '第十二条 本制度自发布之日起执行。' }]);
      const hit = await best(question);
      expect([hit?.document.title, hit?.heading]).toEqual([
        '示例支部制度',
        '第二章 学习 · 第十二条',
      ]);
    },
  );

  it.each(['黨員大會多久召開一次', '党员大会多久召开一次', 'ｶ党员大会多久召开一次'])(
    'is the same in either script and width: %s',
    async (question) => {
      await add('制度', rules);
      await add('制度（繁體）', [{ heading: '', text: '黨課由支部書記講授。' }]);
      expect((await best(question))?.heading).toContain('第三条');
      expect((await best('党课由谁讲授'))?.document.title).toBe('制度（繁體）');
    },
  );
});

describe('a passage is found', () => {
  it('by the title of its document alone', async () => {
    await add('制度', rules);
    await add('保密守则', [{ heading: '', text: '手机不得带入会场。' }]);
    expect((await best('保密守则说了什么'))?.text).toBe('手机不得带入会场。');
  });

  it('before those that say a word less often', async () => {
    const once = Array.from({ length: 30 }, (_, i) => `第${i + 1}组补学，手册放在会场。`);
    const often = '补学、补学、补学，手册和材料放在会场门口。';
    await add(
      '安排',
      [...once, often].map((text) => ({ heading: '', text })),
    );
    const found = await retrieval.search('补学', everybody, 31, 'words and meaning');
    expect(found.slice(0, 20).map(({ text }) => text)).toContain(often);
  });
});

describe('no answer', () => {
  it('is said when no word of the question stands in any document', async () => {
    await add('制度', rules);
    expect(await retrieval.search('火星探测器速度', everybody, 3, 'words and meaning')).toEqual([]);
  });

  it('is not taken from words that only happen to be near', async () => {
    await add('制度', rules);
    const hit = await best('支部书记的工资一般每月是多少元');
    expect(hit?.band).not.toBe('answer');
  });

  it('is not called one where what is asked for is missing, such as a length of time', async () => {
    await add('入门', [
      { heading: '预备党员参加吗', text: '预备党员参加会议和学习，但没有表决权。' },
      { heading: '预备党员交多少', text: '预备党员同样按月交纳党费。' },
    ]);
    expect((await best('预备党员参加会议和学习多长时间'))?.band).toBe('related');
    expect((await best('预备党员参加会议和学习吗'))?.band).toBe('answer');
  });

  it('has no question at all when nothing but punctuation was asked', async () => {
    await add('制度', rules);
    expect(await retrieval.search('？！…', everybody, 3, 'words and meaning')).toEqual([]);
  });
});

describe('a question in everyday words', () => {
  const law: Passage[] = [
    { heading: '第九条', text: '第九条 醉酒驾驶机动车的，吊销机动车驾驶证。' },
    { heading: '第十条', text: '第十条 试用期最长不得超过六个月，写入劳动合同。' },
    { heading: '第十一条', text: '第十一条 车辆应当定期检验。' },
  ];

  it('finds what a statute says in its own: 醉驾', async () => {
    await add('办法', law);
    expect((await best('醉驾会吊销驾照吗'))?.heading).toBe('第九条');
  });

  it('in English finds what a text says in Chinese', async () => {
    await add('办法', law);
    const hit = await best('How long is the probation period in a labor contract?');
    expect(hit?.heading).toBe('第十条');
    expect(hit?.band).not.toBe('none');
  });
});

describe('two copies of one passage', () => {
  it('are one hit, which is no less sure for its twin', async () => {
    await add('制度', rules);
    const alone = (await best('党员大会多久召开一次'))?.confidence ?? 0;
    await add('制度的副本', rules);
    const hits = await retrieval.search('党员大会多久召开一次', everybody, 3, 'words and meaning');
    expect(hits.filter(({ text }) => text === hits[0]?.text)).toHaveLength(1);
    expect(hits[0]?.confidence).toBeCloseTo(alone, 1);
  });
});

describe('what may be searched', () => {
  it('is what belongs to all, and to the given branches', async () => {
    const { db } = database;
    const branch = await db.client.branch.create({ data: { name: '甲支部' } });
    const other = await db.client.branch.create({ data: { name: '乙支部' } });
    await add('内部安排', [{ heading: '', text: '植树活动定在西山。' }], branch.id as BranchId);
    const titles = async (...branches: number[]) =>
      (
        await retrieval.search(
          '植树活动在哪里',
          { branches: branches as BranchId[] },
          3,
          'words and meaning',
        )
      ).map((hit) => hit.document.title);
    expect(await titles(branch.id)).toEqual(['内部安排']);
    expect(await titles(other.id)).toEqual([]);
    expect(await titles()).toEqual([]);
  });

  it('is gone with its document, postings and all', async () => {
    const id = await add('制度', rules);
    await database.db.client.document.delete({ where: { id } });
    expect(await best('支委会多久开一次')).toBeUndefined();
    const [left] = await database.db.sql<{ count: number }>(
      'select count(*)::int as count from posting',
    );
    expect(left?.count).toBe(0);
  });
});

describe('hostile input', () => {
  it.each([
    'a'.repeat(10_000),
    '支委会\0多久\ud800开一次',
    `'; drop table passage; --`,
    '%_\\ $1 ::int',
    '支委会'.repeat(3000),
  ])('does not break the search: %#', async (question) => {
    await add('制度', rules);
    await expect(
      retrieval.search(question, everybody, 3, 'words and meaning'),
    ).resolves.toBeDefined();
    expect((await best('支委会多久开一次'))?.heading).toContain('第四条');
  });

  it('lets two imports with the same words run at once', async () => {
    const many = Array.from({ length: 300 }, (_, i): Passage => {
      return { heading: `第${i}节`, text: `关于学习计划的第${i}号说明，词${i % 50}和词${i % 7}。` };
    });
    await Promise.all(['甲', '乙', '丙'].map((title) => add(title, many)));
    expect(await retrieval.search('学习计划', everybody, 10, 'words and meaning')).toHaveLength(10);
  });
});

describe('terms', () => {
  it('keeps an ordinal whole and the same in either spelling', () => {
    expect(termsOf('依照第三十六条')).toContain('第36条');
    expect(questionTerms('第36条讲什么')).toContain('第36条');
  });

  it('leaves out what only asks, unless nothing else is there', () => {
    expect(questionTerms('党课是什么')).toEqual(expect.arrayContaining(['党课']));
    expect(questionTerms('党课是什么')).not.toContain('什么');
    expect(questionTerms('为什么')).not.toEqual([]);
  });
});

describe('cutting', () => {
  const heading = (level: number, text: string): Block => ({ kind: 'heading', level, text });
  const text = (said: string): Block => ({ kind: 'text', text: said });

  it('cuts at headings and articles and keeps the paragraphs of an article together', () => {
    const passages = cutIntoPassages([
      heading(1, '第一章 总则'),
      text('第一条 为了学习，制定本制度。\n第二条 学习分为两种。\n（一）集中学习；'),
      text('（二）自学。'),
      heading(1, '第二章 附则'),
      text('第三条 本制度自发布之日起执行。'),
    ]);
    expect(passages).toEqual([
      { heading: '第一章 总则 · 第一条', text: '第一条 为了学习，制定本制度。' },
      {
        heading: '第一章 总则 · 第二条',
        text: '第二条 学习分为两种。\n（一）集中学习；\n（二）自学。',
      },
      { heading: '第二章 附则 · 第三条', text: '第三条 本制度自发布之日起执行。' },
    ]);
  });

  it('takes a whole paragraph that is styled as a heading for text', () => {
    const styled = `补学一般在两周之内完成，${'由组织委员记在台账里，'.repeat(12)}逾期的再约一次。`;
    const passages = cutIntoPassages([heading(1, '第一章 补学'), heading(2, styled), text('二。')]);
    expect(passages).toEqual([{ heading: '第一章 补学', text: `${styled}\n二。` }]);
  });

  it('keeps the path of headings and drops deeper ones when a higher one comes', () => {
    const passages = cutIntoPassages([
      heading(1, '甲'),
      heading(2, '乙'),
      text('一。'),
      heading(1, '丙'),
      text('二。'),
    ]);
    expect(passages.map((passage) => passage.heading)).toEqual(['甲 · 乙', '丙']);
  });

  it('cuts long sections between paragraphs and loses nothing', () => {
    const paragraphs = Array.from({ length: 40 }, (_, i) => `第${i}段：${'学习'.repeat(30)}。`);
    const passages = cutIntoPassages([text(paragraphs.join('\n'))]);
    expect(passages.length).toBeGreaterThan(3);
    expect(Math.max(...passages.map((each) => each.text.length))).toBeLessThan(1300);
    expect(passages.map((each) => each.text).join('\n')).toBe(paragraphs.join('\n'));
  });

  it('cuts a paragraph without an end between sentences', () => {
    const endless = '这一句很长，说了很多。'.repeat(400);
    const passages = cutIntoPassages([text(endless)]);
    expect(Math.max(...passages.map((each) => each.text.length))).toBeLessThan(1300);
    expect(passages.map((each) => each.text.replaceAll('\n', '')).join('')).toBe(endless);
  });
});
