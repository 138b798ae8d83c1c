import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../src/bot/talk.ts';
import { decrypt, isSigned } from '../../src/feishu/connection/crypto.ts';
import { encrypted, signed } from '../../simulator/seal.ts';
import { app, bot, type Door, eventOf, messageOf, openDoor, pressOf } from '../support/door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor({ slowest: 150, patience: 150 });
});
beforeEach(async () => {
  door.lines.length = 0;
  door.behind.handle = () => Promise.resolve({});
  await door.db.pool.query(`delete from pgboss.job; delete from seen_event`);
});
afterAll(() => door.stop());

const hour = 3_600_000;
const ago = (ms: number) => new Date(door.clock.now().getTime() - ms);
const challenge = { challenge: 'abc', token: app.verificationToken, type: 'url_verification' };
const sealed = (inner: unknown) => encrypted(inner, app.encryptKey);
const proofOf = (body: string, at = door.clock.now()) => signed(body, app.encryptKey, at);

describe('the published vectors', () => {
  it('are opened and known', () => {
    const cipher = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=';
    expect(decrypt(cipher, 'test key').toString()).toBe('hello world');
    const raw = Buffer.from('{"encrypt":"x"}');
    const signature = createHash('sha256').update('1700000000nonce').update('key').update(raw);
    const stamp = { timestamp: '1700000000', nonce: 'nonce', signature: signature.digest('hex') };
    expect(isSigned(raw, stamp, 'key')).toBe(true);
    expect(isSigned(raw, stamp, 'kez')).toBe(false);
    expect(isSigned(Buffer.from('{"encrypt": "x"}'), stamp, 'key')).toBe(false);
  });
});

describe('the check of the address', () => {
  const wrong = { ...challenge, token: 'another' };

  it('is answered plain or sealed, without proof or with it', async () => {
    const yes = { status: 200, body: { challenge: 'abc' } };
    expect(await door.post(JSON.stringify(challenge))).toEqual(yes);
    expect(await door.post(sealed(challenge))).toEqual(yes);
    expect(await door.send(challenge)).toEqual(yes);
    expect(await door.send(challenge, { path: '/webhook/card' })).toEqual(yes);
  });

  it('needs the token', async () => {
    expect((await door.post(JSON.stringify(wrong))).status).toBe(401);
    expect((await door.post(sealed(wrong))).status).toBe(401);
    expect((await door.send(wrong)).status).toBe(401);
    const { token: _token, ...without } = challenge;
    expect((await door.post(JSON.stringify(without))).status).toBe(401);
    expect((await door.send(without)).status).toBe(401);
  });
});

describe('an event', () => {
  it('is answered once it is stored, at either address', async () => {
    expect(await door.send(messageOf('你好', { id: 'om_1' }))).toEqual({ status: 200, body: {} });
    await door.send(messageOf('你好', { id: 'om_2' }), { path: '/webhook/card' });
    expect(await door.stored()).toEqual(['om_1', 'om_2']);
  });

  it('is known by its raw bytes, however they are written', async () => {
    const body = sealed(messageOf('你好', { id: 'om_1' })).replace(':', ' :  ');
    expect((await door.post(body, proofOf(body))).status).toBe(200);
    expect(await door.stored()).toEqual(['om_1']);
  });

  it('of a type nobody asked for is answered, logged and not stored', async () => {
    const answer = await door.send(eventOf('contact.user.updated_v3', { object: {} }));
    expect(answer).toEqual({ status: 200, body: {} });
    expect(door.lines.join('')).toContain('contact.user.updated_v3');
    expect(await door.stored()).toEqual([]);
  });

  it('that is refused is logged with the request it came in', async () => {
    const asked = { method: 'POST', body: sealed(messageOf('你好')) };
    const answer = await fetch(`http://127.0.0.1:${door.port}/webhook/event`, asked);
    const line = door.lines.find((each) => each.includes('a request was refused')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      request: answer.headers.get('x-request-id') ?? 'none',
      why: expect.stringMatching(/./) as string,
    });
    await door.send(messageOf('你好', {}, { tenant_key: 'their_tenant' }));
    expect(door.lines.join('')).toContain('an event of another tenant was refused');
  });

  it('of the older schema is tolerated', async () => {
    const event = { type: 'p2p_chat_create', app_id: app.id, tenant_key: 'our_tenant' };
    const older = { uuid: 'u1', token: app.verificationToken, type: 'event_callback', event };
    expect((await door.send(older)).status).toBe(200);
    expect((await door.send({ ...older, token: 'another' })).status).toBe(401);
  });

  it('seen before does nothing: messages by their id, others by the event’s', async () => {
    for (let i = 0; i < 3; i += 1) await door.send(messageOf('你好', { id: 'om_1' }));
    const left = eventOf('im.chat.disbanded_v1', { chat_id: 'oc_1' }, { event_id: 'ev_x' });
    expect((await door.send(left)).status).toBe(200);
    expect((await door.send(left)).status).toBe(200);
    expect(await door.stored()).toEqual(['om_1', 'ev_x']);
  });

  it('that arrives many times at the same moment is stored once', async () => {
    const copies = Array.from({ length: 30 }, () => door.send(messageOf('你好', { id: 'om_1' })));
    expect((await Promise.all(copies)).every(({ status }) => status === 200)).toBe(true);
    expect(await door.stored()).toEqual(['om_1']);
  });

  it('with characters that a database refuses harms none of its neighbours', async () => {
    const bad = messageOf(`\u0000 \ud800 \udfff`, { id: 'om_bad' });
    const good = Array.from({ length: 40 }, (_, i) => messageOf('好', { id: `om_${i}` }));
    good.splice(20, 0, bad);
    const answers = await Promise.all(good.map((each) => door.send(each)));
    expect(answers.map(({ status }) => status)).toEqual(good.map(() => 200));
    expect((await door.stored()).length).toBe(41);
  });

  it('is stored while it is not known who the bot is, if it may be meant for the bot', async () => {
    door.knows.bot = undefined;
    const heard: string[] = [];
    door.behind.handle = (incoming) => {
      if (incoming.kind === 'said') heard.push(incoming.text);
      return Promise.resolve({});
    };
    const wang = { key: '@_user_1', id: { open_id: 'ou_wang' }, name: '王芳' };
    const unseen = { key: '@_user_1', id: { open_id: null, user_id: null }, name: '访客' };
    const said = [
      messageOf('@_user_1 签到', { id: 'om_1' }),
      messageOf('@_user_1 你来吗', { id: 'om_2', mentions: [wang] }),
      messageOf('在吗', { id: 'om_3', mentions: [] }),
      messageOf('@_user_1 好', { id: 'om_4', mentions: [unseen] }),
      messageOf('我的', { id: 'om_5', chat: 'oc_p', kind: 'p2p' }),
    ];
    for (const each of said) expect((await door.send(each)).status).toBe(200);
    expect(await door.stored()).toEqual(['om_1', 'om_2', 'om_5']);
    door.knows.bot = bot;
    await door.pass(0);
    // What turned out to be meant for somebody else is done without a word, and nobody's name is kept of it.
    expect(heard.toSorted()).toEqual(['我的', '签到']);
    expect(await door.db.client.person.count({ where: { openId: 'ou_wang' } })).toBe(0);
  });

  it('reaches the bot whoever else is mentioned, seen or not', async () => {
    const unseen = { key: '@_user_2', id: { open_id: null, user_id: null }, name: null };
    const ours = { key: '@_user_1', id: { open_id: bot }, name: '学伴' };
    const mentions = [unseen, ours] as unknown as { key: string }[];
    expect((await door.send(messageOf('@_user_1 签到', { id: 'om_1', mentions }))).status).toBe(
      200,
    );
    expect(await door.stored()).toEqual(['om_1']);
  });
});

describe('a message in a group', () => {
  const all = { key: '@_all', name: '所有人' };
  const other = { key: '@_user_1', id: { open_id: 'ou_wang' }, name: '王芳' };

  it.each([
    ['mentions nobody', { mentions: [] }],
    ['mentions everybody', { mentions: [all] }],
    ['mentions somebody else', { mentions: [other] }],
    ['comes from another bot', { sender: { sender_type: 'bot' } }],
  ])('that %s is dropped unstored', async (_, part) => {
    expect((await door.send(messageOf('学伴在吗', part))).status).toBe(200);
    expect(await door.stored()).toEqual([]);
    const { rows } = await door.db.pool.query('select from seen_event');
    expect(rows.length).toBe(0);
    expect(door.lines.join('')).not.toContain('学伴在吗');
  });

  it('in private concerns the bot without a mention', async () => {
    await door.send(messageOf('你好', { id: 'om_1', chat: 'oc_p', kind: 'p2p' }));
    expect(await door.stored()).toEqual(['om_1']);
  });
});

describe('no entry', () => {
  const message = () => messageOf('你好');
  const status = async (body: string, headers: object = {}) =>
    (await door.post(body, headers)).status;

  it('without a signature or with a wrong one', async () => {
    const body = sealed(message());
    const headers = proofOf(body);
    expect(await status(body)).toBe(401);
    expect(await status(`${body} `, headers)).toBe(401);
    expect(await status(body, signed(body, 'another key', door.clock.now()))).toBe(401);
    expect(await status(body, { ...headers, 'X-Lark-Request-Nonce': 'x' })).toBe(401);
    expect(await status(body, { ...headers, 'X-Lark-Signature': '' })).toBe(401);
    expect(await status(body, { ...headers, 'X-Lark-Request-Timestamp': 'NaN' })).toBe(401);
  });

  it('with a timestamp over 8 hours old or 5 minutes ahead', async () => {
    const minute = 60_000;
    const at = async (ms: number) => (await door.send(message(), { at: ago(ms) })).status;
    expect(await at(8 * hour + 1000)).toBe(401);
    expect(await at(8 * hour)).toBe(200);
    expect(await at(-5 * minute)).toBe(200);
    expect(await at(-5 * minute - 1000)).toBe(401);
  });

  it('for what cannot be opened', async () => {
    for (const encrypt of ['AAAA', '', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=']) {
      const body = JSON.stringify({ encrypt });
      expect(await status(body, proofOf(body))).toBe(401);
    }
  });

  it('for an event in the clear, even a signed one', async () => {
    const body = JSON.stringify(message());
    expect(await status(body)).toBe(401);
    expect(await status(body, proofOf(body))).toBe(401);
  });

  it('with another token, app or tenant', async () => {
    const from = async (header: object) => (await door.send(messageOf('你好', {}, header))).status;
    expect(await from({ token: 'another' })).toBe(401);
    expect(await from({ app_id: 'cli_b' })).toBe(401);
    expect(await from({})).toBe(200);
    expect(await from({ tenant_key: 'their_tenant' })).toBe(401);
    const stamp = await door.db.client.stamp.findUniqueOrThrow({ where: { id: 1 } });
    expect(stamp.tenant).toBe('our_tenant');
  });

  it('but a guest of another tenant may speak in our group', async () => {
    const sender = { tenant_key: 'their_tenant' };
    expect((await door.send(messageOf('你好', { id: 'om_g', sender }))).status).toBe(200);
    expect(await door.stored()).toEqual(['om_g']);
  });

  it('for what is not JSON or not an event', async () => {
    for (const body of ['', 'hello', '{"encrypt":', '[]', '1', 'null', '{}', '{"a":1}'])
      expect(await status(body), body).toBe(400);
    for (const inner of [{}, [], 'text', { schema: '2.0', header: {} }])
      expect((await door.send(inner as object)).status).toBe(400);
    expect((await door.send(eventOf('x', {}, { event_id: 'a\u0000b' }))).status).toBe(400);
  });

  it('over 1 MiB, told or not', async () => {
    const bytes = (size: number) => Buffer.alloc(size, 'a');
    const most = 1024 * 1024;
    expect((await door.post(bytes(most))).status).toBe(400);
    expect((await door.post(bytes(most + 1))).status).toBe(413);
    const chunked = { 'Transfer-Encoding': 'chunked' };
    expect((await door.post(bytes(most + 1), chunked)).status).toBe(413);
    expect((await door.post(bytes(4 * most))).status).toBe(413);
  });

  it('over 1 MiB in a way that also those hear who listen after they have sent it all', async () => {
    const socket = connect(door.port, '127.0.0.1');
    const body = Buffer.alloc(6 * 1024 * 1024, 'a');
    socket.write(
      `POST /webhook/event HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await promisify<Buffer>(socket.write.bind(socket))(body);
    let said = '';
    for await (const chunk of socket) said += String(chunk);
    expect(said).toMatch(/^HTTP\/1.1 413 /);
  });

  it('far over 1 MiB at once', async () => {
    const socket = connect(door.port, '127.0.0.1');
    socket.write(
      'POST /webhook/event HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n{"enc',
    );
    let said = '';
    for await (const chunk of socket) said += String(chunk);
    expect(said).toMatch(/^HTTP\/1.1 413 /);
  });

  it('for a body that trickles in', async () => {
    const socket = connect(door.port, '127.0.0.1');
    socket.write('POST /webhook/event HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"enc');
    let said = '';
    for await (const chunk of socket) said += String(chunk);
    expect(said).toMatch(/^HTTP\/1.1 408 /);
    expect(said).toMatch(/connection: close/i);
  });

  it('and no secret in an answer or a log', async () => {
    const answers = [
      await door.send(messageOf('秘密的话', {}, { token: 'another' })),
      await door.post(JSON.stringify({ ...challenge, token: 'another' })),
      await door.post(JSON.stringify(messageOf('秘密的话'))),
      await door.send(messageOf('秘密的话')),
      await door.post('秘密的话'),
    ];
    const all = JSON.stringify(answers) + door.lines.join('');
    for (const word of [app.encryptKey, app.verificationToken, '秘密的话'])
      expect(all).not.toContain(word);
  });
});

describe('a press', () => {
  const value = { action: 'checkin.confirm', value: { round: 1 } };

  it('is answered in its request, after its effect is committed', async () => {
    const card = { schema: '2.0' as const, config: {}, body: { elements: [] } };
    door.behind.handle = async (incoming) => {
      await door.db.client.branch.create({ data: { name: JSON.stringify(incoming.kind) } });
      return { toast: { type: 'success', content: '已签到' }, replace: card };
    };
    const { status, body } = await door.send(pressOf(value));
    expect(status).toBe(200);
    expect(body).toEqual({
      toast: { type: 'success', content: '已签到' },
      card: { type: 'raw', data: card },
    });
    const { rows } = await door.db.pool.query('select name from branch');
    expect(rows).toEqual([{ name: '"pressed"' }]);
  });

  it('that is repeated gets the answer that fits the state as it is now', async () => {
    let presses = 0;
    door.behind.handle = () => {
      presses += 1;
      return Promise.resolve({ toast: { type: 'info', content: presses > 1 ? '已签过' : '好' } });
    };
    const press = pressOf(value);
    expect((await door.send(press)).body).toEqual({ toast: { type: 'info', content: '好' } });
    expect((await door.send(press)).body).toEqual({ toast: { type: 'info', content: '已签过' } });
  });

  it('that meets a bug changes nothing and says sorry', async () => {
    door.behind.handle = async () => {
      await door.db.client.branch.create({ data: { name: '不该留下' } });
      throw new Error('a bug');
    };
    const { status, body } = await door.send(pressOf(value));
    expect(status).toBe(200);
    expect(body).toEqual({ toast: { type: 'error', content: '没有处理成功' } });
    expect(await door.db.client.branch.count({ where: { name: '不该留下' } })).toBe(0);
    expect(door.lines.join('')).toContain('webhook.test.ts');
    expect(door.lines.join('')).not.toContain('a bug');
  });

  it('that takes too long is answered before the platform gives up', async () => {
    let finish = () => {};
    door.behind.handle = () => new Promise<Reply>((resolve) => (finish = () => resolve({})));
    const { body } = await door.send(pressOf(value));
    finish();
    expect(body).toEqual({ toast: { type: 'error', content: '没有处理成功' } });
  });

  it('brings its value as it came, forged or not, in text that can be stored', async () => {
    const seen: unknown[] = [];
    door.behind.handle = (incoming) => {
      if (incoming.kind === 'pressed') seen.push([incoming.action, incoming.value]);
      return Promise.resolve({});
    };
    await door.send(pressOf({ action: 'a.b', value: { text: 'x\u0000y\ud800z' } }));
    await door.send(pressOf('nonsense'));
    expect(seen).toEqual([
      ['a.b', { text: 'x y z' }],
      ['', undefined],
    ]);
  });

  it('that does not say where it was made is answered too', async () => {
    const press = pressOf(value);
    const { body } = await door.send({ ...press, event: { ...press.event, context: {} } });
    expect(body).toMatchObject({ toast: { type: 'error' } });
  });

  it('by another tenant’s app is refused like any event', async () => {
    expect((await door.send(pressOf(value, { tenant_key: 'their_tenant' }))).status).toBe(401);
  });
});
