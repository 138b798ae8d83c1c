import { describe, expect, it } from 'vitest';
import { wordsIn } from '../../src/bot/commands.ts';
import { parse, type Reading } from '../../src/bot/parse.ts';
import type { Mention } from '../../src/bot/talk.ts';
import { Refusal, type Refused } from '../../src/base/errors.ts';
import type { PersonId } from '../../src/base/ids.ts';
import { commands } from '../support/commands.ts';

const zone = 'Asia/Shanghai';
/** A Wednesday afternoon. */
const written = new Date('2026-11-25T16:30:00+08:00');
const wang: Mention = { person: 7 as PersonId, name: '王芳' };
const zhao: Mention = { person: 8 as PersonId, name: 'Zhao Min' };

function reading(text: string, { now = written, mentions = [wang, zhao] } = {}): Reading {
  const mentioned = mentions.filter(({ name }) => text.includes(`@${name}`));
  return parse({ text, mentions: mentioned, at: written }, { now, zone }, commands);
}
/** The command with its parts, in one line; `NO CODE` for a refusal; `? near` for a question. */
function read(text: string, options?: { now?: Date; mentions?: Mention[] }): string {
  try {
    const got = reading(text, options);
    if (got.is === 'question') return `? ${got.near?.name ?? ''}`.trim();
    if (got.is === 'small-talk') return `small talk: ${got.smallTalk}`;
    return `${got.command.name} ${shown(got.parts)}`.trim();
  } catch (error) {
    if (error instanceof Refusal) return `NO ${error.code}`;
    throw error;
  }
}
function shown(parts: object): string {
  const day = (value: unknown) =>
    value instanceof Date
      ? new Date(value.getTime() + 8 * 3_600_000).toISOString().slice(5, 16)
      : JSON.stringify(value);
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}=${day(value)}`).join(' ');
}
const cases = (rows: [text: string, expected: string][]) =>
  it.each(rows)('%j → %s', (text, expected) => expect(read(text)).toBe(expected));

describe('a command is its first word, with or without a slash; both languages are equal', () => {
  cases([
    ['帮助', 'help'],
    ['/帮助', 'help'],
    ['／帮助', 'help'],
    ['／ help', 'help'],
    ['HELP', 'help'],
    ['帮助。', 'help'],
    ['绑定 第一党支部', 'bind name="第一党支部"'],
    ['bind First Branch', 'bind name="First Branch"'],
    ['绑定 第一党支部。', 'bind name="第一党支部"'],
    ['bind First Branch!', 'bind name="First Branch"'],
    ['书记 @王芳', 'secretary person=7'],
    ['secretary @Zhao Min', 'secretary person=8'],
    ['撤销书记 @王芳', 'unsecretary person=7'],
    ['unsecretary @王芳', 'unsecretary person=7'],
    ['签到 主题党日 截止 18:00', 'checkinOpen title="主题党日" by=11-25T18:00'],
    ['打卡 主题党日', 'checkinOpen title="主题党日"'],
    ['checkin Theme day by tomorrow 9:30', 'checkinOpen title="Theme day" by=11-26T09:30'],
    ['签到', 'checkinAnswer'],
    ['打卡', 'checkinAnswer'],
    ['CheckIn', 'checkinAnswer'],
    ['答 12', 'answer round=12'],
    ['答 12 已学完', 'answer round=12 text="已学完"'],
    ['answer 12 done', 'answer round=12 text="done"'],
    ['改 12 标题 新标题', 'edit round=12 title="新标题"'],
    ['改 12 截止 明天 18:00', 'edit round=12 by=11-26T18:00'],
    ['改 12 标题 新标题 截止 明天', 'edit round=12 by=11-26T18:00 title="新标题"'],
    ['改 12 地点 三楼', 'edit round=12 at="三楼"'],
    ['改 12 时间 明天 9:00', 'edit round=12 time=11-26T09:00'],
    ['改 12 议题 一；二', 'edit round=12 agenda="一；二"'],
    ['edit 12 at Room 301', 'edit round=12 at="Room 301"'],
    ['edit 12 time tomorrow 9:00', 'edit round=12 time=11-26T09:00'],
    ['edit 12 agenda Plan; budget', 'edit round=12 agenda="Plan; budget"'],
    ['到 12', 'here round=12'],
    ['here 12', 'here round=12'],
    ['会议支委会明天10:00', 'meeting type="committee" time=11-26T10:00'],
    ['会议 支部党员大会 明天 10:00', 'meeting type="general" time=11-26T10:00'],
    ['edit 12 title At home', 'edit round=12 title="At home"'],
    ['edit 12 by 6pm', 'edit round=12 by=11-25T18:00'],
    ['进度', 'status'],
    ['进度 12', 'status round=12'],
    ['status #12', 'status round=12'],
    ['结束 12', 'close round=12'],
    ['close 12', 'close round=12'],
    ['撤回 12', 'recall round=12'],
    ['recall #12', 'recall round=12'],
  ]);

  it('has no word that means two commands, but for the check-in with and without a title', () => {
    const words = commands
      .all()
      .filter(({ name }) => name !== 'checkinAnswer')
      .flatMap(wordsIn);
    expect(new Set(words).size).toBe(words.length);
  });

  it.each(commands.all())(
    'reads the example of $name in both languages as that command',
    (command) => {
      for (const locale of ['zh-CN', 'en-US'] as const) {
        const example = command.example[locale];
        const mentions = [wang, { ...wang, name: 'Wang Fang' }];
        const expected = command.isThere === false ? 'NO NOT_YET' : command.name;
        expect(read(example, { mentions }).split(' ').slice(0, 2).join(' ')).toContain(expected);
        expect(read(`/${example}`, { mentions })).toContain(expected);
      }
    },
  );
});

describe('full-width signs are read as their half-width twins', () => {
  cases([
    ['进度　＃１２', 'status round=12'],
    ['签到　主题党日　截止　１８：００', 'checkinOpen title="主题党日" by=11-25T18:00'],
    ['签到：主题党日', 'checkinOpen title="主题党日"'],
    ['答 １２，已学完', 'answer round=12 text="已学完"'],
    ['ｓｔａｔｕｓ １２', 'status round=12'],
  ]);

  it('leaves the words of people as they wrote them', () => {
    expect(read('签到　第１期：党课，上　截止　１８：００')).toBe(
      'checkinOpen title="第１期：党课，上" by=11-25T18:00',
    );
  });
});

describe('with a slash the text is a command and is answered as one', () => {
  cases([
    ['/foo', 'NO COMMAND_UNKNOWN'],
    ['/谢谢', 'NO COMMAND_UNKNOWN'],
    ['/党章是什么', 'NO COMMAND_UNKNOWN'],
    ['/绑定', 'NO PART_MISSING'],
    ['/结束', 'NO PART_MISSING'],
    ['/结束 第一个', 'NO PART_UNREADABLE'],
    ['/进度 第一个', 'NO PART_UNREADABLE'],
    ['/书记 王芳', 'NO PART_UNREADABLE'],
    ['/帮助 我', 'help'],
    ['/', 'help'],
  ]);

  it.each([
    ['/stauts 12', 'status'],
    ['/签道 学习', 'checkinAnswer'],
    ['/绑订', 'bind'],
    ['/recal 3', 'recall'],
    ['/xyz', undefined],
  ])('suggests the nearest for %s', (text, near) => {
    const facts = refusalOf(() => reading(text)).facts;
    expect(facts['near']).toBe(near);
  });
});

function refusalOf(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('not refused');
}

describe('without a slash a first word whose needed part is not there makes a question', () => {
  cases([
    ['会议记录怎么写', '? meeting'],
    ['学习 二十大报告有哪些要点', '? study'],
    ['学习 20大报告有哪些要点', '? study'],
    ['help me find the rules', '? help'],
    ['进度 怎么看', '? status'],
    ['结束 12 个月的学习', '? close'],
    ['书记是谁', '? secretary'],
    ['书记 是怎么选的', '? secretary'],
    ['绑定 怎么操作', '? bind'],
    ['答 什么', '? answer'],
    ['会议 党课 有哪些要求', '? meeting'],
    ['会议纪要', '? meeting'],
    ['会议 纪要怎么写', '? meeting'],
    ['签到率怎么算', '? checkinAnswer'],
    ['怎么签到', '? checkinAnswer'],
    ['签到 怎么用', '? checkinOpen'],
    ['打卡 如何操作？', '? checkinOpen'],
    ['签到 吗', '? checkinOpen'],
    ['签到 如何学好党章', 'checkinOpen title="如何学好党章"'],
    ['签到 今天学了吗？', 'checkinOpen title="今天学了吗？"'],
    ['我要签到', '? checkinAnswer'],
    ['how to bind a group', '? bind'],
    ['你能做什么', '? help'],
    ['what can you do?', '? help'],
    ['staus 12', '? status'],
    ['党员的义务有哪些', '?'],
    ['学习党章的意义是什么', '?'],
    ['我的权利有哪些', '?'],
    ['改进作风', '?'],
    ['到底什么是四个意识', '?'],
    ['history of the party', '?'],
    ['mean', '?'],
  ]);

  it('keeps the whole text as the question', () => {
    expect(reading('学习 二十大报告有哪些要点')).toMatchObject({
      question: '学习 二十大报告有哪些要点',
    });
  });

  // The word alone asks nothing that could be looked up.
  cases([
    ['结束', 'NO PART_MISSING'],
    ['绑定', 'NO PART_MISSING'],
    ['改 12', 'NO PART_MISSING'],
    ['改 12 别的', 'NO PART_UNREADABLE'],
    ['改 12 标题', 'NO PART_MISSING'],
    ['close', 'NO PART_MISSING'],
  ]);
});

describe('plain intent with a value that is past or wrong is refused', () => {
  cases([
    ['会议 支委会 昨天 10:00', 'NO TIME_PAST'],
    ['会议 支委会 25:99', 'NO TIME_UNREADABLE'],
    ['会议 支委会 明天', 'NO CLOCK_TIME_MISSING'],
    ['会议 支委会', 'NO PART_MISSING'],
    ['会议 班会 明天 10:00', 'NO MEETING_TYPE'],
    ['会议 明天 10:00', 'NO MEETING_TYPE'],
    ['meeting party tomorrow 10:00', 'NO MEETING_TYPE'],
    ['改 12 时间 昨天 9:00', 'NO TIME_PAST'],
    ['改 12 时间 明天', 'NO CLOCK_TIME_MISSING'],
    ['meeting committee yesterday 10:00 at Room 301', 'NO TIME_PAST'],
    ['每日一学 开 25:99', 'NO TIME_UNREADABLE'],
    ['每日一学 开', 'NO PART_MISSING'],
    ['daily on 25:99', 'NO TIME_UNREADABLE'],
    ['签到 党课 截止 昨天', 'NO TIME_PAST'],
    ['签到 党课 截止 16:00', 'NO TIME_PAST'],
    ['签到 党课 截止 25:99', 'NO TIME_UNREADABLE'],
    ['签到 党课 截止 明天下午', 'NO CLOCK_TIME_MISSING'],
    ['签到 党课 截止25:99', 'NO TIME_UNREADABLE'],
    ['签到 党课 截止', 'NO PART_MISSING'],
    ['签到 截止 18:00', 'NO PART_MISSING'],
    ['进度 #abc', 'NO PART_UNREADABLE'],
    ['结束 -1', 'NO PART_UNREADABLE'],
    ['结束 99999999999', 'NO PART_UNREADABLE'],
    ['书记 @李四', 'NO PERSON_UNKNOWN'],
    ['书记 @王芳 @Zhao Min', 'NO PART_UNREADABLE'],
    ['学习 0', 'NO PART_UNREADABLE'],
    ['学习 99999 党章', 'NO PART_UNREADABLE'],
    ['导出 13月', 'NO PART_UNREADABLE'],
    ['勿扰 25:00-8:00', 'NO TIME_UNREADABLE'],
    ['测验 党章 500题', 'NO PART_UNREADABLE'],
    ['测验', 'quiz'],
    ['测验 党章 5题 截止 18:00', 'quiz bank="党章" count=5 by=11-25T18:00'],
    ['quiz 10', 'quiz count=10'],
    ['改 12 截止 昨天', 'NO TIME_PAST'],
  ]);

  it.each([
    ['导出', 'export'],
    ['导出 12', 'export round=12'],
    ['导出 11月', 'export period={"year":2026,"month":11}'],
    ['导出 2026Q3', 'export period={"year":2026,"quarter":3}'],
    ['导出 第四季度', 'export period={"year":2026,"quarter":4}'],
    ['export Nov', 'export period={"year":2026,"month":11}'],
    ['模板', 'template'],
    ['/template', 'template'],
  ])('but read where it can be: %j', (text, expected) => expect(read(text)).toBe(expected));

  it('says which command it was about, so that its example can be shown', () => {
    expect(refusalOf(() => reading('会议 支委会 昨天 10:00')).facts).toEqual({
      said: '昨天 10:00',
      command: 'meeting',
    });
  });
});

describe('a command whose capability comes later says so', () => {
  cases(
    ['问卷 需求', '台账 本季', 'ledger 2026Q3', '应办', 'due', '错题', '交接 @王芳'].map((text) => [
      text,
      'NO NOT_YET',
    ]),
  );
});

describe('the daily reading', () => {
  cases([
    ['每日一学', 'daily'],
    ['每日一学 关', 'daily set="off"'],
    ['daily off', 'daily set="off"'],
    [
      '每日一学 开 8:30 工作日 资料 党章',
      'daily set="on" at={"hour":8,"minute":30} workdays=true from="党章"',
    ],
    [
      'daily on 8:30 workdays from Constitution',
      'daily set="on" at={"hour":8,"minute":30} workdays=true from="Constitution"',
    ],
    ['每日一学 开 ２０：００', 'daily set="on" at={"hour":20,"minute":0} workdays=false'],
  ]);
});

describe('the documents of a branch', () => {
  cases([
    ['资料', 'docs does="list"'],
    ['/docs', 'docs does="list"'],
    ['资料 党章', 'docs does="list" search="党章"'],
    ['docs study rules', 'docs does="list" search="study rules"'],
    ['资料 停用 12', 'docs does="retire" which="12"'],
    ['资料 停用 #12', 'docs does="retire" which="12"'],
    ['资料停用 《学习制度》', 'docs does="retire" which="学习制度"'],
    ['资料：停用 学习制度。', 'docs does="retire" which="学习制度"'],
    ['docs retire Study rules', 'docs does="retire" which="Study rules"'],
    ['资料 恢复 12', 'docs does="restore" which="12"'],
    ['docs restore 12', 'docs does="restore" which="12"'],
    ['资料 停用', 'NO PART_MISSING'],
    // what is said to somebody, or asks something, is a question
    ['资料在哪里找', '?'],
    ['资料 在哪里找', '? docs'],
    ['资料发我一份', '?'],
    ['资料 请发给我', '? docs'],
    ['资料 收到', '? docs'],
    ['资料停用后怎么恢复', '?'],
    ['资料 停用了怎么办', '? docs'],
    ['资料 停用 怎么操作', '? docs'],
    ['资料 二十大报告里关于党的自我革命有一段很长的论述', '? docs'],
    ['docs where are they', '? docs'],
  ]);
});

describe('a standard answer written by word', () => {
  const written = 'question="多长" answer="一年。" source="党章 第七条"';
  cases([
    ['标准答案 问题：多长 答案：一年。 出处：党章 第七条', `standard does="write" ${written}`],
    ['标准答案 出处：党章 第七条；答：一年。 问：多长', `standard does="write" ${written}`],
    ['标准答案 问题：多长 答案：一年。', 'NO PART_MISSING'],
    ['标准答案 问题：多长 出处：党章', 'NO PART_MISSING'],
    ['标准答案 问题：多长 答案： 出处：党章', 'NO PART_MISSING'],
    ['标准答案 停用 3', 'standard does="retire" which=3'],
    ['标准答案 停用 三', 'NO PART_UNREADABLE'],
    ['标准答案 预备期', 'standard does="list" search="预备期"'],
    ['标准答案 是什么', '? standard'],
  ]);
});

describe('glued forms work where they can mean one thing only', () => {
  cases([
    ['进度12', 'status round=12'],
    ['进度#12', 'status round=12'],
    ['status12', 'status round=12'],
    ['结束12', 'close round=12'],
    ['结束12号', 'close round=12'],
    ['撤回#3', 'recall round=3'],
    ['答12 好', 'answer round=12 text="好"'],
    ['改12 截止18:00', 'edit round=12 by=11-25T18:00'],
    ['改12截止18:00', 'edit round=12 by=11-25T18:00'],
    ['改１２标题 党课', 'edit round=12 title="党课"'],
    ['改 12标题：党课', 'edit round=12 title="党课"'],
    ['改12个标题', '?'],
    ['签到主题党日学习', 'checkinOpen title="主题党日学习"'],
    ['签到主题党日学习 截止 18:00', 'checkinOpen title="主题党日学习" by=11-25T18:00'],
    ['签到12月主题党日', 'checkinOpen title="12月主题党日"'],
    ['打卡主题党日', 'checkinOpen title="主题党日"'],
    ['绑定第一党支部', 'bind name="第一党支部"'],
    ['书记@王芳', 'secretary person=7'],
    ['撤销书记@王芳', 'unsecretary person=7'],
    ['签到了', 'checkinAnswer'],
    // not one thing only
    ['结束12月的学习', '? close'],
    ['答12题怎么选', '?'],
    ['签到怎么用', '? checkinAnswer'],
    ['打卡时间', '? checkinAnswer'],
    ['签到表在哪里', '? checkinAnswer'],
    ['绑定支部要什么条件', '? bind'],
    ['checkinTheme day', '?'],
  ]);
});

describe('a number behind 签到 names the round to answer: a title of digits alone says nothing', () => {
  cases([
    ['签到 12', 'answer round=12'],
    ['打卡 #12', 'answer round=12'],
    ['签到12', 'answer round=12'],
    ['checkin 12', 'answer round=12'],
    ['签到 12 月主题党日', 'checkinOpen title="12 月主题党日"'],
  ]);
});

describe('thanks, greetings and 收到 are small talk', () => {
  cases([
    ['谢谢', 'small talk: thanks'],
    ['好的，谢谢！', 'small talk: thanks'],
    ['好的谢谢', 'small talk: thanks'],
    ['谢谢学伴', 'small talk: thanks'],
    ['Thank you!', 'small talk: thanks'],
    ['你好', 'small talk: greeting'],
    ['大家早上好', 'small talk: greeting'],
    ['书记好', 'small talk: greeting'],
    ['各位老师', '?'],
    ['早', 'small talk: greeting'],
    ['Hello', 'small talk: greeting'],
    ['收到', 'small talk: received'],
    ['收到！！', 'small talk: received'],
    ['OK', 'small talk: received'],
    ['ok 收到', 'small talk: received'],
    ['👍', 'small talk: received'],
    ['[赞]', 'small talk: received'],
    ['好的党员是什么样的', '?'],
    ['hi-tech policy', '?'],
    ['谢谢，党费怎么交', '?'],
  ]);
});

describe('calling the bot with nothing to say shows the help', () => {
  cases([
    ['', 'help'],
    [' \u200b\n', 'help'],
    ['？', 'help'],
    ['@王芳', 'help'],
  ]);
});

describe('截止 or by after a space begins the end time, the last one counts, inside a word it is text', () => {
  cases([
    ['签到 截止目前的学习', 'checkinOpen title="截止目前的学习"'],
    ['签到 学习 截止2026年的总结', 'checkinOpen title="学习 截止2026年的总结"'],
    ['签到 学习 截止 讨论 截止 18:00', 'checkinOpen title="学习 截止 讨论" by=11-25T18:00'],
    [
      '会议 党课 明天 10:00 议题 学习《地点 三楼》',
      'meeting type="lecture" time=11-26T10:00 agenda="学习《地点 三楼》"',
    ],
    ['签到 学习 截止 18:00 讨论', 'checkinOpen title="学习 讨论" by=11-25T18:00'],
    ['签到 学习 截止18:00', 'checkinOpen title="学习" by=11-25T18:00'],
    ['签到 学习 截止：明天 9:30', 'checkinOpen title="学习" by=11-26T09:30'],
    ['签到 学习，截止时间：周五', 'checkinOpen title="学习" by=11-27T18:00'],
    ['签到 学习\n截止 18:00', 'checkinOpen title="学习" by=11-25T18:00'],
    ['checkin Stand by me by 18:00', 'checkinOpen title="Stand by me" by=11-25T18:00'],
    ['checkin Stand by me', 'checkinOpen title="Stand by me"'],
    ['checkin Stand-by goodbye', 'checkinOpen title="Stand-by goodbye"'],
    ['签到 学习 by 18:00', 'checkinOpen title="学习" by=11-25T18:00'],
    ['签到 学习 截止 后天', 'checkinOpen title="学习" by=11-27T18:00'],
  ]);
});

describe('times are read as written and judged when handled', () => {
  const late = new Date('2026-11-26T09:00:00+08:00');
  it('reads 明天 against the time of writing', () => {
    expect(read('签到 学习 截止 明天 18:00', { now: late })).toContain('by=11-26T18:00');
  });
  it('refuses one that is past by now', () => {
    expect(read('签到 学习 截止 明天 8:00', { now: late })).toBe('NO TIME_PAST');
    expect(read('签到 学习 截止 30分钟后', { now: late })).toBe('NO TIME_PAST');
  });
});

describe('bad input', () => {
  it('refuses a title over 100 characters with the limit', () => {
    expect(read(`签到 ${'长'.repeat(100)}`)).toContain('checkinOpen');
    expect(refusalOf(() => reading(`签到 ${'长'.repeat(10_000)}`))).toMatchObject({
      code: 'TEXT_TOO_LONG',
      facts: { limit: 100, command: 'checkinOpen' },
    });
  });

  it('keeps markup as text', () => {
    expect(read('签到 <at id=all></at> **党课**')).toBe(
      'checkinOpen title="<at id=all></at> **党课**"',
    );
  });

  cases([
    ['签到 党\u0000课\u0007 \ud83d 上', 'checkinOpen title="党课 上"'],
    ['\u200b签到\ufeff 党课', 'checkinOpen title="党课"'],
    ['签到   党课 \n\n 上', 'checkinOpen title="党课 上"'],
    ['签到 党课 😀', 'checkinOpen title="党课"'],
    ['答 12 第一行\n第二行', 'answer round=12 text="第一行\\n第二行"'],
    ['__proto__', '?'],
    ['/constructor', 'NO COMMAND_UNKNOWN'],
    ['问'.repeat(500), '?'],
    ['问'.repeat(501), 'NO TEXT_TOO_LONG'],
  ]);

  it.each(['截止x ', 'at ', '标题 ', '地点：', '签到', '谢谢', '1:', '#1 '])(
    'stays quick however often %j is repeated',
    (piece) => {
      const text = piece.repeat(20_000 / piece.length);
      const start = performance.now();
      for (const first of ['', '/', '签到 ', '会议 支委会 ', '改 1 ', '每日一学 开 '])
        read(first + text);
      expect(performance.now() - start).toBeLessThan(3_000);
    },
  );
});
