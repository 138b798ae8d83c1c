import { describe, expect, it } from 'vitest';
import { answerCard } from '../../cards/answers/ask.ts';
import type { Answer, Quote } from '../../src/answers/ask/types.ts';
import type { Card } from '../../src/bot/talk.ts';
import type { PassageId } from '../../src/base/ids.ts';
import { world } from '../support/world.ts';

const rules = `# 学习制度

## 第一章 请假

第一条 请假应当在活动开始前向主持人提出。

第二条 不要求提供证明材料。

## 第二章 补学

第三条 请假的党员一般在两周之内补学。

第四条 补学可以阅读学习材料，也可以与领学人交谈。
`;
const other = '# 植树安排\n\n第一条 每年三月组织一次义务植树，地点由支委会确定。\n';

/** A branch with one document, and a second one with another that its people alone may ask. */
async function library() {
  const scene = await world({ second: true });
  const { lin } = scene;
  await lin.sends('制度.md', rules);
  await lin.presses('确认入库 · 第一党支部');
  await lin.sends('植树.md', other);
  await lin.presses('确认入库 · 第二党支部');
  return scene;
}

describe('a question', () => {
  it('is answered in a group with one quote, word for word, and where it stands', async () => {
    const { wang, group, db } = await library();
    await wang.says('请假的党员一般在多久之内补学');
    const answer = group.sees();
    expect(answer).toContain('第三条 请假的党员一般在两周之内补学。');
    expect(answer).toContain('—— 《学习制度》 第二章 补学 · 第三条');
    const passages = await db.client.passage.findMany();
    const quoted = passages.filter(({ text }) => answer.includes(text));
    expect(quoted).toHaveLength(1);
  });

  it('finds what belongs to all, and never what belongs to another branch', async () => {
    const { wang, lin, group, second } = await library();
    await wang.whispers('每年几月组织一次义务植树');
    expect(wang.reads()).not.toContain('每年三月');
    await lin.says('每年几月组织一次义务植树', { in: group });
    expect(group.sees()).not.toContain('每年三月');
    await lin.says('每年几月组织一次义务植树', { in: second });
    expect(second.sees()).toContain('第一条 每年三月组织一次义务植树');
    await lin.whispers('每年几月组织一次义务植树');
    expect(lin.private().at(-1)).toContain('每年三月');
  });

  it('is honestly not answered when nothing speaks about it', async () => {
    const { wang } = await library();
    await wang.whispers('红烧肉要炖多长时间');
    expect(wang.private().at(-1)).toContain('没有找到这个问题的依据');
    expect(wang.private().at(-1)).toContain('《学习制度》');
  });

  it('is answered with how to add documents while there are none', async () => {
    const { wang } = await world();
    await wang.whispers('补学怎么补');
    expect(wang.private().at(-1)).toContain('还没有学习资料');
    expect(wang.private().at(-1)).toContain('.md、.txt 或 .html');
  });

  it('of more than 500 characters is refused', async () => {
    const { wang } = await library();
    await wang.whispers(`请问${'补学'.repeat(300)}怎么补`);
    expect(wang.private().at(-1)).toContain('最多 500 个字');
  });

  it.each(['？？%_\\ \'";--', '$1 ::text[]', '<at id=all></at> **x**', '\ud800的'])(
    'of junk is answered without harm: %s',
    async (junk) => {
      const { wang } = await library();
      await wang.whispers(`请问 ${junk} 是什么`);
      expect(wang.private().at(-1)).toBeDefined();
    },
  );

  it('that was nearly a command offers that command below', async () => {
    const { lin } = await library();
    await lin.whispers('签到率怎么算');
    expect(lin.private().at(-1)).toContain('签到');
  });
});

describe('the buttons of an answer', () => {
  it('show what stands around it to the presser alone', async () => {
    const { wang, group } = await library();
    await wang.says('请假的党员一般在多久之内补学');
    const before = group.all().length;
    expect(await wang.presses('读前后文')).toMatchObject({ content: '已私聊发给你' });
    expect(wang.private().at(-1)).toContain('第四条 补学可以阅读学习材料');
    expect(wang.private().at(-1)).toContain('第二条 不要求提供证明材料。');
    expect(group.all()).toHaveLength(before);
  });

  it('send the longer answer in private', async () => {
    const { wang, group } = await library();
    const question = '请假的党员一般在多久之内补学';
    await wang.says(question);
    const before = group.all().length;
    const toast = await wang.pressesForged('ask.more', { question });
    expect(toast).toMatchObject({ content: '已私聊发给你' });
    expect(wang.private().at(-1)).toContain('第三条 请假的党员一般在两周之内补学。');
    expect(group.all()).toHaveLength(before);
  });

  it('show nothing of another branch, and nothing that is gone', async () => {
    const { wang, lin, second, db } = await library();
    await lin.says('每年几月组织一次义务植树', { in: second });
    const foreign = await db.client.passage.findFirstOrThrow({
      where: { document: { title: '植树安排' } },
    });
    await wang.whispers('帮助');
    const toast = await wang.pressesForged('ask.around', { passage: foreign.id });
    expect(toast).toMatchObject({ type: 'warning' });
    expect(wang.reads()).not.toContain('每年三月');
    const look = lin.sawButton('读前后文');
    await db.client.document.deleteMany();
    expect(await look()).toMatchObject({ type: 'warning' });
  });
});

describe('the card', () => {
  const reader = { locale: 'zh-CN' as const, zone: 'Asia/Shanghai', now: new Date() };
  const quote: Quote = {
    passage: 1 as PassageId,
    title: '<at id=all></at>',
    heading: '**第一条**',
    text: '<at id=all></at> [x](http://x) **粗**',
    start: 0,
    isPart: false,
  };
  const card = (
    is: 'answer' | 'related',
    place: 'group' | 'private' = 'private',
    also: Quote[] = [],
  ) =>
    answerCard(reader, {
      question: '<at id=all></at>?',
      place,
      answer: { is, quotes: [quote], also, mayPin: false },
      id: '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f',
      near: [],
    });
  const texts = ({ body }: Card) =>
    body.elements.flatMap(({ tag, text }) =>
      tag === 'div' ? [text as { tag: string; content: string }] : [],
    );

  it('holds a quote as an element of its own, in which nothing is markup', () => {
    const shown = texts(card('answer'));
    expect(shown.every(({ tag }) => tag === 'plain_text')).toBe(true);
    expect(shown.map(({ content }) => content)).toContain(quote.text);
    expect(card('answer').body.elements.some(({ tag }) => tag === 'markdown')).toBe(false);
  });

  it('shows one quote in a group, with a button to more, and in private all of them', () => {
    const also = [{ ...quote, text: '另一段' }];
    const inGroup = JSON.stringify(card('answer', 'group', also));
    expect(inGroup).not.toContain('另一段');
    expect(inGroup).toContain('看更多');
    const alone = JSON.stringify(card('answer', 'private', also));
    expect(alone).toContain('另一段');
    expect(alone).not.toContain('看更多');
    expect(JSON.stringify(card('answer', 'group'))).not.toContain('看更多');
  });

  it('says plainly when its passages are only related', () => {
    expect(JSON.stringify(card('related'))).toContain('找到可能有关的原文');
    expect(card('related').header).not.toEqual(card('answer').header);
  });

  it('speaks English as well', () => {
    const nearest = [{ title: 'B', heading: 'C' }];
    const answers: Answer[] = [
      { is: 'empty' },
      { is: 'nothing', nearest, documents: 1, titles: ['A'] },
    ];
    for (const answer of answers) {
      const english = { ...reader, locale: 'en-US' as const };
      const asked = { question: 'x', place: 'private' as const, answer, id: '1', near: [] };
      const shown = JSON.stringify(answerCard(english, asked));
      expect(shown).not.toMatch(/[\u4e00-\u9fff]/);
      if (answer.is === 'nothing') expect(shown).toContain('The library holds 1 document, such as');
    }
  });
});
