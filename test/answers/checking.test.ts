import { describe, expect, it } from 'vitest';
import { createChecker } from '../../src/answers/ask/checking.ts';
import { quantitiesIn } from '../../src/answers/ask/quantities.ts';
import { createSplitter, draftOf } from '../../src/answers/ask/sentences.ts';
import { must } from '../../src/base/errors.ts';
import type { DocumentId } from '../../src/base/ids.ts';

const passage = (title: string, heading: string, text: string) => ({
  document: { id: 1 as DocumentId, title },
  ...{ heading, text },
});
const checker = createChecker([
  passage(
    '支部工作手册（试行）',
    '支部工作手册 · 第十条',
    '第十条 预备党员的预备期为一年，没有表决权、选举权和被选举权。\n预备党员不得担任监票人，可以列席会议。依照本手册第八条办理手续的，应当在三日内报告。',
  ),
  passage(
    '会议安排',
    '会议安排',
    '支部党员大会一般每季度召开1次。支部委员会会议一般每月召开1次。参加人数要有三分之二以上。学时不少于32学时。手册自2018年10月28日起施行。',
  ),
]);
/** Why the sentence is dropped, or `passes`. */
function outcome(said: string): string {
  const checked = checker.check(must(draftOf(said)));
  return 'fault' in checked ? checked.fault : 'passes';
}

describe('a sentence passes', () => {
  it.each([
    '预备党员的预备期为一年[1]。',
    '预备党员的预备期是1年。[1]',
    '**预备党员**没有表决权【1】。',
    '“预备党员的预备期为一年”[1]。',
    '《支部工作手册（试行）》第十条规定，预备党员不得担任监票人[1]。',
    '依照本手册第八条办理手续的，应当在3日内报告[1]。',
    '支部党员大会一般每季度召开一次[2]。',
    '学时不少于三十二学时[2]。',
    '手册自2018年10月起施行[2]。',
  ])('%s', (said) => expect(outcome(said)).toBe('passes'));
});

describe('a sentence is dropped', () => {
  it.each([
    ['uncited', '预备期为一年。'],
    ['source', '预备期为一年[3]。'],
    ['source', '预备期为一年[0]。'],
    ['number', '预备党员的预备期为两年[1]。'],
    ['number', '预备党员的预备期为一个月[1]。'],
    ['number', '参加人数要有四分之三以上[2]。'],
    ['number', '参加人数要有三分之二以下[2]。'],
    ['number', '手册自2019年10月28日起施行[2]。'],
    ['number', '手册自10月18日起施行[2]。'],
    ['number', '支部党员大会一般每月召开1次[2]。'],
    ['number', '预备党员的预备期为一年[2]。'],
    ['article', '第十一条规定，预备党员的预备期为一年[1]。'],
    ['article', '第八条规定，预备党员的预备期为一年[1]。'],
    ['quote', '“预备党员的预备期为１年”[1]。'],
    ['quote', '“预备党员的 预备期为一年”[1]。'],
    ['quote', '“预备党员的预备期为一年[1]。'],
    ['quote', '“一般每月召开1次”[1]，“预备期为一年”[2]。'],
    ['title', '《会议记录办法》规定预备党员的预备期为一年[1]。'],
    ['modality', '预备党员可以担任监票人[1]。'],
    ['modality', '预备党员有表决权[1]。'],
    ['modality', '预备党员不得列席会议[1]。'],
    ['foreign', '打开窗口点击加号发送红包[1]。'],
    ['manners', '预备党员的预备期为一年，见 https://a.example [1]。'],
    ['manners', '@张三 预备党员的预备期为一年[1]。'],
    ['manners', '[预备党员](x)的预备期为一年[1]。'],
    ['manners', '资料中没有提到预备期[1]。'],
    ['manners', '现行版的预备期为一年[1]。'],
    ['long', `预备党员的预备期为一年${'，预备党员的预备期为一年'.repeat(40)}[1]。`],
  ])('%s: %s', (fault, said) => expect(outcome(said)).toBe(fault));
});

it('takes out markup, list marks and marks of citations, and tells the places from 0', () => {
  expect(checker.check(must(draftOf('- **预备党员**的预备期为一年 [1][2]。')))).toEqual({
    sentence: { text: '预备党员的预备期为一年。', cites: [0, 1] },
  });
});

describe('sentences', () => {
  const cut = (text: string, size: number, isWhole = true) => {
    const splitter = createSplitter();
    const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [];
    return [...pieces.flatMap(splitter.add), ...splitter.rest(isWhole)].map((each) => each.trim());
  };
  const text =
    '一年。[1] “先说。再说！”是原文[2]。3.5 元？\n- 一条[1]\nOne per year [1]. Art. 5 too [2].';
  const sentences = [
    ...['一年。[1]', '“先说。再说！”是原文[2]。', '3.5 元？', '- 一条[1]'],
    ...['One per year [1].', 'Art. 5 too [2].'],
  ];

  it.each([1, 2, 3, 7, 100])('are the same in pieces of %i', (size) => {
    expect(cut(text, size)).toEqual(sentences);
  });

  it('without an end are left out where the model was cut off', () => {
    expect(cut('一年[1]。两年[1]', 3, false)).toEqual(['一年[1]。']);
  });
});

it.each([
  ['二〇一八年十月二十八日', '2018-10-28 date'],
  ['2018-10-28', '2018-10-28 date'],
  ['三年以上七年以下', '3 年 up, 7 年 down'],
  ['三至五年', '3 年, 5 年'],
  ['第三十六条之一', '36之一 第条'],
  ['第十、十一条', '10 第条, 11 第条'],
  ['百分之三十', '30 %'],
  ['３０％', '30 %'],
  ['三分之二', '2/3 fraction'],
  ['一年半', '1.5 年'],
  ['5,000 元', '5000 元'],
  ['3万元', '30000 元'],
  ['一亿三千万元', '130000000 元'],
  ['不少于两次', '2 次 up'],
  ['不满十八周岁', '18 岁 down'],
  ['五个工作日内', '5 工作日 in'],
  ['一般统一', ''],
  ['two-thirds', '2/3 fraction'],
  ['within thirty days', '30 day in'],
])('reads the numbers of %s', (text, numbers) => {
  const read = quantitiesIn(text).map(({ value, unit, bound = '' }) =>
    `${value} ${unit} ${bound}`.trim(),
  );
  expect(read.join(', ')).toBe(numbers);
});
