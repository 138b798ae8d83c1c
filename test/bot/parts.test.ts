import { describe, expect, expectTypeOf, it } from 'vitest';
import type { meetingCommand } from '../../handlers/rounds/meetings-commands.ts';
import type { docsCommand } from '../../handlers/library/documents-commands.ts';
import type { editCommand } from '../../handlers/rounds/rounds-commands.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand, type Command, type PartsOf } from '../../src/bot/command.ts';
import { createCommands, wordsIn } from '../../src/bot/commands.ts';
import { parse } from '../../src/bot/parse.ts';
import type { OneOf } from '../../src/bot/parts/one-of.ts';
import {
  isSpread,
  type Kind,
  type Part,
  type Parts,
  type Spread,
} from '../../src/bot/parts/part.ts';
import type { Ways } from '../../src/bot/parts/ways.ts';
import type { DocumentLink, Locale } from '../../src/bot/talk.ts';
import { commandNamed, commands } from '../support/commands.ts';

const zone = 'Asia/Shanghai';
const at = new Date('2026-11-25T16:30:00+08:00');
const wang = { person: 7, name: '王芳' } as never;
const showing = (locale: Locale) => ({ locale, zone, nameOf: () => '王芳' });

/** All as if they were there, so that they can be read. */
const known = createCommands();
for (const command of commands.all()) known.add({ ...command, isThere: undefined });

/** Some values that a form might bring for a kind of part. */
function samples(kind: Kind): unknown[] {
  switch (kind.is) {
    case 'text':
      return ['党课', 'Theme day', '学习（上）', ...(kind.lines ? ['第一行\n第二行'] : [])];
    case 'bank':
    case 'document':
      return ['党章', 'Study rules'];
    case 'time':
      return [new Date('2026-12-01T14:30:00+08:00'), new Date('2027-01-01T00:00:00+08:00')];
    case 'clock':
      return [
        { hour: 8, minute: 30 },
        { hour: 0, minute: 0 },
      ];
    case 'clock-range':
      return [{ from: { hour: 21, minute: 0 }, to: { hour: 8, minute: 5 } }];
    case 'period':
      return [{ year: 2025 }, { year: 2026, quarter: 3 }, { year: 2026, month: 11 }];
    case 'person':
      return [7];
    case 'link':
      return [
        { kind: 'docx', token: 'DoxABC123' },
        { kind: 'wiki', token: 'WikABC123' },
      ];
    case 'round':
    case 'standard':
    case 'feedback':
      return [12];
    case 'number':
      return [kind.least, kind.most];
    case 'choice':
      return Object.keys(kind.options);
    case 'flag':
      return [true, false];
  }
}

const isWays = (part: Part | Spread): part is Ways => 'ways' in part;
const isOneOf = (part: Part | Spread): part is OneOf => 'anyOf' in part;

/** What these parts may come to: each value of each part, each way, and what may be left out left out. */
function valuesOf(parts: Parts): object[] {
  return Object.entries(parts).reduce<object[]>(
    (all, [key, part]) =>
      all.flatMap((values) => choices(key, part).map((each) => ({ ...values, ...each }))),
    [{}],
  );
}

function choices(key: string, part: Part | Spread): object[] {
  const left = part.needed ? [] : [{}];
  if (isWays(part)) {
    const ways = Object.entries(part.ways);
    const each = ways.flatMap(([name, { parts = {} }]) =>
      valuesOf(parts).map((values) => ({ [key]: name, ...values })),
    );
    return [...each, ...left];
  }
  if (isOneOf(part))
    return [...Object.entries(part.anyOf).flatMap(([name, one]) => choices(name, one)), ...left];
  if (isSpread(part)) throw new Error(`no values for ${key}`);
  return [...samples(part.kind).map((value) => ({ [key]: value })), ...left];
}

describe('a command written from its parts', () => {
  it.each(commands.all())('$name is read as the same again, in both languages', (command) => {
    const all = valuesOf(command.parts);
    expect(all.length).toBeGreaterThan(0);
    for (const locale of ['zh-CN', 'en-US'] as const)
      for (const values of all) {
        const text = command.show(values, showing(locale));
        const mentions = text.includes('@王芳') ? [wang] : [];
        const got = parse({ text, mentions, at }, { now: at, zone }, known);
        expect({ text, ...got }).toEqual({
          ...{ text, is: 'command' },
          ...{ command: expect.objectContaining({ name: command.name }) as Command, parts: values },
        });
      }
  });

  it('has an example that its own usage line describes', () => {
    for (const { word, usage, example } of commands.all())
      for (const locale of ['zh-CN', 'en-US'] as const)
        for (const line of [usage, example]) expect(line[locale].split(' ')[0]).toBe(word[locale]);
  });
});

describe('the usage line', () => {
  it.each([
    ['help', '帮助', 'help'],
    ['bind', '绑定 支部名', 'bind NAME'],
    ['secretary', '书记 @某人', 'secretary @X'],
    ['checkinAnswer', '签到', 'checkin'],
    ['checkinOpen', '签到 标题 [截止 时间]', 'checkin TITLE [by TIME]'],
    ['answer', '答 编号 [内容]', 'answer ID [TEXT]'],
    ['notgoing', '不参加 编号 [原因]', 'notgoing ID [WHY]'],
    [
      'edit',
      '改 编号 标题 … / 截止 时间 / 时间 时间 / 地点 … / 议题 …',
      'edit ID title … / by TIME / time TIME / at … / agenda …',
    ],
    ['quiz', '测验 [题库或标签] [N题] [截止 时间]', 'quiz [BANK] [N] [by TIME]'],
    ['survey', '问卷 名称 [截止 时间]', 'survey NAME [by TIME]'],
    ['meeting', '会议 类型 时间 [地点 …] [议题 …；…]', 'meeting TYPE TIME [at …] [agenda …]'],
    ['status', '进度 [编号]', 'status [ID]'],
    ['leave', '请假 编号 [原因]', 'leave ID [WHY]'],
    ['makeup', '补 编号 [内容]', 'makeup ID [TEXT]'],
    ['export', '导出 [编号或月份]', 'export [ID or MONTH]'],
    ['ledger', '台账 [月/季/年]', 'ledger [PERIOD]'],
    [
      'daily',
      '每日一学 开 HH:mm [工作日] [资料 标题] / 关',
      'daily on HH:mm [workdays] [from TITLE] / off',
    ],
    ['study', '学习 分钟数 [内容]', 'study MINUTES [WHAT]'],
    ['quiet', '勿扰 21:00-8:00 / 关', 'quiet 21:00-8:00 / off'],
    ['privacy', '隐私 [导出/删除]', 'privacy [export/delete]'],
    [
      'docs',
      '资料 [关键词] / 停用 标题或编号 / 恢复 标题或编号 / 添加 链接 / 同义词',
      'docs [WORD] / retire TITLE or ID / restore TITLE or ID / add LINK / synonyms',
    ],
    [
      'standard',
      '标准答案 [关键词] / 停用 编号 / 问题：… 答案：… 出处：…',
      'standard [WORD] / retire ID / question: … answer: … source: …',
    ],
    ['feedback', '反馈 [处理完 编号]', 'feedback [done ID]'],
  ])('of %s comes from its parts', (name, zh, en) => {
    expect(commandNamed(name).usage).toEqual(both(zh, en));
  });
});

describe('the registered commands', () => {
  const read = (text: string, among: ReturnType<typeof createCommands>) => {
    const got = parse({ text, mentions: [], at }, { now: at, zone }, among);
    return got.is === 'command' ? got.command.name : got.is;
  };

  it('are read the same in whatever order they were registered', () => {
    const backwards = createCommands();
    for (const command of commands.all().reverse()) backwards.add(command);
    for (const text of ['签到', '打卡 党课', '签到 12', '签到了', '签到率怎么算', '标准答案'])
      expect(read(text, backwards)).toBe(read(text, commands));
    expect(backwards.words()).toEqual(commands.words());
  });

  it('need a word of their own, or say whose word they share', () => {
    const own = (name: string, after?: string) =>
      defineCommand({
        ...{ name, after, who: 'anyone' as const },
        ...{ word: both('试', 'try'), does: both('试', 'tries'), example: both('试', 'try') },
        parts: {},
      });
    const some = createCommands();
    some.add(own('one'));
    expect(() => some.add(own('one'))).toThrow('one');
    expect(() => some.add(own('two'))).toThrow('share');
    some.add(own('two', 'one'));
    expect(some.called('try').map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('say what they do and stand behind words that exist', () => {
    for (const command of commands.all()) {
      expect(Object.values(command.does).join('')).not.toBe('');
      const { behind, after = behind?.command } = command;
      if (after) expect(wordsIn(commandNamed(after))).not.toEqual([]);
    }
  });
});

it('gives a handler the values that its parts declare', () => {
  expectTypeOf<PartsOf<typeof meetingCommand>['time']>().toEqualTypeOf<Date>();
  expectTypeOf<PartsOf<typeof meetingCommand>['at']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<PartsOf<typeof editCommand>>().toEqualTypeOf<{
    round: number;
    title?: string;
    by?: Date;
    time?: Date;
    at?: string;
    agenda?: string;
  }>();
  expectTypeOf<PartsOf<typeof docsCommand>>().toEqualTypeOf<
    | { does: 'list'; search?: string }
    | { does: 'retire'; which: string }
    | { does: 'restore'; which: string }
    | { does: 'add'; link: DocumentLink }
    | { does: 'synonyms' }
  >();
});
