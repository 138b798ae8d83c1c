import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Period } from '../../src/bot/parts/period.ts';
import type { Sentences } from '../../src/bot/refusals.ts';
import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import { localTime } from '../../src/base/clock.ts';
import type { PersonDetail, Item, Round, RoundHead } from '../../src/rounds/types.ts';
import type { SheetRefusals } from '../../src/library/sheets/refusals.ts';
import type { Cell, Row } from '../../src/library/sheets/types.ts';
import { button, plain, slip } from '../bot/kit.ts';
import { type RoundFaces } from './rounds.ts';
import { inBoth } from '../bot/words.ts';
import { RoundId } from '../../src/base/ids.ts';

export const exportRound = defineAction('round.export', z.object({ round: RoundId }));

/** The same in both languages: other programs find sheets, their first columns and states by these names. */
const sheets = { facts: '汇总', people: '明细' };
const columns = ['姓名', '支部', '小组', '状态', '时间'];
const states: Record<PersonDetail['state'], string> = {
  done: '已完成',
  late: '迟交',
  leave: '请假',
  exempt: '豁免',
  missing: '未完成',
};

export const exportRefusals = inBoth<Sentences<SheetRefusals>>(
  {
    EXPORT_TOO_BIG: () =>
      '内容太多，一张表格放不下，没有导出。请按季度或月份分几次导出。例如：导出 3月',
  },
  {
    EXPORT_TOO_BIG: () =>
      'This is too much for one sheet, so nothing was exported. Please export quarter by quarter or month by month. Example: export March',
  },
);

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
    export: '导出表格',
    making: '正在整理表格，马上私聊发给你。',
    toPrivate: '表格会私聊发给你，里面有姓名，不发在群里。',
    progress: (name: string, percent: number) => `正在整理《${name}》… ${percent}%`,
    made: (name: string) => `《${name}》整理好了，表格在下面。`,
    notMade: (name: string) => `《${name}》没有导出。`,
    failed: '表格没能整理出来，请过一会儿再导出一次。',
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
    export: 'Export as a sheet',
    making: 'Making the sheet; it comes in private in a moment.',
    toPrivate: 'The sheet comes to you in private: it names people, so not in the group.',
    progress: (name, percent) => `Making "${name}"… ${percent}%`,
    made: (name) => `"${name}" is made; the sheet is below.`,
    notMade: (name) => `"${name}" was not exported.`,
    failed: 'The sheet could not be made. Please export again in a while.',
    name: (what) => `Export ${what}`,
    period: ({ year, quarter, month }) =>
      [year, quarter && `Q${quarter}`, month && String(month).padStart(2, '0')]
        .filter(Boolean)
        .join('-'),
  },
);

/** Asks for the sheet of a round: for a secretary's private chat. */
export const exportButton = ({ locale }: Reader, { id }: Pick<Round, 'id'>): CardElement =>
  button(words[locale].export, exportRound.with({ round: id }), 'default');

/** Said at once; the file follows in private. */
export const exportingLine = ({ locale }: Reader, place: 'group' | 'private'): string =>
  place === 'group' ? words[locale].toPrivate : words[locale].making;

const slipOf = (line: string): Card => slip(line, [plain(line)]);

/** How far an export is that takes a while. */
export const progressCard = ({ locale }: Reader, name: string, percent: number): Card =>
  slipOf(words[locale].progress(name, percent));
/** In its place once the file is on its way, or will not come. */
export const madeCard = ({ locale }: Reader, name: string): Card =>
  slipOf(words[locale].made(name));
export const notMadeCard = ({ locale }: Reader, name: string): Card =>
  slipOf(words[locale].notMade(name));
export const failedCard = ({ locale }: Reader): Card => slipOf(words[locale].failed);

export const periodName = ({ locale }: Reader, period: Period): string =>
  words[locale].period(period);

export const exportName = ({ locale }: Reader, what: string): string => words[locale].name(what);

/** A sheet with the rows that stand on it from the start. */
interface Begun {
  name: string;
  rows: readonly Row[];
}
/** What an export holds. Its people are added below `people`, a row each. */
export interface ExportPlan {
  facts: Begun;
  people: Begun;
  rowOf(head: RoundHead, person: PersonDetail): Row;
}

/** One round: its facts below one another, and one row a person. */
export function roundPlan(reader: Reader, faces: RoundFaces, head: RoundHead): ExportPlan {
  const said = sayingOf(reader, faces, head);
  const say = words[reader.locale];
  const named = head.totals ? [say.totals, ...head.totals] : [[...columns, ...said(head.columns)]];
  return {
    facts: { name: sheets.facts, rows: [[say.fact, say.value], ...factsOf(reader, faces, head)] },
    people: { name: sheets.people, rows: named },
    rowOf: (_head, person) => [...personCells(reader, head, person), ...said(person.cells)],
  };
}

/** Several rounds: one row a round, and one row a person and round. */
export function periodPlan(
  reader: Reader,
  faces: RoundFaces,
  heads: readonly RoundHead[],
): ExportPlan {
  const { which } = words[reader.locale];
  const facts = heads.map((each) => factsOf(reader, faces, each));
  const labels = (facts[0] ?? []).map(([label]) => label);
  const saying = new Map(heads.map((each) => [each, sayingOf(reader, faces, each)]));
  const said = (head: RoundHead, items: readonly Item[]) => saying.get(head)?.(items) ?? [];
  const own = new Map(heads.map((each) => [each, each.totals ? [] : said(each, each.columns)]));
  const items = [...new Set([...own.values()].flat())];
  // Where each item of all stands among those of one round.
  const places = new Map(
    heads.map((each) => [each, items.map((item) => own.get(each)?.indexOf(item) ?? -1)]),
  );
  return {
    facts: {
      name: sheets.facts,
      rows: [labels, ...facts.map((each) => each.map(([, value]) => value))],
    },
    people: { name: sheets.people, rows: [[...columns, ...which, ...items]] },
    rowOf(head, person) {
      const cells = said(head, person.cells);
      return [
        ...personCells(reader, head, person),
        ...[`#${head.round.number}`, head.round.title],
        ...(places.get(head) ?? []).map((place) => cells[place] ?? ''),
      ];
    },
  };
}

function factsOf(reader: Reader, faces: RoundFaces, { round }: RoundHead): [string, Cell][] {
  const { facts, states: progress, counts } = words[reader.locale];
  const { asked, done, madeUp = 0, onLeave = 0, exempt = 0 } = round.tally;
  return [
    [facts.number, `#${round.number}`],
    [facts.kind, faces.of(round.kind).face.name(reader)],
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

function personCells(
  reader: Reader,
  { round }: RoundHead,
  { name, state, at }: PersonDetail,
): Cell[] {
  return [name, round.branch.name, '', states[state], at ? timeOf(reader, at) : ''];
}

/** Says the items of a round in the words of its kind. */
function sayingOf(reader: Reader, faces: RoundFaces, { round }: RoundHead) {
  const words = faces.of(round.kind).face.items?.(reader) ?? {};
  const saying = (item: Item) => (typeof item === 'object' ? (words[item.word] ?? '') : item);
  return (items: readonly Item[]): Cell[] => items.map(saying);
}

/** A moment as a sheet sorts it. */
const timeOf = ({ zone }: Reader, at: Date) => localTime(at, zone);
