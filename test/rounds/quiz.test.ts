import { describe, expect, it } from 'vitest';
import { quizReportCard } from '../../cards/rounds/quiz-report.ts';
import { stepCard } from '../../cards/rounds/quiz-step.ts';
import type { AttemptId, BranchId, ChatId, PersonId, RoundId } from '../../src/base/ids.ts';
import { readChoices, readQuizWords } from '../../src/rounds/quiz/words.ts';
import { listen } from '../support/listen.ts';
import { textOf } from '../support/card-text.ts';
import type { Person } from '../support/people.ts';
import { bankRow, bankSheet } from '../support/sheet.ts';
import { world } from '../support/world.ts';

const rows = [
  bankRow('单选', '宗旨是什么', ['享乐', '为人民服务', '发财'], 'B', '见总纲', '党章', '党章'),
  bankRow('多选', '义务有哪些', ['学习', '交党费', '罢工'], 'AB', '见第三条', '', '党章'),
  bankRow('判断', '预备期为一年', [], '对', '见第七条', '', '党章'),
];
const right: Record<string, string[]> = {
  宗旨是什么: ['为人民服务'],
  义务有哪些: ['学习', '交党费'],
  预备期为一年: ['对'],
};

/** A branch with a bank of three questions. */
async function withBank(questions = rows, at = '2026-03-02T10:00:00+08:00') {
  const all = await world({ at });
  await all.lin.sends('党章题库.xlsx', await bankSheet(questions));
  await all.lin.presses('确认入库');
  return all;
}
const newest = (person: Person) => person.private().at(-1) ?? '';
const asked = (person: Person) => Object.keys(right).find((text) => newest(person).includes(text));

/** Answers the question on the newest card, right or wrong. */
async function answers(person: Person, rightly = true) {
  const text = asked(person) ?? '';
  const wanted = right[text] ?? [];
  const labels = newest(person)
    .split('\n')
    .map((label) => label.replace(/^[[☐☑] ?|\]$/g, ''));
  const isWanted = (label: string) => wanted.includes(label.replace(/^[A-F]\. /, ''));
  if (text === '义务有哪些') {
    const options = labels.filter((label) => /^[A-F]\. /.test(label));
    const form = Object.fromEntries(
      options.map((label, i) => [`option_${i}`, isWanted(label) === rightly]),
    );
    return person.presses('确定', form);
  }
  const choices = labels.filter((label) => /^(?:[A-F]\. .*|对|错)$/.test(label));
  return person.presses(choices.find((label) => isWanted(label) === rightly) ?? '');
}

describe('opening a quiz', () => {
  it('puts one card with counts and a button into the group', async () => {
    const { lin, group } = await withBank();
    await lin.says('测验 党章 2题 截止 明天 18:00');
    for (const text of [
      '测验 · 党章',
      '共 2 题',
      '已交卷 0 / 4 人',
      '3月3日（周二）18:00',
      '[开始答题]',
    ])
      expect(group.sees()).toContain(text);
  });

  it('takes a bank or a tag, by its whole name or a part, and all where nothing is said', async () => {
    const { lin, group } = await withBank();
    for (const [said, title] of [
      ['测验 党章', '党章'],
      ['测验 党章题库', '党章题库'],
      ['测验 题库', '题库'],
      ['测验', '综合'],
    ]) {
      await lin.says(said ?? '');
      expect(group.sees()).toContain(`测验 · ${title}\n共 3 题`);
    }
  });

  it('is refused without a bank, for an unknown one, for too many, and to a member', async () => {
    const { lin, wang, group, db } = await world();
    await lin.says('测验');
    expect(group.sees()).toContain('还没有题库');
    await lin.sends('党章.xlsx', await bankSheet(rows));
    await lin.presses('确认入库');
    await lin.says('测验 党史');
    expect(group.sees()).toContain('没有叫「党史」的题库或标签，现有题库：党章');
    await lin.says('测验 党章 4题');
    expect(group.sees()).toContain('只有 3 道题');
    await wang.says('测验 党章');
    expect(group.sees()).toContain('只有本支部的书记');
    expect(await db.client.round.count()).toBe(0);
    expect(await db.client.quizQuestion.count()).toBe(0);
  });

  it('asks first what was asked least', async () => {
    const { lin, db } = await withBank();
    for (let i = 0; i < 3; i += 1) await lin.says('测验 1题');
    const questions = await db.client.quizQuestion.findMany();
    expect(new Set(questions.map(({ questionId }) => questionId)).size).toBe(3);
  });
});

describe('answering a quiz', () => {
  it('goes question by question on one private card, and shows score and reasons at the end', async () => {
    const { lin, wang, group } = await withBank();
    await lin.says('测验 党章');
    expect((await wang.presses('开始答题'))?.content).toContain('私聊');
    const cards = wang.private().length;
    const first = asked(wang);
    await answers(wang);
    expect(asked(wang)).not.toBe(first);
    await answers(wang);
    await answers(wang, false);
    expect(newest(wang)).toContain('都答完了');
    expect(group.sees()).toContain('已交卷 0 / 4 人');
    await wang.presses('交卷');
    expect(wang.private()).toHaveLength(cards);
    expect(newest(wang)).toContain('答对 2 / 3 题');
    for (const text of ['见总纲', '见第三条', '见第七条', '正确答案：'])
      expect(newest(wang)).toContain(text);
    expect(group.sees()).toContain('已交卷 1 / 4 人');
    expect(group.all().join()).not.toContain('王芳');
  });

  it('goes back and changes until it is handed in', async () => {
    const { lin, wang } = await withBank();
    await lin.says('测验 党章');
    await wang.presses('开始答题');
    const first = asked(wang);
    await answers(wang, false);
    await wang.presses('上一题');
    expect(asked(wang)).toBe(first);
    expect(newest(wang)).toContain('已选');
    for (let i = 0; i < 3; i += 1) await answers(wang);
    const late = wang.sawButton('上一题');
    await wang.presses('交卷');
    expect(newest(wang)).toContain('答对 3 / 3 题');
    expect((await late())?.content).toContain('已经交卷');
  });

  it('goes on where it was left, in the same order, with the same options', async () => {
    const { lin, wang } = await withBank();
    await lin.says('测验 党章');
    await wang.presses('开始答题');
    await answers(wang);
    const second = newest(wang);
    await wang.presses('开始答题');
    expect(newest(wang)).toBe(second);
    await wang.whispers('答 1');
    expect(newest(wang)).toBe(second);
  });

  it('asks once more before it is handed in with questions open', async () => {
    const { lin, wang, group } = await withBank();
    await lin.says('测验 党章');
    await wang.presses('开始答题');
    await answers(wang);
    await wang.presses('下一题');
    await wang.presses('交卷');
    expect(newest(wang)).toContain('还没答：第 2、3 题');
    await wang.presses('去答第 2 题');
    expect(newest(wang)).toContain('第 2 / 3 题');
    await wang.whispers('答 1 交卷');
    await wang.presses('仍然交卷');
    expect(newest(wang)).toContain('答对 1 / 3 题');
    expect(newest(wang)).toContain('你的答案：未答');
    expect(group.sees()).toContain('已交卷 1 / 4 人');
  });

  it('is done in words as well, and a group reads nothing of it', async () => {
    const { lin, wang, group } = await withBank([rows[0] ?? []]);
    await lin.says('测验 党章');
    await wang.whispers('答 1 1 A');
    expect(newest(wang)).toContain('第 1 / 1 题');
    expect(newest(wang)).not.toContain('已选');
    const letter = /([A-C])\. 为人民服务/.exec(newest(wang))?.[1] ?? '';
    await wang.says(`答 1 1 ${letter.toLowerCase()}`);
    expect(group.sees()).toBe('第 1 题已记下（#1）');
    await wang.whispers('答 1 1 AB');
    expect(newest(wang)).toContain('没看懂这个选项');
    await wang.whispers('答 1 9 A');
    expect(newest(wang)).toContain('共 1 题');
    await wang.says('答 1 交卷');
    expect(group.sees()).toContain('已交卷（#1），只有你能看到自己的得分');
    expect(newest(wang)).toContain('答对 1 / 1 题');
    await wang.whispers('答 1 1 A');
    expect(newest(wang)).toContain('已经交卷');
  });

  it('is handed in once by 20 presses at the same moment', async () => {
    const { lin, wang, group, settle, db } = await withBank();
    await lin.says('测验 党章');
    await Promise.all(Array.from({ length: 5 }, () => wang.taps('开始答题')));
    await settle();
    for (let i = 0; i < 3; i += 1) await answers(wang);
    const handIn = wang.sawButton('交卷');
    const toasts = await Promise.all(Array.from({ length: 20 }, () => handIn()));
    expect(toasts.filter((toast) => toast === undefined)).toHaveLength(1);
    expect(await db.client.quizAttempt.count()).toBe(1);
    expect(await db.client.quizAnswer.count()).toBe(3);
    expect(group.sees()).toContain('已交卷 1 / 4 人');
  });

  it('keeps the later of two choices, whichever arrives first', async () => {
    const { lin, wang, clock, db } = await withBank([rows[2] ?? []]);
    await lin.says('测验 党章');
    await wang.presses('开始答题');
    const [yes, no] = [wang.sawButton('对'), wang.sawButton('错')];
    const [early, late] = [clock.now(), new Date(clock.now().getTime() + 1_000)];
    await no(late.toISOString());
    await yes(early.toISOString());
    expect(await db.client.quizAnswer.findMany()).toMatchObject([{ chosen: [1] }]);
  });

  it('refuses outsiders, strangers to the card, empty choices and forged values', async () => {
    const { lin, wang, zhao, chen, db } = await withBank([rows[1] ?? []]);
    await lin.says('测验 党章');
    expect((await chen.presses('开始答题'))?.content).toContain('不在这次的名单里');
    await wang.presses('开始答题');
    const attempt = (await db.client.quizAttempt.findFirstOrThrow()).id;
    expect((await wang.presses('确定', {}))?.content).toContain('还没有选');
    await zhao.whispers('帮助');
    const foreign = { attempt, place: 1, option: 0 };
    expect((await zhao.pressesForged('quiz.choose', foreign))?.content).toContain('别人的题卡');
    for (const value of [
      { attempt, place: 1, option: 5 },
      { attempt, place: 2, option: 0 },
      { attempt, place: 0, option: 0 },
      { attempt, place: 1, option: -1 },
      { attempt: 999, place: 1, option: 0 },
      { attempt: '1', place: 1, option: 0 },
    ])
      expect(await wang.pressesForged('quiz.choose', value)).toMatchObject({ type: 'warning' });
    expect(await wang.pressesForged('quiz.result', { attempt, page: 0 })).toMatchObject({
      type: 'warning',
    });
    expect(await wang.pressesForged('checkin.answer', { round: 1 })).toMatchObject({
      type: 'warning',
    });
    expect(await db.client.quizAnswer.count()).toBe(0);
    expect(await db.client.answer.count()).toBe(0);
  });

  it('asks what the bank said when the quiz was opened', async () => {
    const { lin, wang } = await withBank([rows[2] ?? []]);
    await lin.says('测验 党章');
    await lin.sends('改.xlsx', await bankSheet([bankRow('判断', '预备期为一年', [], '错')]));
    await lin.presses('确认入库');
    await wang.presses('开始答题');
    await answers(wang);
    await wang.presses('交卷');
    expect(newest(wang)).toContain('答对 1 / 1 题');
  });
});

describe('who is asked', () => {
  it('is looked up once for each word and press', async () => {
    const { lin, wang, db } = await withBank();
    await lin.says('测验 3题');
    const told = listen(db);
    const times = async (doing: () => Promise<unknown>) => {
      const ask = (text: string) => /for share(?: of r)?\s*$/.test(text);
      const before = told.filter(ask).length;
      await doing();
      return told.filter(ask).length - before;
    };
    expect(await times(() => wang.whispers('答 1'))).toBe(1);
    expect(await times(() => wang.whispers('答 1 1 A'))).toBe(1);
    expect(await times(() => wang.whispers('答 1 仍然交卷'))).toBe(1);
  });
});

describe('somebody who has blocked the bot', () => {
  it('is told so by the toast once it is known, and their secretary hears it once', async () => {
    const { lin, wang, messenger } = await withBank();
    messenger.isGone = (to) => 'person' in to && to.person === wang.id;
    await lin.says('测验 党章');
    await wang.presses('开始答题');
    const toast = await wang.presses('开始答题');
    expect(toast?.content).toContain('题目发不到你的私聊');
    expect(wang.reads()).toBe('');
    expect(lin.reads().split('有人收不到我的消息')).toHaveLength(2);
  });

  it('hears in the group too that it does not arrive, until they write in private', async () => {
    const { lin, wang, group, messenger } = await withBank();
    messenger.isGone = (to) => 'person' in to && to.person === wang.id;
    await lin.says('测验 党章');
    await wang.says('答 1');
    expect(group.sees()).not.toContain('收不到我的私信');
    for (const text of ['答 1', '我的']) {
      await wang.says(text);
      expect(group.sees()).toContain('你收不到我的私信：请先打开和我的对话，发我一句「我的」');
    }
    expect(lin.reads().split('有人收不到我的消息')).toHaveLength(2);
    await lin.says('我的');
    expect(group.sees()).not.toContain('收不到我的私信');
  });

  it('hears it by the toast of a button whose answer goes to them alone', async () => {
    const { lin, wang, messenger } = await withBank();
    messenger.isGone = (to) => 'person' in to && to.person === wang.id;
    const rules = '# 制度\n\n第一条 请假要写明事由。\n\n第二条 补学在两周之内完成。';
    await lin.sends('制度.md', rules);
    await lin.presses('确认入库');
    await wang.says('补学在几周之内完成');
    await wang.presses('读前后文');
    const toast = await wang.presses('读前后文');
    expect(toast?.content).toContain('你收不到我的私信：请先打开和我的对话');
  });
});

describe('the end of a quiz', () => {
  it('tells the secretary in private who scored what and how the choices fell', async () => {
    const { lin, wang, zhao, liu, clock, settle, group } = await withBank();
    await lin.says('测验 党章 截止 18:00');
    for (const [person, rightly] of [
      [wang, true],
      [zhao, false],
    ] as const) {
      await person.presses('开始答题');
      for (let i = 0; i < 3; i += 1) await answers(person, rightly);
    }
    await wang.presses('交卷');
    await liu.presses('开始答题');
    await answers(liu);
    clock.set('2026-03-02T18:00:00+08:00');
    await settle();
    // 赵敏 had answered all of it and is in; 刘洋 had not.
    expect(group.card('测验已结束')).toContain('已交卷 2 / 4 人');
    const report = lin.private().find((text) => text.includes('测验结果')) ?? '';
    expect(report).toContain('得分：王芳 3/3、赵敏 0/3');
    expect(report).toContain('答对 50%');
    expect(report).toMatch(/B（正确） 1 人/);
    expect(report).toMatch(/对（正确） 1 人　错 1 人/);
    expect(lin.reads()).toContain('还差：林志远、刘洋');
    expect(group.all().join()).not.toMatch(/王芳|赵敏|刘洋|得分/);
    const toast = await liu.presses('上一题');
    expect(toast?.content).toContain('已经结束');
    expect(newest(zhao)).toContain('到时间已自动交卷');
    expect(wang.reads() + liu.reads()).not.toContain('自动交卷');
    await zhao.presses('看得分和解析');
    expect(newest(zhao)).toContain('答对 0 / 3 题');
  });

  it('comes by command too, and the report goes to every secretary', async () => {
    const { lin, wang, group } = await withBank();
    await lin.says('书记 @王芳', { mentions: [wang] });
    await lin.says('测验 党章');
    await lin.says('结束 1');
    expect(group.card('测验已结束')).toContain('已交卷 0 / 4 人');
    for (const secretary of [lin, wang]) {
      const reports = secretary.private().filter((text) => text.includes('测验结果'));
      expect(reports).toHaveLength(1);
      expect(reports[0]).toContain('还没有人交卷');
    }
  });

  it('takes a choice and a handing in from before the end that arrive after it', async () => {
    const { lin, wang, clock, settle, group } = await withBank([rows[2] ?? []]);
    await lin.says('测验 党章 截止 18:00');
    await wang.presses('开始答题');
    const choice = wang.sawButton('对');
    clock.set('2026-03-02T18:00:00+08:00');
    await settle();
    expect(await choice('2026-03-02T17:59:58+08:00')).toBeUndefined();
    const handIn = wang.sawButton('交卷');
    expect(await handIn('2026-03-02T17:59:59+08:00')).toBeUndefined();
    await settle();
    expect(group.card('测验已结束')).toContain('已交卷 1 / 4 人');
  });
});

it('keeps a result of 100 long questions within what a card holds', async () => {
  const many = Array.from({ length: 100 }, (_, i) =>
    bankRow(
      '多选',
      `第${i}问${'长'.repeat(900)}`,
      ['甲', '乙', '丙', '丁', '戊', '己'].map((each) => each + '长'.repeat(290)),
      'ABCDEF',
      '因'.repeat(1900),
    ),
  );
  const { lin, wang } = await withBank(many);
  await lin.says('测验 100题');
  await wang.presses('开始答题');
  await wang.whispers('答 1 1 ABCDEF');
  await wang.whispers('答 1 仍然交卷');
  expect(newest(wang)).toContain('答对 1 / 100 题');
  await wang.presses('下一页');
  expect(newest(wang)).toContain('✗ 9. ');
  await lin.whispers('结束 1');
  expect(lin.reads()).toContain('……另有 70 项');
});

it.each([
  ['3 B', { is: 'choose', place: 3, said: 'B' }],
  ['3B', { is: 'choose', place: 3, said: 'B' }],
  ['第3题 ＡＢ', { is: 'choose', place: 3, said: 'AB' }],
  ['3', { is: 'show', place: 3 }],
  ['交卷', { is: 'hand-in', anyway: false }],
  ['仍然交卷', { is: 'hand-in', anyway: true }],
  ['hand in', { is: 'hand-in', anyway: false }],
  ['', { is: 'begin' }],
  ['你好', undefined],
])('reads %j behind the number of a quiz', (text, words) => {
  expect(readQuizWords(text)).toEqual(words);
});

it.each([
  ['b', false, [1]],
  ['D、A，ｂ', false, [0, 1, 3]],
  ['对', true, [0]],
  ['×', true, [1]],
  ['对', false, undefined],
  ['G', false, undefined],
])('reads the option %j', (said, isTruth, choices) => {
  expect(readChoices(said, isTruth)).toEqual(choices);
});

it('speaks English as well', () => {
  const reader = { locale: 'en-US' as const, zone: 'Asia/Shanghai', now: new Date(0) };
  const quiz = {
    ...{ round: 1 as RoundId, attempt: 1 as AttemptId, number: 1 },
    ...{ title: 'General', closesAt: new Date(0) },
  };
  const round = {
    ...{ id: 1 as RoundId, number: 1, kind: 'quiz', title: 'General', chat: 1 as ChatId, card: 0 },
    ...{ branch: { id: 1 as BranchId, name: 'First' }, openedBy: 1 as PersonId, spec: {} },
    ...{ openedAt: new Date(0), closesAt: new Date(0), state: 'closed' as const },
    tally: { asked: 1, done: 1 },
  };
  const asks = { place: 1, of: 1, text: 'True?', options: [], chosen: [0] };
  const marks = { place: 1, text: 'True?', options: [], chosen: [0], answer: [1], isRight: false };
  const said = { explanation: 'So', source: 'Book' };
  const question = {
    position: 0,
    kind: 'truth' as const,
    text: 'True?',
    chosen: [1, 0],
    answer: [1],
  };
  const cards = [
    stepCard(reader, { is: 'question', quiz, kind: 'truth', ...asks }),
    stepCard(reader, { is: 'overview', quiz, of: 1, open: [1] }),
    stepCard(reader, {
      is: 'result',
      quiz,
      right: 0,
      marked: [{ kind: 'truth', ...marks, ...said }],
    }),
    quizReportCard(reader, {
      round,
      questions: [{ ...question, right: 0 }],
      scores: [{ name: 'Lin', right: 0 }],
    }),
  ];
  const shown = cards.map((card) => textOf({ card })).join('\n');
  for (const text of ['[True]', 'Not answered: 1', 'Right: False', 'Lin 0/1', '0% right'])
    expect(shown).toContain(text);
  expect(shown).not.toMatch(/[\u4e00-\u9fff]/);
});
