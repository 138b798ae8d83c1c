import * as lark from '@larksuiteoapi/node-sdk';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { movableClock } from '../../simulator/clock.ts';
import { personId, privateChatOf, studyGroup, volunteerGroup } from '../../simulator/sample.ts';
import { openScene } from '../../simulator/scene.ts';
import { createSimulator, type SimulatorOptions } from '../../simulator/simulator.ts';
import { openReceiver, proof, type Reply } from '../support/receiver.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const silent = () => undefined;
const logger = { error: silent, warn: silent, info: silent, debug: silent, trace: silent };
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A simulator on its own port, the real SDK towards it, and an app that only listens. */
async function open(options: Partial<SimulatorOptions> = {}) {
  // The SDK keeps tokens per app for the whole process: each simulator has an app of its own.
  const id = `cli_${randomBytes(8).toString('hex')}`;
  const app = { id, secret: 'secret', encryptKey: 'encrypt key', verificationToken: 'vtoken' };
  const clock = movableClock();
  const simulator = createSimulator({ app, clock, ...options });
  closers.push(() => simulator.close());
  const { port, domain } = await simulator.listen();
  const receiver = await openReceiver(app.encryptKey);
  closers.push(() => receiver.close());
  simulator.aim(receiver.url);
  const client = new lark.Client({ appId: id, appSecret: app.secret, domain, logger });
  return { simulator, clock, client, receiver, app, port, domain, lin: simulator.person('lin') };
}
type Opened = Awaited<ReturnType<typeof open>>;

const text = (content: string) => ({
  msg_type: 'text',
  content: JSON.stringify({ text: content }),
});
const cardWith = (...elements: object[]) => ({
  schema: '2.0',
  header: { title: { tag: 'plain_text', content: '签到' } },
  body: { elements },
});
const button = (label: string, more: object = {}) => ({
  tag: 'button',
  text: { tag: 'plain_text', content: label },
  behaviors: [{ type: 'callback', value: { action: 'press' } }],
  ...more,
});

function send(
  { client }: Opened,
  chat: string,
  message: { msg_type: string; content: string },
  uuid?: string,
) {
  return client.im.v1.message.create({
    params: { receive_id_type: chat.startsWith('ou_') ? 'open_id' : 'chat_id' },
    data: { receive_id: chat, ...message, uuid },
  });
}
const sendCard = (opened: Opened, card: object) =>
  send(opened, studyGroup, { msg_type: 'interactive', content: JSON.stringify(card) });

/** The platform's refusal of `work`: HTTP status, code and text. */
async function refusal(work: Promise<unknown>) {
  type Refused = {
    response: {
      status: number;
      data: { code: number; msg: string };
      headers: Record<string, string>;
    };
  };
  const { response } = await work.then(
    (value) => expect.unreachable(`went through: ${JSON.stringify(value)}`),
    (error: unknown) => error as Refused,
  );
  const { status, data, headers } = response;
  return { status, code: data.code, msg: data.msg, headers };
}

describe('the Open API', () => {
  it('knows the bot by a token, and refuses a token it has not given', async () => {
    const { client, domain, simulator } = await open();
    const info = await client.request<{ bot: { open_id: string } }>({
      method: 'GET',
      url: '/open-apis/bot/v3/info',
    });
    expect(info.bot.open_id).toMatch(/^ou_/);
    simulator.forgetTokens();
    const stale = client.request({ method: 'GET', url: '/open-apis/bot/v3/info' });
    expect(await refusal(stale)).toMatchObject({ status: 400, code: 99991663 });
    const bare = await fetch(`${domain}/open-apis/bot/v3/info`);
    expect(await bare.json()).toMatchObject({ code: 99991661 });
  });

  it('gives the same token until half an hour is left, then another; the first stays good', async () => {
    const { app, clock, domain } = await open();
    const ask = async () => {
      const body = JSON.stringify({ app_id: app.id, app_secret: app.secret });
      const url = `${domain}/open-apis/auth/v3/tenant_access_token/internal`;
      const answer = await fetch(url, { method: 'POST', body });
      return (await answer.json()) as { tenant_access_token: string; expire: number };
    };
    const first = await ask();
    clock.pass(80 * minute);
    expect(await ask()).toEqual({ ...first, code: 0, msg: 'success', expire: 40 * 60 });
    clock.pass(15 * minute);
    expect((await ask()).tenant_access_token).not.toBe(first.tenant_access_token);
    const headers = { authorization: `Bearer ${first.tenant_access_token}` };
    expect((await fetch(`${domain}/open-apis/bot/v3/info`, { headers })).status).toBe(200);
    clock.pass(30 * minute);
    expect((await fetch(`${domain}/open-apis/bot/v3/info`, { headers })).status).toBe(400);
  });

  it('shows what the bot sends, answers, changes and takes back', async () => {
    const opened = await open();
    const { client, simulator, lin } = opened;
    const asked = await lin.says(studyGroup, '@学伴 你好');
    const sent = await send(opened, studyGroup, text(`<at user_id="${lin.id}">林静</at> 请看`));
    expect(sent).toMatchObject({ code: 0, data: { chat_id: studyGroup } });
    const id = sent.data?.message_id ?? '';
    await client.im.v1.message.reply({ path: { message_id: asked.id }, data: text('在') });
    expect(simulator.messagesOf(studyGroup)).toMatchObject([
      { content: { parts: [{ kind: 'at', name: '学伴' }, { text: ' 你好' }] } },
      { content: { parts: [{ kind: 'at', id: lin.id, name: '林静' }, { text: ' 请看' }] } },
      { content: { parts: [{ text: '在' }] }, replyTo: asked.id },
    ]);
    await client.im.v1.message.update({ path: { message_id: id }, data: text('改过了') });
    expect(simulator.messagesOf(studyGroup)[1]).toMatchObject({ edited: true, version: 2 });
    await client.im.v1.message.delete({ path: { message_id: id } });
    expect(simulator.messagesOf(studyGroup)[1]).toMatchObject({ recalled: true });
    const again = client.im.v1.message.update({ path: { message_id: id }, data: text('晚了') });
    expect(await refusal(again)).toMatchObject({ code: 230011 });
  });

  it('replaces a card for everyone, for 14 days and five times a second', async () => {
    const opened = await open();
    const { client, clock, simulator } = opened;
    const sent = await sendCard(opened, cardWith(button('签到')));
    const patch = (label: string) =>
      client.im.v1.message.patch({
        path: { message_id: sent.data?.message_id ?? '' },
        data: { content: JSON.stringify(cardWith(button(label))) },
      });
    for (const label of ['1', '2', '3', '4', '5'])
      expect(await patch(label)).toMatchObject({ code: 0 });
    expect(await refusal(patch('6'))).toMatchObject({ status: 400, code: 230020 });
    expect(JSON.stringify(simulator.messagesOf(studyGroup)[0]?.content)).toContain('"5"');
    clock.pass(15 * 24 * hour);
    simulator.forgetTokens();
    await renewToken(opened);
    const old = await fetchPatch(opened, sent.data?.message_id ?? '', cardWith(button('7')));
    expect(old).toMatchObject({ code: 230031 });
  });

  it('sends nothing twice under one uuid within an hour', async () => {
    const opened = await open();
    const first = await send(opened, studyGroup, text('一'), 'u1');
    const second = await send(opened, studyGroup, text('二'), 'u1');
    expect(second.data?.message_id).toBe(first.data?.message_id);
    opened.simulator.switches.uuidRepeat = 'silent';
    const third = await send(opened, studyGroup, text('三'), 'u1');
    expect(third).toMatchObject({ code: 0 });
    expect(third.data?.message_id).toBeUndefined();
    opened.clock.pass(hour);
    await send(opened, studyGroup, text('四'), 'u1');
    expect(opened.simulator.messagesOf(studyGroup)).toHaveLength(2);
  });

  it('lets five messages a second into one chat, and counts each chat by itself', async () => {
    const opened = await open();
    for (let n = 0; n < 5; n++) await send(opened, studyGroup, text('好'));
    expect(await refusal(send(opened, studyGroup, text('好')))).toMatchObject({
      status: 400,
      code: 230020,
    });
    expect(await send(opened, opened.lin.id, text('好'))).toMatchObject({ code: 0 });
    opened.clock.pass(second);
    expect(await send(opened, studyGroup, text('好'))).toMatchObject({ code: 0 });
  });

  it('lets the app call 50 times a second, and tells how long to wait', async () => {
    const { client, clock } = await open();
    const read = () => client.im.v1.chat.get({ path: { chat_id: studyGroup } });
    for (let n = 0; n < 50; n++) await read();
    const { headers, ...refused } = await refusal(read());
    expect(refused).toMatchObject({ status: 429, code: 99991400 });
    expect(headers['x-ogw-ratelimit-reset']).toBe('1');
    clock.pass(second);
    expect(await read()).toMatchObject({
      code: 0,
      data: { name: '向阳支部学习群', owner_id: personId('lin') },
    });
  });

  it('says why it cannot reach a group or a person', async () => {
    const opened = await open();
    const { simulator, lin } = opened;
    const codeOf = async (to: string) => (await refusal(send(opened, to, text('好')))).code;
    expect(await codeOf(volunteerGroup)).toBe(230002);
    expect(await codeOf('ou_nobody')).toBe(230034);
    simulator.person('wu').isNow('outside');
    simulator.person('he').isNow('blocked');
    expect(await codeOf(personId('wu'))).toBe(230013);
    expect(await codeOf(privateChatOf(personId('he')))).toBe(230053);
    await lin.changes(studyGroup, { kind: 'disband' });
    expect(await codeOf(studyGroup)).toBe(232009);
  });

  it('reads members in pages that may be short', async () => {
    const { client, simulator } = await open();
    const people = Array.from(
      { length: 130 },
      (_, n) => simulator.addPerson(`p${n}`, `成员${n}`).id,
    );
    const group = simulator.addGroup('大群', people);
    const seen: string[] = [];
    const sizes: number[] = [];
    let token: string | undefined;
    do {
      const page = await client.im.v1.chatMembers.get({
        path: { chat_id: group.id },
        params: { member_id_type: 'open_id', page_size: 100, page_token: token },
      });
      const items = page.data?.items ?? [];
      seen.push(...items.map(({ member_id: id }) => id ?? ''));
      sizes.push(items.length);
      token = page.data?.has_more ? page.data.page_token : undefined;
    } while (token);
    expect(seen).toEqual(people);
    expect(sizes[0]).toBeLessThan(100);
  });

  it('takes files in and gives back what people sent', async () => {
    const opened = await open();
    const { client, lin, simulator } = opened;
    const file = await client.im.v1.file.create({
      data: { file_type: 'stream', file_name: '名册.txt', file: Buffer.from('林静') },
    });
    const content = JSON.stringify({ file_key: file?.file_key });
    await send(opened, lin.id, { msg_type: 'file', content });
    expect(lin.sees(lin.private).at(-1)?.content).toEqual({
      kind: 'file',
      name: '名册.txt',
      size: 6,
    });
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
    const image = await client.im.v1.image.create({
      data: { image_type: 'message', image: bytes },
    });
    expect(simulator.world.bytes(image?.image_key ?? '')).toEqual(bytes);
    const theirs = await lin.sendsFile(lin.private, '资料.md', '# 学习');
    const { file_key: key } = JSON.parse(simulator.world.message(theirs.id)?.content ?? '') as {
      file_key: string;
    };
    const back = await client.im.v1.messageResource.get({
      path: { message_id: theirs.id, file_key: key },
      params: { type: 'file' },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of back.getReadableStream() as AsyncIterable<Buffer>) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('# 学习');
    const empty = client.im.v1.file.create({
      data: { file_type: 'stream', file_name: 'x', file: Buffer.alloc(0) },
    });
    await expect(empty).rejects.toThrow();
  });
});

/** The SDK keeps a dead token: what comes after is called without it. */
let fresh = '';
async function renewToken({ app, domain }: Opened) {
  const body = JSON.stringify({ app_id: app.id, app_secret: app.secret });
  const url = `${domain}/open-apis/auth/v3/tenant_access_token/internal`;
  const answer = await fetch(url, { method: 'POST', body });
  fresh = ((await answer.json()) as { tenant_access_token: string }).tenant_access_token;
}
async function fetchPatch({ domain }: Opened, id: string, card: object): Promise<unknown> {
  const answer = await fetch(`${domain}/open-apis/im/v1/messages/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${fresh}` },
    body: JSON.stringify({ content: JSON.stringify(card) }),
  });
  return answer.json();
}

describe('cards', () => {
  const named = (name: string) => ({ tag: 'input', name });
  const submit = button('提交', { name: 'send', form_action_type: 'submit' });
  const form = (...elements: object[]) => ({ tag: 'form', name: 'f', elements });
  const row = (...elements: object[]) => ({
    tag: 'column_set',
    columns: [{ tag: 'column', elements }],
  });
  const nested = (depth: number): object => (depth === 0 ? { tag: 'hr' } : row(nested(depth - 1)));
  const many = (count: number) => Array.from({ length: count }, () => ({ tag: 'hr' }));

  it.each<[string, number, object]>([
    ['version 1.0', 200621, { elements: [] }],
    ['an unknown property', 200621, { ...cardWith(), body: { elements: [], colour: 'red' } }],
    ['an unknown property of an element', 200621, cardWith({ tag: 'hr', size: 'large' })],
    ['an unknown tag', 200621, cardWith({ tag: 'marquee' })],
    ['a note', 200861, cardWith({ tag: 'note', elements: [] })],
    ['an action module', 200861, cardWith({ tag: 'action', actions: [] })],
    ['a private card', 200621, { ...cardWith(), config: { update_multi: false } }],
    ['the button value of 1.0', 200621, cardWith({ ...button('是'), value: {} })],
    [
      'a callback with text for a value',
      200621,
      cardWith(button('是', { behaviors: [{ type: 'callback', value: 'x' }] })),
    ],
    ['more than 200 elements', 11310, cardWith(...many(200))],
    ['containers six deep', 11310, cardWith(nested(6))],
    ['a form in a column', 200621, cardWith(row(form(submit)))],
    ['a form without a submit button', 200621, cardWith(form(named('a')))],
    ['a field without a name', 200530, cardWith(form({ tag: 'input' }, submit))],
    ['two fields of one name', 200530, cardWith(form(named('a'), named('a'), submit))],
    ['a table in a form', 200621, cardWith(form({ tag: 'table', columns: [], rows: [] }, submit))],
    ['a chart in a form', 200621, cardWith(form({ tag: 'chart', chart_spec: {} }, submit))],
    ['a submit button outside a form', 200621, cardWith(submit)],
    ['an element_id that begins with a digit', 200621, cardWith({ tag: 'hr', element_id: '1a' })],
    ['an element_id of 21 letters', 200621, cardWith({ tag: 'hr', element_id: 'a'.repeat(21) })],
    [
      'one element_id twice',
      200621,
      cardWith({ tag: 'hr', element_id: 'a' }, { tag: 'hr', element_id: 'a' }),
    ],
    ['a picture nobody uploaded', 200570, cardWith({ tag: 'img', img_key: 'img_x' })],
    ['a person nobody knows', 100290, cardWith({ tag: 'person', user_id: 'ou_x' })],
  ])('are refused for %s', async (_, code, card) => {
    const refused = await refusal(sendCard(await open(), card));
    expect(refused).toMatchObject({ status: 400, code: 230099 });
    expect(refused.msg).toContain(`ErrCode: ${code};`);
  });

  it('pass at the limits, with forms at the root', async () => {
    const opened = await open();
    const good = [
      cardWith(...many(199)),
      cardWith(nested(5)),
      cardWith(form(row(named('a')), { ...named('b'), required: true }, submit), button('签到')),
      cardWith({ tag: 'person', user_id: personId('lin') }, { tag: 'markdown', content: '**好**' }),
    ];
    for (const card of good) expect(await sendCard(opened, card)).toMatchObject({ code: 0 });
  });

  it('are refused over 30 KB, and text over 150 KB', async () => {
    const opened = await open();
    const long = cardWith({ tag: 'markdown', content: '学'.repeat(11_000) });
    expect(await refusal(sendCard(opened, long))).toMatchObject({ code: 230025 });
    const tooLong = send(opened, studyGroup, text('学'.repeat(52_000)));
    expect(await refusal(tooLong)).toMatchObject({ code: 230025 });
    expect(await send(opened, studyGroup, text('学'.repeat(51_000)))).toMatchObject({ code: 0 });
  });
});

describe('the event pusher', () => {
  it('signs and seals by the published rules', async () => {
    const { lin, receiver, app, clock } = await open();
    await lin.says(studyGroup, '@学伴 请 @周明远 看 @林静 写的');
    const [one] = receiver.received;
    expect(one && proof(one, app.encryptKey)).toBe(one?.headers['x-lark-signature']);
    expect(one?.envelope).toMatchObject({
      schema: '2.0',
      header: { event_type: 'im.message.receive_v1', token: 'vtoken', app_id: app.id },
      event: {
        sender: { sender_id: { open_id: lin.id }, sender_type: 'user' },
        message: {
          chat_id: studyGroup,
          chat_type: 'group',
          create_time: String(clock.now().getTime()),
          content: JSON.stringify({ text: '@_user_1 请 @_user_2 看 @_user_3 写的' }),
          mentions: [
            { key: '@_user_1', name: '学伴' },
            { name: '周明远' },
            { id: { open_id: lin.id } },
          ],
        },
      },
    });
  });

  it('asks for the address to be proved without proof of its own', async () => {
    const { simulator, receiver } = await open();
    receiver.answers(({ envelope }) => ({ body: { challenge: envelope['challenge'] } }));
    expect(await simulator.challenge()).toBe(true);
    expect(receiver.received[0]?.headers).not.toHaveProperty('x-lark-signature');
    receiver.answers(() => ({ status: 401 }));
    expect(await simulator.challenge()).toBe(false);
  });

  it('tells the bot of a group only what mentions it, and of private chats everything', async () => {
    const { lin, receiver, simulator } = await open();
    await lin.says(studyGroup, '大家好');
    await lin.says(studyGroup, '@周明远 你好');
    expect(receiver.received).toHaveLength(0);
    await lin.says(lin.private, '帮助');
    expect(receiver.received[0]?.envelope.event).toMatchObject({ message: { chat_type: 'p2p' } });
    simulator.switches.allGroupMessages = true;
    await lin.says(studyGroup, '大家好');
    expect(receiver.received).toHaveLength(2);
  });

  it('repeats after 15 s, 5 min, 1 h and 6 h what was not taken, and then gives up', async () => {
    const { lin, receiver, clock, simulator } = await open();
    receiver.answers(() => ({ status: 500 }));
    await lin.says(studyGroup, '@学伴 进度');
    for (const [n, pause] of [15 * second, 5 * minute, hour, 6 * hour].entries()) {
      clock.pass(pause - 1);
      expect(receiver.received).toHaveLength(n + 1);
      clock.pass(1);
      await simulator.settled();
    }
    expect(receiver.received).toHaveLength(5);
    expect(simulator.undelivered()).toBe(0);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  it('tells of people and bots that come and go', async () => {
    const { lin, receiver } = await open();
    const types = () => receiver.received.map(({ envelope }) => envelope.header['event_type']);
    await lin.changes(studyGroup, { kind: 'invite', people: [personId('xu')] });
    await lin.changes(studyGroup, { kind: 'remove', people: [personId('xu')] });
    await lin.changes(studyGroup, { kind: 'owner', person: personId('zhou') });
    await lin.changes(studyGroup, { kind: 'remove-bot' });
    await lin.changes(studyGroup, { kind: 'invite', people: [personId('gao')] });
    await lin.changes(studyGroup, { kind: 'add-bot' });
    expect(types()).toEqual([
      'im.chat.member.user.added_v1',
      'im.chat.member.user.deleted_v1',
      'im.chat.updated_v1',
      'im.chat.member.bot.deleted_v1',
      'im.chat.member.bot.added_v1',
    ]);
    expect(receiver.received[0]?.envelope.event).toMatchObject({
      chat_id: studyGroup,
      operator_id: { open_id: lin.id },
      users: [{ name: '徐浩然', user_id: { open_id: personId('xu') } }],
    });
    expect(receiver.received[2]?.envelope.event).toMatchObject({
      after_change: { owner_id: { open_id: personId('zhou') } },
    });
  });
});

describe('a press', () => {
  const form = {
    tag: 'form',
    name: 'f',
    elements: [
      { tag: 'input', name: 'why', required: true, max_length: 5 },
      { tag: 'date_picker', name: 'day' },
      button('提交', { name: 'send', form_action_type: 'submit' }),
    ],
  };
  async function withCard(...elements: object[]) {
    const opened = await open();
    const sent = await sendCard(opened, cardWith(...elements));
    return { ...opened, card: sent.data?.message_id ?? '' };
  }

  it('brings the value of the card itself, and the toast to the presser', async () => {
    const { lin, receiver, card } = await withCard(button('签到'));
    receiver.answers(() => ({ body: { toast: { type: 'success', content: '签到成功' } } }));
    expect(await lin.presses(card, '签到')).toEqual({
      toast: { type: 'success', content: '签到成功' },
    });
    expect(receiver.received[0]?.envelope).toMatchObject({
      header: {
        event_type: 'card.action.trigger',
        create_time: expect.stringMatching(/^\d{16}$/) as string,
      },
      event: {
        operator: { open_id: lin.id },
        action: { tag: 'button', value: { action: 'press' } },
        context: { open_message_id: card, open_chat_id: studyGroup },
      },
    });
  });

  it('puts the card in the answer in its place for all', async () => {
    const { simulator, lin, receiver, card } = await withCard(button('签到'));
    const data = cardWith({ tag: 'markdown', content: '已签到' });
    receiver.answers(() => ({ body: { card: { type: 'raw', data } } }));
    await lin.presses(card, '签到');
    expect(simulator.person('wu').sees(studyGroup)[0]?.content).toEqual({
      kind: 'card',
      card: data,
    });
    await expect(lin.presses(card, '/body/elements/0')).rejects.toThrow('这个组件没有回调');
  });

  it('brings a form by names, once what is required is there', async () => {
    const { lin, receiver, card } = await withCard(form);
    await expect(lin.presses(card, '提交')).rejects.toThrow('请填写必填项');
    await expect(lin.presses(card, '提交', { form: { why: '说得太长了' + '。' } })).rejects.toThrow(
      '最多',
    );
    expect(receiver.received).toHaveLength(0);
    await lin.presses(card, '提交', { form: { why: '出差', day: '2026-12-01', other: 'x' } });
    expect(receiver.received[0]?.envelope.event).toMatchObject({
      action: { name: 'send', form_value: { why: '出差', day: '2026-12-01 +0800' } },
    });
    expect(JSON.stringify(receiver.received[0]?.envelope)).not.toContain('other');
  });

  it.each<[string, number, Reply]>([
    ['a failure', 200671, { status: 500 }],
    ['a redirect', 200671, { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['a sentence', 200672, { body: 'no card.action.trigger event handle' }],
    ['a bad card', 200673, { body: { card: { type: 'raw', data: { elements: [] } } } }],
  ])('shows an error for %s in answer, and is never repeated', async (_, code, answer) => {
    const { lin, receiver, card, clock } = await withCard(button('签到'));
    receiver.answers(() => answer);
    const { toast } = await lin.presses(card, '签到');
    expect(toast).toMatchObject({ type: 'error' });
    expect(toast?.content).toContain(String(code));
    clock.pass(24 * hour);
    expect(receiver.received).toHaveLength(1);
  });

  it('is given up when the app stays silent', async () => {
    const { lin, receiver, card, simulator } = await withCard(button('签到'));
    expect(simulator.switches.patience).toBe(3 * second);
    simulator.switches.patience = 20;
    receiver.answers(() => 'silence');
    expect((await lin.presses(card, '签到')).toast?.content).toContain('200341');
  });

  it('is no longer possible after 14 days', async () => {
    const { lin, card, clock } = await withCard(button('签到'));
    clock.pass(15 * 24 * hour);
    await expect(lin.presses(card, '签到')).rejects.toThrow('这张卡片已经过期');
  });

  it('is for those who see the card', async () => {
    const { simulator, card } = await withCard(button('签到'));
    await expect(simulator.person('xu').presses(card, '签到')).rejects.toThrow('你不在这个会话里');
  });
});

describe('the long connection', () => {
  /** The status with which a dial is turned away; undefined where it stands. */
  const dial = (url: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const line = new WebSocket(url);
      line.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      line.on('open', () => resolve(undefined)).on('error', reject);
    });

  it('stands at the address that was given, and for one dial only', async () => {
    const { app, domain, port, simulator } = await open();
    const asked = { AppID: app.id, AppSecret: app.secret };
    const answer = await fetch(`${domain}/callback/ws/endpoint`, {
      method: 'POST',
      body: JSON.stringify(asked),
    });
    const { data } = (await answer.json()) as { data: { URL: string } };
    expect(await dial(data.URL.replace('/feishu/ws', '/feishu/other'))).toBe(404);
    expect(await dial(`ws://127.0.0.1:${port}/simulator/feishu/ws?ticket=guessed`)).toBe(401);
    expect(simulator.longConnections.isOpen).toBe(false);
    expect(await dial(data.URL)).toBeUndefined();
    expect(simulator.longConnections.isOpen).toBe(true);
    expect(await dial(data.URL)).toBe(401);
  });
});

describe('a restart', () => {
  function statePath() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'simulator-'));
    closers.push(async () => rmSync(folder, { recursive: true }));
    return path.join(folder, 'state.json');
  }

  it('keeps messages, members, uuids and what was not delivered', async () => {
    const state = { statePath: statePath() };
    const before = await open(state);
    before.receiver.answers(() => ({ status: 500 }));
    await send(before, studyGroup, text('一'), 'u1');
    await before.lin.says(studyGroup, '@学伴 进度');
    await before.lin.changes(studyGroup, { kind: 'invite', people: [personId('xu')] });
    await before.simulator.close();

    const after = await open(state);
    expect(after.simulator.messagesOf(studyGroup)).toEqual(before.simulator.messagesOf(studyGroup));
    expect(after.simulator.chat(studyGroup).members).toContain(personId('xu'));
    await send(after, studyGroup, text('一'), 'u1');
    expect(after.simulator.messagesOf(studyGroup)).toHaveLength(3);
    after.clock.pass(20 * second);
    await after.simulator.settled();
    const sent = (opened: Opened) =>
      opened.receiver.received.map((each) => each.envelope.header['event_id']);
    expect(sent(after)).toEqual(sent(before));
    // The app has other keys now, and is told with those.
    expect(after.receiver.received.map(({ envelope }) => envelope.header['app_id'])).toEqual([
      after.app.id,
      after.app.id,
    ]);
  });

  it('puts a damaged file aside and begins with the sample', async () => {
    const file = statePath();
    writeFileSync(file, '{"people": [');
    const { simulator } = await open({ statePath: file });
    expect(simulator.chat(studyGroup).name).toBe('向阳支部学习群');
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe('{"people": [');
  });
});

describe('the opening scene', () => {
  /** An app that answers as the bot would, with as little as that takes. */
  async function withBot() {
    const opened = await open();
    const { receiver } = opened;
    const heard: string[] = [];
    receiver.answers(({ envelope: { header, event } }) => {
      const said = JSON.stringify(event);
      heard.push(header['event_type'] ?? '');
      if (header['event_type'] === 'card.action.trigger') return {};
      const theme = /(?:签到|checkin) (.+?) (?:截止|by) /.exec(said)?.[1];
      const card = {
        ...cardWith(button('签到')),
        header: { title: { tag: 'plain_text', content: theme } },
      };
      void (theme ? sendCard(opened, card) : send(opened, studyGroup, text('好')));
      return {};
    });
    return { ...opened, heard };
  }

  it('is played once, over the wire', async () => {
    const { simulator, heard } = await withBot();
    await openScene(simulator);
    const [said, pressed] = ['im.message.receive_v1', 'card.action.trigger'];
    expect(heard).toEqual(['im.chat.member.bot.added_v1', said, said, pressed, said]);
    expect(simulator.messagesOf(studyGroup)).toHaveLength(8);
    await openScene(simulator);
    expect(heard).toHaveLength(5);
  });

  it('is spoken in English where the bot speaks it', async () => {
    const { simulator } = await withBot();
    await openScene(simulator, { locale: 'en-US' });
    const said = JSON.stringify(simulator.messagesOf(studyGroup).map(({ content }) => content));
    expect(said).toContain('checkin Theme day');
    expect(said).not.toContain('签到 主题党日');
    expect(simulator.messagesOf(studyGroup)).toHaveLength(8);
  });

  it('ends quietly where nobody answers', async () => {
    const { simulator, receiver } = await open();
    await openScene(simulator, { patience: 20 });
    expect(receiver.received).toHaveLength(1);
  });
});

describe('the page', () => {
  const as = personId('lin');
  async function page() {
    const opened = await open();
    const base = `http://127.0.0.1:${opened.port}/simulator/api`;
    const read = async (address: string): Promise<unknown> =>
      (await fetch(`${base}/${address}`)).json();
    const post = (address: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${base}/${address}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    return { ...opened, base, read, post };
  }

  it('shows each person their own chats', async () => {
    const { read } = await page();
    expect(await read('world')).toMatchObject({ bot: { name: '学伴' }, people: { length: 13 } });
    expect(await read(`chats?as=${as}`)).toMatchObject([
      { id: studyGroup },
      { kind: 'p2p', name: '学伴' },
    ]);
    expect(await read(`messages?as=${as}&chat=${volunteerGroup}`)).toEqual({
      fault: '你不在这个会话里',
      en: 'You are not in this chat',
    });
  });

  it('says, presses and changes groups as the chosen person', async () => {
    const { post, read, receiver, simulator, ...opened } = await page();
    await post('say', { as, chat: studyGroup, text: '@学伴 帮助' });
    const sent = await sendCard({ ...opened, receiver, simulator }, cardWith(button('签到')));
    expect(await read(`chats?as=${as}`)).toMatchObject([{ id: studyGroup, last: {} }, {}]);
    receiver.answers(() => ({ body: { toast: { type: 'info', content: '好' } } }));
    const pressed = await post('press', {
      as,
      message: sent.data?.message_id,
      at: '/body/elements/0',
    });
    expect(await pressed.json()).toEqual({ toast: { type: 'info', content: '好' } });
    const left = await post('group', {
      as,
      chat: studyGroup,
      change: { kind: 'owner', person: 'ou_x' },
    });
    expect(await left.json()).toMatchObject({ fault: '新群主必须在群里' });
    expect(await read(`messages?as=${as}&chat=${studyGroup}&limit=1`)).toMatchObject([
      { content: { kind: 'card' } },
    ]);
    await simulator.settled();
    expect(receiver.received).toHaveLength(2);
  });

  it('takes a file from the person and gives it back', async () => {
    const { base, read } = await page();
    const chat = privateChatOf(as);
    const url = `${base}/file?as=${as}&chat=${chat}&name=${encodeURIComponent('党章.md')}`;
    const headers = { 'content-type': 'application/octet-stream' };
    const sent = await fetch(url, { method: 'POST', headers, body: '# 党章' });
    const message = (await sent.json()) as { id: string };
    expect(message).toMatchObject({ content: { kind: 'file', name: '党章.md', size: 8 } });
    expect(await (await fetch(`${base}/file?as=${as}&message=${message.id}`)).text()).toBe(
      '# 党章',
    );
    expect(await read(`file?as=${personId('wu')}&message=${message.id}`)).toMatchObject({
      fault: '没有这个文件',
    });
  });

  it('sends a sample file for whom asks, and no other', async () => {
    const { post } = await page();
    const chat = privateChatOf(as);
    const sent = await post('sample', { as, chat, sample: 'survey' });
    expect(await sent.json()).toMatchObject({ content: { kind: 'file', name: '示例问卷.xlsx' } });
    const other = await post('sample', { as, chat, sample: '../state' });
    expect(await other.json()).toMatchObject({ fault: '请求不完整' });
  });

  it('streams what happens, and what was missed in between', async () => {
    const { base, lin, simulator } = await page();
    const first = await follow(`${base}/events?as=${as}`);
    await lin.says(studyGroup, '一');
    const [{ id }] = await first.until(2);
    first.close();
    await lin.says(studyGroup, '二');
    await simulator.person('wu').says(privateChatOf(personId('wu')), '私下');
    const again = await follow(`${base}/events?as=${as}`, { 'last-event-id': id });
    const events = await again.until(3);
    again.close();
    expect(events.map(({ event }) => event)).toMatchObject([
      { kind: 'chat', chat: { id: studyGroup } },
      { kind: 'message', message: { content: { parts: [{ text: '二' }] } } },
      { kind: 'chat' },
    ]);
    const stranger = await follow(`${base}/events?as=${as}`, { 'last-event-id': 'other-7' });
    expect((await stranger.until(1))[0].event).toEqual({ kind: 'reset' });
    stranger.close();
  });

  it('serves its font, and nothing beside its folders', async () => {
    const { port } = await page();
    const get = (address: string) => statusAt(port, `localhost:${port}`, `/simulator/${address}`);
    expect(await get('fonts/index.css')).toBe(200);
    expect(await get('fonts/package.json')).toBe(404);
    expect(await get('..%2fcontract.ts')).toBe(404);
    expect(await get('fonts/..%2f..%2f..%2feslint.config.js')).toBe(404);
    expect(await get('%')).toBe(404);
    expect(await statusAt(port, `localhost:${port}`, '/other')).toBe(404);
  });

  it('answers this machine and its own page only', async () => {
    const { post, port } = await page();
    const said = { as, chat: studyGroup, text: '好' };
    expect((await post('say', said, { origin: `http://127.0.0.1:${port}` })).status).toBe(200);
    expect((await post('say', said, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('say', said, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('say', said, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(403);
    expect(await statusAt(port, 'evil.example')).toBe(403);
    expect(await statusAt(port, `localhost:${port}`)).toBe(200);
  });
});

function statusAt(
  port: number,
  host: string,
  address = '/simulator/api/world',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: address, headers: { host } };
    const asked = request(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}

interface Streamed {
  id: string;
  event: unknown;
}
/** Follows a stream of server-sent events. */
async function follow(url: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await fetch(url, { headers, signal: stop.signal });
  const text = response.body?.pipeThrough(new TextDecoderStream());
  if (!text) throw new Error('no stream');
  const reader = text.getReader();
  const seen: Streamed[] = [];
  let rest = '';
  return {
    async until(count: number): Promise<[Streamed, ...Streamed[]]> {
      while (seen.length < count) {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream ended');
        const blocks = (rest + value).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const [, id = '', data] = /id: (\S+)\ndata: (.+)/.exec(block) ?? [];
          if (data) seen.push({ id, event: JSON.parse(data) });
        }
      }
      return seen as [Streamed, ...Streamed[]];
    },
    close: () => stop.abort(),
  };
}
