import pg, { escapeLiteral } from 'pg';
import { PgBoss } from 'pg-boss';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Said } from '../../src/bot/talk.ts';
import type { PersonId } from '../../src/base/ids.ts';
import { cleanJob } from '../../jobs/night/clean.ts';
import { defineJob } from '../../src/queue/job.ts';
import { tellAdminsSoon } from '../../jobs/queue/tell-admins.ts';
import { type Door, eventOf, messageOf, openDoor, pressOf } from '../support/door.ts';
import { textOf } from '../support/card-text.ts';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.stop());

const minute = 60_000;
const hour = 60 * minute;

/** Handles what is said by writing it down, in the transaction of the event. */
function writeDown() {
  const tries: string[] = [];
  const done: string[] = [];
  const failing = new Set<string>();
  door.behind.handle = async (incoming) => {
    const { text } = incoming as Said;
    tries.push(text);
    await door.db.client.branch.create({ data: { name: text } });
    if (failing.has(text)) throw new Error(`cannot work on ${text}`);
    door.db.afterCommit(() => done.push(text));
    return { text: `收到 ${text}` };
  };
  return { tries, done, failing };
}
const say = (text: string, chat = 'oc_group', id?: string) =>
  door.send(messageOf(text, { chat, id }));
const sent = () =>
  door.messenger.messages.map(({ content }) => ('text' in content ? content.text : 'card'));

describe('an acknowledged event', () => {
  it('is in the database, as another connection sees it', async () => {
    await say('甲', 'oc_1', 'om_1');
    const other = new pg.Client(door.url);
    await other.connect();
    const { rows } = await other.query(
      `select 1 from pgboss.job where data->'payload'->>'key' = 'om_1'`,
    );
    await other.end();
    expect(rows.length).toBe(1);
  });

  it('is handled, and its answer leaves under it', async () => {
    const { done } = writeDown();
    await say('@_user_1 甲', 'oc_1', 'om_1');
    await door.pass(1);
    expect(done).toEqual(['甲']);
    const [answer] = door.messenger.messages;
    expect(answer).toMatchObject({ content: { text: '收到 甲' }, replyTo: 'om_1' });
  });

  it('acts once, however often its job runs', async () => {
    const { tries } = writeDown();
    await say('甲', 'oc_1', 'om_1');
    const { rows } = await door.db.pool.query<{ data: object }>(
      `select data from pgboss.job where name = 'inbox'`,
    );
    await door.pass(1);
    for (let i = 0; i < 3; i += 1) {
      await door.db.pool.query(
        `insert into pgboss.job (name, data, policy, singleton_key, start_after)
         values ('inbox', $1, 'key_strict_fifo', 'oc_1', '2020-01-01')`,
        [rows[0]?.data],
      );
    }
    await door.pass(1000);
    expect(await door.stored()).toHaveLength(4);
    expect(tries).toEqual(['甲']);
    expect(sent()).toEqual(['收到 甲']);
  });

  it('that could not be written with its neighbours leaves them unharmed', async () => {
    const raw = Buffer.from(JSON.stringify(messageOf('好')));
    const keys = Array.from({ length: 30 }, (_, i) => (i === 7 ? 'bad\u0000key' : `k${i}`));
    const puts = keys.map((key) => door.inbox.put({ key, group: 'oc_1', raw }));
    const results = await Promise.allSettled(puts);
    const failed = results.flatMap(({ status }, i) => (status === 'rejected' ? [i] : []));
    expect(failed).toEqual([7]);
    expect(new Set(await door.stored()).size).toBe(29);
  });

  it('that cannot be stored is not acknowledged', async () => {
    await door.db.pool.query('alter table seen_event rename to seen_event_away');
    expect((await say('甲', 'oc_1', 'om_1')).status).toBe(500);
    await door.db.pool.query('alter table seen_event_away rename to seen_event');
    expect((await say('甲', 'oc_1', 'om_1')).status).toBe(200);
    expect(await door.stored()).toEqual(['om_1']);
  });

  it('of which nothing can be read is done without a word', async () => {
    const raw = Buffer.from(JSON.stringify({ ...messageOf('好'), event: {} }));
    await door.db.pool.query(`insert into seen_event (key) values ('k')`);
    await door.inbox.put({ key: 'k2', group: 'oc_1', raw });
    await door.pass(1);
    expect(door.givenUp()).toBe(0);
    expect(sent()).toEqual([]);
  });
});

describe('the order', () => {
  it('of one chat is kept, within a batch and over batches', async () => {
    const { done } = writeDown();
    const texts = Array.from({ length: 240 }, (_, i) => `${i % 3}群第${i}条`);
    const put = (text: string) => {
      const raw = Buffer.from(JSON.stringify(messageOf(text, { chat: `oc_${text[0]}` })));
      return door.inbox.put({ key: text, group: `oc_${text[0]}`, raw });
    };
    for (const text of texts.slice(0, 5)) await put(text);
    await Promise.all(texts.slice(5).map(put));
    await door.pass(1);
    const ofChat = (all: string[], chat: number) =>
      all.filter((each) => each.startsWith(`${chat}`));
    for (const chat of [0, 1, 2]) expect(ofChat(done, chat)).toEqual(ofChat(texts, chat));
  });

  it('holds while one waits to be tried again; other chats go on', async () => {
    const { done, failing } = writeDown();
    failing.add('一');
    await say('一');
    await say('二');
    await say('三', 'oc_other');
    await door.pass(1);
    expect(done).toEqual(['三']);
    failing.clear();
    await door.pass(30_000);
    expect(done).toEqual(['三', '一', '二']);
  });
});

describe('an event that cannot be handled', () => {
  const giveUp = async () => {
    for (let i = 0; i < 6; i += 1) await door.pass(minute);
  };

  it('ends with one apology, and its chat goes on', async () => {
    const { done, failing, tries } = writeDown();
    failing.add('坏');
    await say('坏', 'oc_1', 'om_bad');
    await say('好');
    await say('好二', 'oc_1');
    await giveUp();
    expect(tries.filter((text) => text === '坏')).toHaveLength(5);
    expect(done).toEqual(['好', '好二']);
    const cards = door.messenger.messages.filter(({ content }) => 'card' in content);
    expect(cards.map(({ content }) => textOf(content))).toEqual([expect.stringContaining('抱歉')]);
    expect(await door.db.client.branch.count({ where: { name: '坏' } })).toBe(0);
  });

  it('is a dead letter of its id and cause, without what was said', async () => {
    const { failing } = writeDown();
    failing.add('坏话');
    await say('坏话', 'oc_1', 'om_bad');
    await giveUp();
    const { rows } = await door.db.pool.query<{ data: { payload: object; error: string } }>(
      `select data from pgboss.job where name = 'dead-letter'`,
    );
    expect(rows.map(({ data }) => data)).toEqual([
      {
        job: 'inbox.receive',
        payload: { key: 'om_bad' },
        error: 'Error',
        at: expect.any(String) as string,
      },
    ]);
    expect(door.lines.filter((line) => line.includes('a job was given up'))).toHaveLength(1);
    expect(door.givenUp()).toBe(1);
  });

  it('is not held for ever when it ends its process at every try', async () => {
    const { done } = writeDown();
    await say('坏', 'oc_1', 'om_bad');
    await say('好', 'oc_1');
    await door.db.pool.query(
      `update pgboss.job set state = 'failed' where data->'payload'->>'key' = 'om_bad'`,
    );
    await door.pass(minute);
    expect(done).toEqual([]);
    await door.queue.giveUpLostJobs();
    await door.pass(minute);
    expect(done).toEqual(['好']);
    expect(sent()).toEqual(['card', '收到 好']);
    expect(door.givenUp()).toBe(1);
  });

  it('is told to the administrators, at most once an hour', async () => {
    const row = await door.db.client.person.create({ data: { openId: 'ou_admin' } });
    const { queue, clock } = door;
    door.admins.add(row.id as PersonId);
    const told = () =>
      door.messenger.messages.flatMap(({ content }) =>
        textOf(content).includes('没能完成') ? [textOf(content)] : [],
      );
    const { failing } = writeDown();
    for (const text of ['坏一', '坏二', '坏三']) failing.add(text);
    await say('坏一', 'oc_1');
    await say('坏二', 'oc_2');
    await giveUp();
    await tellAdminsSoon(queue, clock);
    await giveUp();
    expect(told()).toEqual([expect.stringContaining('2 项')]);
    await say('坏三', 'oc_1');
    await giveUp();
    await tellAdminsSoon(queue, clock);
    await giveUp();
    expect(told()).toHaveLength(1);
    await door.pass(45 * minute);
    expect(told()).toHaveLength(2);
    await door.pass(3 * hour);
    expect(told()).toHaveLength(2);
  });
});

it('a job that no build knows any more is a dead letter, and holds up nobody', async () => {
  const { done } = writeDown();
  const forgotten = defineJob({
    name: 'old.news',
    payload: z.object({ round: z.int(), text: z.string() }),
  });
  await door.queue.add(forgotten, { round: 7, text: '悄悄话' });
  await say('好', 'oc_1');
  for (let i = 0; i < 30; i += 1) await door.pass(minute);
  expect(done).toEqual(['好']);
  const letters = await door.db.sql<{ data: object }>(
    `select data from pgboss.job where name = 'dead-letter'`,
  );
  expect(letters).toMatchObject([{ data: { job: 'old.news', payload: { round: 7 } } }]);
  expect(JSON.stringify(letters)).not.toContain('悄悄话');
  expect(door.givenUp()).toBe(1);
});

it('what is given up is told however much was given up before', async () => {
  const row = await door.db.client.person.create({ data: { openId: 'ou_admin' } });
  const { queue, clock, db } = door;
  door.admins.add(row.id as PersonId);
  await db.sql(
    `insert into pgboss.job (name, data)
     select 'dead-letter', jsonb_build_object('job', 'a.b', 'at', $1::text) from generate_series(1, 1001)`,
    new Date(clock.now().getTime() - hour).toISOString(),
  );
  const told = () => door.messenger.messages.map(({ content }) => textOf(content));
  await tellAdminsSoon(queue, clock);
  await door.pass(minute);
  expect(told()).toEqual([expect.stringContaining('1001 项')]);
  writeDown().failing.add('坏');
  await say('坏', 'oc_1');
  for (let i = 0; i < 6; i += 1) await door.pass(minute);
  await tellAdminsSoon(queue, clock);
  await door.pass(hour);
  expect(told().at(-1)).toContain('1 项');
  expect(told().at(-1)).not.toContain('1001');
});

describe('what is kept', () => {
  it('of a handled message is its id, within the hour', async () => {
    const { failing } = writeDown();
    failing.add('坏的悄悄话');
    await say('悄悄话', 'oc_1', 'om_1');
    await say('坏的悄悄话', 'oc_2', 'om_2');
    for (let i = 0; i < 6; i += 1) await door.pass(minute);
    await door.pass(30 * minute);
    expect(await rawEvents()).toBe(2);
    const { queueClock: clock, url } = door;
    const keeper = new PgBoss({ connectionString: url, max: 2, clock, schedule: false });
    keeper.on('error', () => {});
    await keeper.start();
    await keeper.supervise();
    await keeper.stop();
    await door.db.client.branch.deleteMany();
    expect(await placesOf('悄悄话')).toEqual([]);
    expect(await rawEvents()).toBe(0);
    expect(await placesOf('om_1')).toContain('seen_event');
  });

  it('is forgotten after 7 days, but not of an event that still waits', async () => {
    writeDown();
    await say('甲', 'oc_1', 'om_1');
    await door.pass(1);
    await say('乙', 'oc_1', 'om_2');
    door.clock.pass(7 * 24 * hour + 1000);
    await door.queue.add(cleanJob, {});
    await door.queueClock.setTime(door.clock.now());
    await door.db.pool.query(`update pgboss.job set start_after = 'infinity' where name = 'inbox'`);
    await door.queue.drain();
    const left = await door.db.client.seenEvent.findMany();
    expect(left.map(({ key }) => key)).toEqual(['om_2']);
  });
});

const rawEvents = async () =>
  (await door.db.pool.query(`select from pgboss.job where data->'payload' ? 'raw'`)).rows.length;

/** Every table with a row that holds `text` anywhere. */
async function placesOf(text: string): Promise<string[]> {
  const { rows } = await door.db.pool.query<{ schema: string; name: string }>(
    `select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'pgboss')`,
  );
  const found: string[] = [];
  for (const { schema, name } of rows) {
    const like = escapeLiteral(`%${text}%`);
    const sql = `select 1 from ${schema}."${name}" t where t::text like ${like} limit 1`;
    if ((await door.db.pool.query(sql)).rows.length > 0) found.push(name);
  }
  return found;
}

describe('in our words', () => {
  const heard = async (event: object) => {
    const all: unknown[] = [];
    door.behind.handle = (incoming) => {
      all.push(incoming);
      return Promise.resolve({});
    };
    await door.send(event);
    await door.pass(1);
    return all[0];
  };
  const lin = { key: '@_user_2', id: { open_id: 'ou_lin' }, name: '林 $& @_user_1' };
  const bot = { key: '@_user_1', id: { open_id: 'ou_bot' }, name: '学伴' };

  it('a message has names for mentions, and no character that nobody can read', async () => {
    const text = '@_user_1 书记 @_user_2\u0000 你\ud800好\u202e\n第二行 @_user_3';
    const said = await heard(messageOf(text, { mentions: [bot, lin] }));
    expect(said).toMatchObject({
      kind: 'said',
      text: '书记 @林 $& @_user_1 你 好 \n第二行 @_user_3',
      mentions: [{ name: '林 $& @_user_1' }],
      place: { kind: 'group' },
    });
  });

  it.each([
    ['listed as a mention', [{ key: '@_all', name: '所有人' }]],
    ['not listed', []],
  ])('a message to everybody loses the call to them (%s)', async (_, listed) => {
    const said = await heard(messageOf('@_all @_user_1 签到 学习', { mentions: [bot, ...listed] }));
    expect(said).toMatchObject({ text: '签到 学习', mentions: [] });
  });

  it('rich text to everybody loses it too', async () => {
    const event = messageOf('', { mentions: [bot] });
    const message = event.event as { message: { content: string; message_type: string } };
    message.message.message_type = 'post';
    const content = [
      [
        { tag: 'at', user_id: 'all', user_name: '所有人' },
        { tag: 'at', user_id: '@_all' },
        { tag: 'at', user_id: '@_user_1' },
        { tag: 'text', text: '签到 学习' },
      ],
    ];
    message.message.content = JSON.stringify({ title: '', content });
    expect(await heard(event)).toMatchObject({ text: '签到 学习' });
  });

  it('rich text is read like text', async () => {
    const event = messageOf('', { kind: 'p2p', chat: 'oc_p' });
    const message = event.event as { message: { content: string; message_type: string } };
    message.message.message_type = 'post';
    message.message.content = JSON.stringify({
      title: '标题',
      content: [
        [
          { tag: 'text', text: '看 ' },
          { tag: 'a', text: '这里', href: 'https://a.cn' },
        ],
        [{ tag: 'img', image_key: 'x' }],
        [{ tag: 'text', text: '完' }],
      ],
    });
    expect(await heard(event)).toMatchObject({
      kind: 'said',
      text: '标题\n看 这里 https://a.cn\n完',
      place: { kind: 'private' },
    });
  });

  it('who comes and goes has names', async () => {
    const users = [{ name: '王芳', user_id: { open_id: 'ou_wang' }, tenant_key: 't' }];
    const event = { chat_id: 'oc_1', operator_id: { open_id: 'ou_lin' }, external: true, users };
    expect(await heard(eventOf('im.chat.member.user.added_v1', event))).toMatchObject({
      kind: 'happened',
      what: 'joined',
      people: [{ name: '王芳' }],
      external: true,
      at: new Date(1772416800000),
    });
  });

  it('a press in a private chat is one in private', async () => {
    await door.send(messageOf('你好', { kind: 'p2p', chat: 'oc_p' }));
    await door.pass(1);
    const places: unknown[] = [];
    door.behind.handle = (incoming) => {
      places.push(incoming.place.kind);
      return Promise.resolve({});
    };
    const press = pressOf({ action: 'a.b', value: {} });
    const context = { open_message_id: 'om_c', open_chat_id: 'oc_p' };
    await door.send({ ...press, event: { ...press.event, context } });
    await door.send(press);
    expect(places).toEqual(['private', 'group']);
  });
});
