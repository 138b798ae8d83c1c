import { describe, expect, it } from 'vitest';
import { commands } from '../support/commands.ts';
import { overhear } from '../support/overheard.ts';
import { chinese, withoutFixed } from '../support/pairs.ts';
import { bankRow, bankSheet, sheetOf } from '../support/sheet.ts';
import { world, type WorldOptions } from '../support/world.ts';

/** People who write English only: whatever Chinese they see is ours. */
async function englishWorld(options: Partial<WorldOptions> = {}) {
  const here = await world({ locale: 'en-US', ...options });
  const heard = overhear(here.messenger);
  const all = async () => (await heard.words()).filter((line) => line.trim() !== '');
  /** Lines with Chinese in them, without what people themselves have `written`. */
  async function foreign(...written: string[]): Promise<string[]> {
    const ours = (line: string) => written.reduce((left, each) => left.replaceAll(each, ''), line);
    return (await all()).filter((line) => chinese.test(withoutFixed(ours(line))));
  }
  async function until(at: string) {
    here.clock.set(at);
    await here.settle();
  }
  return { ...here, ...heard, all, foreign, until };
}

const bank = [
  bankRow('单选', 'What comes after one?', ['Two', 'Three'], 'A', 'So we count', 'Book', 'numbers'),
  bankRow('多选', 'Which are even?', ['Two', 'Three', 'Four'], 'AC', '', '', 'numbers'),
  bankRow('判断', 'Ten is more than nine.', [], '对', '', '', 'numbers'),
];
/** Documents are in the language in which they are written. */
const regulation = '（2025年10月1日公布 自2026年1月1日起施行）\n\n第一条 每月学习一次。';
const rules =
  '# Study rules\n\n## How often\n\nWe study once a month.\n\n## How long\n\nTwo hours a week.';

describe('in English nothing is said in Chinese', { timeout: 120_000 }, () => {
  it('whatever command anybody gives, rightly or by half, and whatever button they press then', async () => {
    const { lin, wang, chen, admin, group, foreign, all, pressesAll } = await englishWorld({
      adminInGroup: true,
    });
    await lin.says('checkin Theme day by tomorrow 18:00');
    for (const { example, word, usage } of commands.all()) {
      const asMeant = example['en-US'].replace('12', '1');
      for (const text of [asMeant, word['en-US']]) {
        for (const person of [wang, lin]) await person.says(text);
        for (const person of [lin, chen]) await person.whispers(text);
      }
      await lin.whispers(`/${usage['en-US']}`);
    }
    await admin.whispers('help');
    for (const person of [wang, lin]) await pressesAll(person, group);
    expect((await all()).length).toBeGreaterThan(1000);
    expect(await foreign()).toEqual([]);
  });

  it('whatever cannot be read', async () => {
    const { lin, wang, foreign, all } = await englishWorld();
    for (const text of [
      ...['/nonsense', '/chekin', 'checkin Theme day by yesterday', 'checkin Theme day by someday'],
      ...[
        `checkin ${'x'.repeat(101)}`,
        'answer 99',
        'answer #x',
        'status 99',
        'close 99',
        'recall x',
      ],
      ...[
        'meeting committee yesterday 10:00',
        'meeting committee tomorrow',
        'meeting tea tomorrow 10:00',
      ],
      ...[
        'edit 1',
        'edit 1 by yesterday',
        'quiz Nothing 10',
        'quiz 500',
        'export 99',
        'export March',
      ],
      ...[
        'daily on 25:99',
        'daily on',
        'daily on 8:30 from Nothing',
        'quiet 8:00-8:00',
        'quiet x',
        'study 0',
      ],
      ...[
        'secretary @Nobody',
        'unsecretary @Lin',
        'bind',
        'leave 99 x',
        'makeup 99 x',
        'thank you',
        'hello',
        'ok',
      ],
      ...['How often do we study?', 'help me find the rules', 'x'.repeat(501)],
    ])
      for (const person of [lin, wang]) {
        await person.says(text);
        await person.whispers(text);
      }
    expect((await all()).length).toBeGreaterThan(100);
    expect(await foreign()).toEqual([]);
  });

  it('of rounds from opening to report, by word and by button', async () => {
    const { lin, wang, zhao, liu, chen, group, foreign, all, pressesAll, until, toasts } =
      await englishWorld();
    await lin.says('checkin Theme day by 18:00');
    await lin.whispers('checkin Reading by 18:00');
    await wang.says('checkin');
    await wang.says('answer 1 I read it');
    await wang.says('answer 1 I read it again');
    await zhao.whispers('leave 1 travelling');
    await lin.whispers('edit 1 title Theme day and more');
    await lin.says('edit 1 by 17:00');
    await lin.whispers('status');
    await lin.says('status 1');
    await lin.says('nudge');
    await lin.whispers('nudge 1');
    await liu.whispers('me');
    const press = liu.sawButton('Check in');
    await until('2026-03-02T17:00:30+08:00');
    toasts.push((await press())?.content ?? '');
    await liu.whispers('makeup 1 read it at home');
    await lin.says('close 2');
    await lin.says('checkin Third');
    await lin.says('recall 3');
    await lin.says('export 1');
    await lin.whispers('export 2026-03');
    await chen.whispers('answer 1');
    await pressesAll(lin, group);
    expect((await all()).length).toBeGreaterThan(80);
    expect(await foreign()).toEqual([]);
  });

  it('of meetings', async () => {
    const { lin, wang, zhao, liu, group, foreign, all, pressesAll, until } = await englishWorld();
    await lin.says('meeting committee tomorrow 10:00 at Room 1 agenda Plans; dues');
    await lin.whispers('meeting lecture Fri 15:00');
    await wang.says('going 1');
    await wang.says('going 1');
    await zhao.says('notgoing 1 travelling');
    await zhao.whispers('notgoing 1 travelling');
    await liu.whispers('leave 1 ill');
    for (const edit of ['time Wed 15:00', 'at Room 2', 'agenda Dues', 'title Talk'])
      await lin.whispers(`edit 2 ${edit}`);
    await until('2026-03-03T09:00:10+08:00');
    await until('2026-03-03T09:45:10+08:00');
    await wang.says('here 1');
    for (const person of [wang, liu, lin]) await pressesAll(person, group);
    await until('2026-03-03T10:05:00+08:00');
    await liu.says('here 1');
    await zhao.says('going 1');
    await until('2026-03-03T12:00:30+08:00');
    await lin.whispers('status 1');
    await lin.whispers('recall 2');
    await lin.whispers('export 1');
    expect((await all()).length).toBeGreaterThan(30);
    expect(await foreign()).toEqual([]);
  });

  it('of files that are sent, read, refused and stored', async () => {
    const { lin, wang, group, foreign, all, pressesAll, messenger } = await englishWorld();
    const options = ['One', 'Two'];
    const faulty = [
      bankRow('单选', 'Several answers', options, 'AB'),
      bankRow('多选', 'One answer', options, 'A'),
      bankRow('单选', 'No such option', options, 'E'),
      bankRow('单选', '', options, 'A'),
      bankRow('essay', 'No such kind', options, 'A'),
      bankRow('单选', 'Unreadable answer', options, 'the first'),
      bankRow('单选', 'No answer', options, ''),
      bankRow('单选', 'A gap', ['One', '', 'Three'], 'A'),
      bankRow('单选', 'One option', ['One'], 'A'),
      bankRow('单选', 'Twice the same', ['One', 'One'], 'A'),
      bankRow('判断', 'Neither', [], 'perhaps'),
      bankRow('单选', 'x'.repeat(1200), options, 'A'),
      ...bank,
      ...bank,
    ];
    for (const [name, content] of [
      ['Bank.xlsx', await bankSheet(faulty)],
      ['Bank.xlsx', await bankSheet(bank)],
      ['Other.xlsx', await sheetOf('Sheet1', [['a']])],
      ['Columns.xlsx', await sheetOf('题库', [['a', 'b']])],
      ['Survey.xlsx', await sheetOf('问卷', [['a', 'b']])],
      ['Empty.xlsx', await bankSheet([])],
      ['Aiken.txt', 'What is one?\nA. One\nB. Two\nANSWER: A\n'],
      ['Bank.gift', '::Q:: What is two? {=Two ~One}'],
      ['Rules.md', rules],
      ['Empty.md', ''],
      ['Damaged.docx', 'no zip'],
      ['Damaged.pdf', 'no pdf'],
      ['Old.doc', 'x'],
      ['Picture.png', 'x'],
    ] as const) {
      await lin.sends(name, content);
      await wang.sends(name, content);
      await pressesAll(lin, group);
    }
    const gone = await lin.sends('Rules.md', `${rules}\n\n## More\n\nMore of it.`);
    messenger.files.delete(gone);
    await pressesAll(lin, group);
    for (const word of ['template', 'privacy', 'privacy export', 'privacy delete'])
      await lin.whispers(word);
    await wang.whispers('How often do we study?');
    await wang.says('How long a week?');
    for (const person of [lin, wang]) await pressesAll(person, group);
    expect((await all()).length).toBeGreaterThan(200);
    expect(await foreign()).toEqual([]);
  });

  it('of documents in their editions, and of what may not be sent', async () => {
    const { lin, wang, group, foreign, all, pressesAll } = await englishWorld();
    for (const [name, text] of [
      ['Rules.md', rules],
      ['Rules 2.md', `${rules}\n\n## Since when\n\nIt has been in force since 2026-01-01.`],
      ['Other.md', '# Other rules\n\nThey hold until 2025-12-31.'],
      ['Regulation.md', `# 规则\n\n${regulation}`],
      ['Secret.md', '# Plans\n\n绝密★10年\n\nNobody may know.'],
      ['Persons.md', '# List\n\nWang 11010519491231002X, card 6222021234567890123'],
    ] as const) {
      await lin.sends(name, text);
      await pressesAll(lin, group);
    }
    await wang.whispers('Who is 11010519491231002X?');
    await lin.says('daily on 8:30 from Study rules');
    for (const word of [
      'docs',
      'docs rules',
      'docs nothing',
      'docs retire Study rules',
      'docs retire 99',
    ])
      for (const person of [lin, wang]) await person.whispers(word);
    await lin.says('docs');
    await lin.whispers('docs restore Study rules');
    await wang.whispers('How long a week?');
    for (const person of [lin, wang]) await pressesAll(person, group);
    expect((await all()).length).toBeGreaterThan(60);
    expect(await foreign('规则', '绝密★10年', ...regulation.split(/\s+/))).toEqual([]);
  });

  it('of a quiz from first to last', async () => {
    const { lin, wang, zhao, liu, group, foreign, all, pressesAll, until } = await englishWorld();
    await lin.sends('Numbers.xlsx', await bankSheet(bank));
    await pressesAll(lin, group);
    await lin.says('quiz Numbers 3 by 18:00');
    await lin.says('quiz Letters 3');
    await lin.says('quiz Numbers 50');
    await pressesAll(wang, group, { option_0: true });
    for (const words of [
      '',
      '1 A',
      '2 A',
      '2 AC',
      '3 true',
      '9 A',
      '1 Z',
      'what',
      'hand in',
      '1 B',
    ])
      await zhao.whispers(`answer 1 ${words}`.trim());
    await liu.whispers('answer 1 1 A');
    await liu.whispers('answer 1 hand in');
    await lin.whispers('status 1');
    await until('2026-03-02T18:00:30+08:00');
    await liu.whispers('answer 1 2 A');
    await pressesAll(liu, group);
    await lin.whispers('export 1');
    expect((await all()).length).toBeGreaterThan(100);
    expect(await foreign()).toEqual([]);
  });

  it('of what comes by itself: readings, reminders that were held, and what is out of reach', async () => {
    const { lin, wang, admin, group, db, messenger, foreign, all, until, settle } =
      await englishWorld();
    await lin.sends('Study rules.md', rules);
    await lin.presses('Add to library');
    await settle();
    await lin.says('daily on 8:30 workdays');
    await lin.says('daily');
    await until('2026-03-03T08:30:00+08:00');
    await until('2026-03-04T11:30:00+08:00');
    await until('2026-03-05T08:30:00+08:00');
    await lin.says('checkin Theme day by tomorrow 23:00');
    await until('2026-03-05T22:00:00+08:00');
    await lin.whispers('nudge');
    await until('2026-03-06T08:00:30+08:00');
    messenger.isGone = (to) => 'person' in to && to.person === wang.id;
    await lin.whispers('nudge');
    await until('2026-03-06T14:00:30+08:00');
    await lin.whispers('nudge');
    messenger.isGone = () => false;
    await lin.says('daily off');
    await lin.says('daily on 8:30 workdays');
    await db.client.document.deleteMany();
    await until('2026-03-09T08:30:00+08:00');
    await lin.sends('Study rules.md', rules);
    await lin.presses('Add to library');
    await until('2027-03-02T10:00:00+08:00');
    await lin.says('daily on 8:30 workdays');
    await lin.says('secretary @Wang', { mentions: [wang] });
    await group.leftBy(wang);
    await lin.says('unsecretary @Wang', { mentions: [wang] });
    await admin.says('bind Third Branch', { in: group });
    await group.happens('disbanded');
    await settle();
    expect((await all()).length).toBeGreaterThan(60);
    expect(await foreign()).toEqual([]);
  });
});

describe('in Chinese nothing is said in English', { timeout: 120_000 }, () => {
  it('whatever command anybody gives, whatever button they press, and what comes by itself', async () => {
    const here = await world({ adminInGroup: true });
    const { lin, wang, chen, admin, group, clock, settle } = here;
    const heard = overhear(here.messenger);
    await lin.sends('党章.xlsx', await bankSheet([bankRow('判断', '十比九大。', [], '对')]));
    await heard.pressesAll(lin, group);
    await lin.sends('制度.md', '# 学习制度\n\n第一条 每月集中学习一次。');
    await heard.pressesAll(lin, group);
    await lin.says('签到 主题党日 截止 18:00');
    for (const { example, word } of commands.all()) {
      for (const text of [example['zh-CN'].replace('12', '1'), example['zh-CN'], word['zh-CN']]) {
        for (const person of [wang, lin]) await person.says(text);
        for (const person of [lin, chen]) await person.whispers(text);
      }
    }
    for (const person of [lin, admin]) await heard.pressesAll(person, group);
    for (const at of [
      '2026-03-02T18:00:30+08:00',
      '2026-03-03T08:30:10+08:00',
      '2026-03-04T12:00:00+08:00',
    ]) {
      clock.set(at);
      await settle();
    }
    const lines = await heard.words();
    expect(lines.length).toBeGreaterThan(500);
    const english = lines.filter(
      (line) => !chinese.test(line) && /[A-Za-z]{2,} [a-z]{2,}/.test(line),
    );
    expect(english).toEqual([]);
  });
});
