import { z } from 'zod';
import { defineAction } from '../src/bot/action.ts';
import type { Period } from '../src/bot/commands.ts';
import type { CardElement, Reader } from '../src/bot/talk.ts';
import { inZone } from '../src/clock.ts';
import type { Detail, Item, Round, RoundDetails } from '../src/rounds/types.ts';
import type { Cell, SheetPlan } from '../src/sheets/types.ts';
import { button } from './kit.ts';
import { roundIdSchema } from './rounds.ts';
import { inBoth } from './words.ts';

export const exportRound = defineAction('round.export', z.object({ round: roundIdSchema }));

/** The same in both languages: other programs find sheets, their first columns and states by these names. */
const sheets = { facts: '汇总', people: '明细' };
const columns = ['姓名', '支部', '小组', '状态', '时间'];
const states: Record<Detail['state'], string> = {
  done: '已完成',
  late: '迟交',
  leave: '请假',
  exempt: '豁免',
  missing: '未完成',
};

const words = inBoth(
  {
    fact: '项目',
    value: '内容',
    facts: {
      number: '编号',
      kind: '类型',
      title: '标题',
      branch: '支部',
      opened: '发起时间',
      closes: '截止时间',
      state: '进展',
      asked: '应完成',
    },
    states: { open: '进行中', closed: '已结束', recalled: '已撤回' },
    counts: states,
    which: ['编号', '标题'],
    totals: ['项目', '合计'],
    items: {
      text: '内容',
      right: '对',
      wrong: '错',
      reply: '回复',
      coming: '参加',
      leave: '请假',
      arrival: '签到',
      here: '准时',
      late: '迟到',
    },
    export: '导出表格',
    making: '正在整理表格，马上私聊发给你。',
    toPrivate: '表格会私聊发给你，里面有姓名，不发在群里。',
    name: (what: string) => `导出 ${what}`,
    period: ({ year, quarter, month }: Period) =>
      `${year}年${quarter ? `第${quarter}季度` : ''}${month ? `${month}月` : ''}`,
  },
  {
    fact: 'Fact',
    value: 'Value',
    facts: {
      number: 'Number',
      kind: 'Kind',
      title: 'Title',
      branch: 'Branch',
      opened: 'Opened',
      closes: 'Ends',
      state: 'State',
      asked: 'Asked',
    },
    states: { open: 'open', closed: 'closed', recalled: 'taken back' },
    counts: {
      done: 'Done',
      late: 'Made up late',
      leave: 'On leave',
      exempt: 'Exempt',
      missing: 'Missing',
    },
    which: ['Number', 'Title'],
    totals: ['Item', 'Total'],
    items: {
      text: 'Text',
      right: 'true',
      wrong: 'false',
      reply: 'Reply',
      coming: 'coming',
      leave: 'on leave',
      arrival: 'Sign-in',
      here: 'in time',
      late: 'late',
    },
    export: 'Export as a sheet',
    making: 'Making the sheet; it comes in private in a moment.',
    toPrivate: 'The sheet comes to you in private: it names people, so not in the group.',
    name: (what) => `Export ${what}`,
    period: ({ year, quarter, month }) =>
      [year, quarter && `Q${quarter}`, month && String(month).padStart(2, '0')]
        .filter(Boolean)
        .join('-'),
  },
);

const kinds = inBoth<Record<string, string>>(
  { checkin: '签到', quiz: '测验', survey: '问卷', meeting: '会议' },
  { checkin: 'Check-in', quiz: 'Quiz', survey: 'Questionnaire', meeting: 'Meeting' },
);

/** Asks for the sheet of a round: for a secretary's private chat. */
export const exportButton = ({ locale }: Reader, { id }: Pick<Round, 'id'>): CardElement =>
  button(words[locale].export, exportRound.with({ round: id }), 'default');

/** Said at once; the file follows in private. */
export const exportingLine = ({ locale }: Reader, place: 'group' | 'private'): string =>
  place === 'group' ? words[locale].toPrivate : words[locale].making;

export const periodName = ({ locale }: Reader, period: Period): string =>
  words[locale].period(period);

export const exportName = ({ locale }: Reader, what: string): string => words[locale].name(what);

/** One round's sheets: its facts below one another, and one row a person. */
export function roundSheets(reader: Reader, details: RoundDetails): SheetPlan[] {
  const say = words[reader.locale];
  const facts = [[say.fact, say.value], ...factsOf(reader, details)];
  if (details.totals)
    return [
      { name: sheets.facts, rows: facts },
      { name: sheets.people, rows: [say.totals, ...details.totals] },
    ];
  const rows = details.people.map((each) => [
    ...personCells(reader, details, each),
    ...said(reader, each.cells),
  ]);
  return [
    { name: sheets.facts, rows: facts },
    { name: sheets.people, rows: [[...columns, ...said(reader, details.columns)], ...rows] },
  ];
}

/** The sheets of several rounds: one row a round, and one row a person and round. */
export function periodSheets(reader: Reader, all: readonly RoundDetails[]): SheetPlan[] {
  const { which } = words[reader.locale];
  const facts = all.map((each) => factsOf(reader, each));
  const head = (facts[0] ?? []).map(([label]) => label);
  const itemsOf = ({ totals, columns: own }: RoundDetails) => (totals ? [] : said(reader, own));
  const items = [...new Set(all.flatMap(itemsOf))];
  const people = all.flatMap((details) => {
    const own = itemsOf(details);
    return details.people.map((each) => [
      ...personCells(reader, details, each),
      ...[`#${details.round.number}`, details.round.title],
      ...items.map((item) => said(reader, each.cells)[own.indexOf(item)] ?? ''),
    ]);
  });
  return [
    { name: sheets.facts, rows: [head, ...facts.map((each) => each.map(([, value]) => value))] },
    { name: sheets.people, rows: [[...columns, ...which, ...items], ...people] },
  ];
}

function factsOf(reader: Reader, { round, people }: RoundDetails): [string, Cell][] {
  const { facts, states: progress, counts } = words[reader.locale];
  const { tally } = round;
  const exempt = people.filter(({ state }) => state === 'exempt').length;
  const { asked, done, madeUp = 0, onLeave = 0 } = tally;
  return [
    [facts.number, `#${round.number}`],
    [facts.kind, kinds[reader.locale][round.kind] ?? round.kind],
    [facts.title, round.title],
    [facts.branch, round.branch.name],
    [facts.opened, timeOf(reader, round.openedAt)],
    [facts.closes, timeOf(reader, round.closedAt ?? round.closesAt)],
    [facts.state, progress[round.state]],
    [facts.asked, asked],
    [counts.done, done],
    [counts.late, madeUp],
    [counts.leave, onLeave],
    [counts.exempt, exempt],
    [counts.missing, Math.max(0, asked - done - madeUp - onLeave - exempt)],
  ];
}

function personCells(reader: Reader, { round }: RoundDetails, { name, state, at }: Detail): Cell[] {
  return [name, round.branch.name, '', states[state], at ? timeOf(reader, at) : ''];
}

const said = ({ locale }: Reader, items: readonly Item[]): Cell[] =>
  items.map((item) => (typeof item === 'object' ? words[locale].items[item.word] : item));

/** A moment as a sheet sorts it. */
const timeOf = ({ zone }: Reader, at: Date) => inZone(at, zone).format('YYYY-MM-DD HH:mm');
