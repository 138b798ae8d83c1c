import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nearButton } from '../../cards/bot/help.ts';
import { slip } from '../../cards/bot/kit.ts';
import { checkinAnswerCommand } from '../../handlers/rounds/checkin-commands.ts';
import { registerHelp } from '../../handlers/bot/help.ts';
import { closeCommand, statusCommand } from '../../handlers/rounds/rounds-commands.ts';
import { registerSmallTalk } from '../../handlers/bot/small-talk.ts';
import { defineAction } from '../../src/bot/action.ts';
import type { Bot, BotNeeds } from '../../src/bot/bot.ts';
import type { Happened, Locale, Place, Pressed, Reader, Reply, Said } from '../../src/bot/talk.ts';
import { must, Refusal } from '../../src/base/errors.ts';
import type { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import type { Standing } from '../../src/people/roster/types.ts';
import { buttonOf, textOf } from '../support/card-text.ts';
import { handClock } from '../support/clock.ts';
import { commandNamed, commands } from '../support/commands.ts';
import { knowing, speakingBot } from '../support/refusals.ts';

const zone = 'Asia/Shanghai';
const at = new Date('2026-11-25T16:30:00+08:00');
const reader = (locale: Locale = 'zh-CN'): Reader => ({ locale, zone, now: at });
const place = (kind: Place['kind']): Place => ({ id: 1 as ChatId, kind });
const base = { message: 'om_1' as MessageId, from: 5 as PersonId, at, trace: 't' };
const said = (text: string, kind: Place['kind'] = 'group'): Said => ({
  ...base,
  kind: 'said',
  place: place(kind),
  text,
  mentions: [],
});
const pressed = (action: string, value: unknown, kind: Place['kind'] = 'group'): Pressed => ({
  ...base,
  kind: 'pressed',
  place: place(kind),
  action,
  value,
  form: {},
});
const answer = defineAction('test.answer', z.object({ round: z.int() }));

const newBot = (attempt?: BotNeeds['attempt']) => speakingBot({ clock: handClock(at), attempt });
/** What the bot answers, which knows every command by then. */
const hears = (message: Said) => knowing(bot).handle(message);
let bot: Bot;
beforeEach(() => {
  bot = newBot();
});

describe('the router', () => {
  it('hands a command to its one handler with its parts', async () => {
    bot.onCommand(closeCommand, ({ parts, from }) =>
      Promise.resolve({ text: `${parts.round} ${from}` }),
    );
    expect(await hears(said('结束 12'))).toEqual({ text: '12 5' });
  });

  it('hands anything else to the question, with the command it was near', async () => {
    bot.onQuestion(({ question, near }) => Promise.resolve({ text: `${question} ${near?.name}` }));
    expect(await hears(said('会议记录怎么写'))).toEqual({ text: '会议记录怎么写 meeting' });
  });

  it('answers a refused message under it, with an example of the command', async () => {
    bot.onCommand(closeCommand, () => Promise.reject(new Refusal('NOT_SECRETARY')));
    expect(sees(await hears(said('结束 12')))).toContain('书记');
    expect(sees(await hears(said('结束')))).toContain('例如：结束 12');
    expect(sees(await hears(said('会议 支委会 昨天 10:00')))).toContain('例如：会议 支委会 明天');
  });

  it('says of a later command that it is not there yet and where to see what is', async () => {
    const line = sees(await hears(said('问卷 学习需求')));
    expect(line).toContain('以后的版本');
    expect(line).toContain('还没有开放');
    expect(line).toContain('发「帮助」看现在能做什么');
    // However many commands there are, a "no" stays one short line.
    expect(line.length).toBeLessThan(80);
  });

  it.each([['问卷 学习需求 截止 昨天 10:00', '已经过去了', '例如：问卷 学习需求']])(
    'says so too where %j could not be read, so nobody mends it in vain',
    async (text, ...parts) => {
      const line = sees(await hears(said(text)));
      for (const part of [...parts, '以后的版本', '还没有开放']) expect(line).toContain(part);
    },
  );

  it('says nothing of later where the command is there', async () => {
    expect(sees(await hears(said('签到 学习 截止 昨天')))).not.toContain('以后的版本');
  });

  it('offers the nearest command for an unknown one', async () => {
    const { card } = await hears(said('/stauts 12'));
    expect(textOf({ card: must(card) })).toContain('「进度」');
    expect(buttonOf({ card: must(card) }, '怎么用「进度」')).toBeDefined();
  });

  it('hands a press over with its value parsed', async () => {
    bot.onPress(answer, ({ value }) =>
      Promise.resolve({ toast: { type: 'info', content: `${value.round}` } }),
    );
    const reply = await bot.handle(pressed('test.answer', { round: 3 }));
    expect(reply).toEqual({ toast: { type: 'info', content: '3' } });
  });

  it('answers every press, also one that only brings a message or nothing to see', async () => {
    const replies: Reply[] = [
      { text: '#3 已撤回' },
      { card: slip('x', []) },
      {},
      { replace: slip('x', []) },
    ];
    bot.onPress(answer, ({ value }) => Promise.resolve(replies[value.round] ?? {}));
    const toast = async (round: number) =>
      (await bot.handle(pressed('test.answer', { round }))).toast;
    expect(await toast(0)).toEqual({ type: 'info', content: '#3 已撤回' });
    expect(await toast(1)).toEqual({ type: 'info', content: '好了，请看新消息' });
    expect(await toast(2)).toEqual({ type: 'info', content: '好了，请看新消息' });
    expect(await toast(3)).toBeUndefined();
  });

  it.each([
    ['test.answer', { round: 'x' }],
    ['test.answer', null],
    ['test.other', {}],
    ['__proto__', {}],
    ['', undefined],
  ])('answers a forged press %s %j with a toast and calls nobody', async (action, value) => {
    let calls = 0;
    bot.onPress(answer, () => Promise.resolve({ text: String((calls += 1)) }));
    expect(await bot.handle(pressed(action, value))).toEqual({
      toast: { type: 'warning', content: expect.stringContaining('按钮') as string },
    });
    expect(calls).toBe(0);
  });

  it('answers a refused press with a toast and no card', async () => {
    bot.onPress(answer, () => Promise.reject(new Refusal('ROUND_CLOSED', { number: 3 })));
    expect(await bot.handle(pressed('test.answer', { round: 3 }))).toEqual({
      toast: { type: 'warning', content: '#3 已经结束了，没有改动。' },
    });
  });

  it('throws a bug to whoever called, from messages and presses alike', async () => {
    bot.onCommand(statusCommand, () => Promise.reject(new Error('broken')));
    bot.onPress(answer, () => Promise.reject(new Error('broken')));
    await expect(hears(said('进度'))).rejects.toThrow('broken');
    await expect(bot.handle(pressed('test.answer', { round: 3 }))).rejects.toThrow('broken');
  });

  it('takes one handler for each thing', () => {
    const nothing = () => Promise.resolve({});
    bot.onCommand(statusCommand, nothing);
    bot.onPress(answer, nothing);
    bot.onQuestion(nothing);
    bot.on('joined', nothing);
    expect(() => bot.onCommand(statusCommand, nothing)).toThrow('status');
    expect(() => bot.onPress(answer, nothing)).toThrow('test.answer');
    expect(() => bot.onQuestion(nothing)).toThrow('question');
    expect(() => bot.on('joined', nothing)).toThrow('joined');
  });

  it('lets what a refusing handler wrote be undone', async () => {
    const undone: string[] = [];
    bot = newBot(async (work) => {
      try {
        return await work();
      } catch (error) {
        undone.push(String(error));
        throw error;
      }
    });
    bot.onCommand(statusCommand, () => Promise.reject(new Refusal('NOT_SECRETARY')));
    await hears(said('进度'));
    expect(undone).toEqual(['Refusal: NOT_SECRETARY']);
  });

  it('says nothing to an event nobody waits for', async () => {
    const happened: Happened = {
      kind: 'happened',
      what: 'left',
      place: place('group'),
      people: [],
      at,
      trace: 't',
    };
    expect(await bot.handle(happened)).toEqual({});
  });
});

describe('small talk', () => {
  beforeEach(() => registerSmallTalk({ bot }));

  it.each(['谢谢', '你好', '收到', '👍'])(
    '%s: nothing in a group, a line in private',
    async (text) => {
      expect(await hears(said(text))).toEqual({});
      const { text: line = '' } = await hears(said(text, 'private'));
      expect(line).toMatch(/^[^\n]{2,50}$/);
    },
  );

  it('says of a sticker what can be sent', async () => {
    const sticker = { ...base, kind: 'other', what: 'sticker', place: place('private') } as const;
    expect(sees(await bot.handle(sticker))).toContain('文字和文件');
  });
});

describe('帮助', () => {
  const nobody: Standing = { admin: false, secretary: false, member: false, bound: false };
  const member: Standing = { ...nobody, member: true, bound: true };
  const secretary: Standing = { ...member, secretary: true };
  async function help(
    standing: Standing,
    kind: Place['kind'] = 'group',
    handlers: (bot: Bot) => void = () => {},
  ) {
    bot = newBot();
    handlers(bot);
    registerHelp({ bot, roster: { standing: () => Promise.resolve(standing) } });
    const { card } = await hears(said('', kind));
    return { card: must(card) };
  }

  it('shows each person what they can do here', async () => {
    const ofMember = textOf(await help(member));
    expect(ofMember).toContain('[签到]');
    expect(ofMember).not.toContain('结束 编号');
    const ofSecretary = textOf(await help(secretary));
    expect(ofSecretary).toContain('签到 标题 [截止 时间]');
    expect(ofSecretary).toContain('[看进度]');
    expect(textOf(await help(nobody))).toContain('绑定 支部名');
    expect(textOf(await help(secretary, 'private'))).toContain('.md .txt .html');
  });

  it('leaves out what is not there yet', async () => {
    const text = textOf(await help({ ...secretary, admin: true }));
    for (const { isThere, usage } of commands.all())
      expect(text.includes(`**${usage['zh-CN']}**`)).toBe(
        isThere !== false && usage['zh-CN'] !== '帮助',
      );
  });

  it('keeps what everybody may do apart from what secretaries may, whoever may both', async () => {
    const text = textOf(await help({ ...secretary, admin: true }, 'private'));
    const [forAll = '', forKeepers = ''] = text.split('书记和管理员');
    expect(forAll).toContain('**我的**');
    expect(forAll).not.toContain('**催办');
    expect(forKeepers).toContain('**催办 [编号]**');
    expect(textOf(await help(member))).not.toContain('书记和管理员');
  });

  it('does by a button what the word does, for whoever presses', async () => {
    const card = await help(secretary, 'group', (here) => {
      here.onCommand(statusCommand, ({ from, parts }) =>
        Promise.resolve({ text: `${from} ${JSON.stringify(parts)}` }),
      );
      here.onCommand(checkinAnswerCommand, () => Promise.reject(new Refusal('NO_OPEN_ROUND')));
    });
    const press = async (label: string) => {
      const { action, value } = must(buttonOf(card, label));
      return bot.handle(pressed(action, value));
    };
    expect((await press('看进度')).toast?.content).toBe('5 {}');
    expect((await press('签到')).toast?.content).toContain('没有进行中的签到');
    expect((await press('发起签到')).toast?.content).toContain('签到 主题党日学习 截止 明天 18:00');
    const forged = await bot.handle(pressed('help.run', { command: 'privacy' }));
    expect(forged.toast?.content).toContain('按钮');
  });

  it('shows how a near command is written, or that it is not there yet', async () => {
    await help(member);
    const show = (command: string) => bot.handle(pressed('help.usage', { command }, 'private'));
    expect(sees(await show('close'))).toContain('例如：结束 12');
    expect((await show('survey')).toast?.content).toContain('还没有开放');
    expect((await show('nonsense')).toast?.content).toContain('按钮');
    expect(JSON.stringify(nearButton(reader(), commandNamed('close')))).toContain(
      '是不是想用「结束」',
    );
  });
});

function sees(reply: Awaited<ReturnType<Bot['handle']>>): string {
  return reply.card ? textOf({ card: reply.card }) : (reply.text ?? '');
}
