import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { card, plain } from '../../cards/bot/kit.ts';
import type { Sent } from '../../src/bot/messenger.ts';
import type { Outgoing } from '../../src/bot/talk.ts';
import type { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import { createRateLimit, nextFreeMoment } from '../../src/queue/rate-limit.ts';
import { textOf } from '../support/card-text.ts';
import { type Door, messageOf, openDoor, pressOf } from '../support/door.ts';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.stop());

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
type Send = Door['messenger']['send'];
interface Attempt {
  text: string;
  key: string;
  at: number;
}

/** Writes every attempt down and lets `script` decide instead of the pretended platform. */
function watch(script: (attempt: Attempt) => Sent | undefined = () => undefined) {
  const attempts: Attempt[] = [];
  const real: Send = door.messenger.send.bind(door.messenger);
  door.messenger.send = (to, content, options) => {
    const attempt = { text: textOf(content), key: options.key, at: door.clock.now().getTime() };
    attempts.push(attempt);
    const sent = script(attempt);
    return sent ? Promise.resolve(sent) : real(to, content, options);
  };
  return attempts;
}
async function group(name = 'oc_group'): Promise<ChatId> {
  const row = await door.db.client.chat.create({ data: { platformId: name, kind: 'group' } });
  return row.id as ChatId;
}
async function person(name = 'ou_lin'): Promise<PersonId> {
  return (await door.db.client.person.create({ data: { openId: name, name } })).id as PersonId;
}
const text = (chat: ChatId, words: string): Outgoing => ({
  to: { chat },
  content: { text: words },
});
const texts = () => door.messenger.messages.map(({ content }) => textOf(content));
const rows = () => door.db.client.outgoing.findMany({ orderBy: { id: 'asc' } });
const states = async () => (await rows()).map(({ state }) => state);

/** The most moments of `times` that fall within any stretch of `length`. */
function most(times: number[], length: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return Math.max(...sorted.map((at) => sorted.filter((t) => t >= at && t < at + length).length));
}

describe('a message', () => {
  it('leaves once its transaction has committed, and never otherwise', async () => {
    const chat = await group();
    const refused = door.db.atomic(async () => {
      await door.outbox.put([text(chat, '不该发出')]);
      throw new Error('the handler failed');
    });
    await expect(refused).rejects.toThrow();
    await door.outbox.put([text(chat, '发出')]);
    await door.pass(1);
    expect(texts()).toEqual(['发出']);
  });

  it('is called sent with the platform’s id, and its content is forgotten', async () => {
    const chat = await group();
    await door.outbox.put([{ ...text(chat, '你好'), subject: 'round:1' }]);
    await door.pass(1);
    const [row] = await rows();
    expect(row).toMatchObject({
      ...{ state: 'sent', platformId: 'om_1', subject: 'round:1', content: null },
      firstAttemptAt: expect.any(Date) as Date,
    });
  });

  it('is seen once when its sender dies after sending', async () => {
    const chat = await group();
    const real: Send = door.messenger.send.bind(door.messenger);
    let deaths = 0;
    door.messenger.send = async (...message) => {
      const sent = await real(...message);
      if ((deaths += 1) <= 2) throw new Error('killed before it was written down');
      return sent;
    };
    await door.outbox.put([text(chat, '你好')]);
    for (let i = 0; i < 4; i += 1) await door.pass(30 * second);
    expect(deaths).toBe(3);
    expect(texts()).toEqual(['你好']);
    expect(await states()).toEqual(['sent']);
  });

  it('carries a file', async () => {
    const chat = await group();
    const bytes = Buffer.from([0, 255, 1]);
    await door.outbox.put([{ to: { chat }, content: { file: { name: '表.xlsx', bytes } } }]);
    await door.pass(1);
    expect(door.messenger.messages[0]?.content).toEqual({ file: { name: '表.xlsx', bytes } });
  });

  it('refused for good is not tried again', async () => {
    const chat = await group();
    const attempts = watch(() => ({ outcome: 'refused', reason: '230025' }));
    await door.outbox.put([text(chat, '太长')]);
    for (let i = 0; i < 5; i += 1) await door.pass(minute);
    expect(attempts).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'refused', reason: '230025', content: null }]);
  });
});

describe('the order', () => {
  it('within a chat is kept while one waits to be tried again; other chats go on', async () => {
    const [one, other] = [await group('oc_1'), await group('oc_2')];
    let busy = true;
    watch(({ text: words }) =>
      words === '一' && busy ? { outcome: 'later', reason: '230020' } : undefined,
    );
    await door.outbox.put([text(one, '一'), text(one, '二'), text(other, '三')]);
    await door.pass(1);
    expect(texts()).toEqual(['三']);
    busy = false;
    await door.pass(30 * second);
    expect(texts()).toEqual(['三', '一', '二']);
  });

  it('is one for a person and the private chat with them, and so are the limits', async () => {
    const lin = await person();
    const data = { platformId: 'oc_p', kind: 'private', personId: lin };
    const chat = (await door.db.client.chat.create({ data })).id as ChatId;
    const attempts = watch();
    const messages = Array.from({ length: 14 }, (_, i) => ({
      to: i % 2 ? { chat } : { person: lin },
      content: { text: `${i}` },
    }));
    await door.outbox.put(messages);
    await door.pass(1);
    expect(texts()).toEqual(messages.map(({ content }) => content.text));
    expect(
      most(
        attempts.map(({ at }) => at),
        second,
      ),
    ).toBe(5);
  });
});

describe('what cannot be known', () => {
  it('is tried again under one key for 50 minutes, then called unknown', async () => {
    const chat = await group();
    const attempts = watch(() => ({ outcome: 'unknown', reason: 'no answer' }));
    await door.outbox.put([text(chat, '你好')]);
    for (let i = 0; i < 80; i += 1) await door.pass(minute);
    const [first] = attempts;
    expect(attempts.length).toBeGreaterThan(10);
    expect(new Set(attempts.map(({ key }) => key)).size).toBe(1);
    expect((attempts.at(-1)?.at ?? 0) - (first?.at ?? 0)).toBeLessThanOrEqual(50 * minute);
    expect(await rows()).toMatchObject([{ state: 'unknown', content: null, platformId: null }]);
    const tries = attempts.length;
    for (let i = 0; i < 10; i += 1) await door.pass(hour);
    expect(attempts).toHaveLength(tries);
  });

  it('stays so when the platform later only says that it is busy', async () => {
    const chat = await group();
    let tries = 0;
    const attempts = watch(() => {
      tries += 1;
      if (tries === 1) return { outcome: 'unknown', reason: 'no answer' };
      return { outcome: 'later', reason: '230020' };
    });
    await door.outbox.put([text(chat, '你好')]);
    for (let i = 0; i < 80; i += 1) await door.pass(minute);
    expect((attempts.at(-1)?.at ?? 0) - (attempts[0]?.at ?? 0)).toBeLessThanOrEqual(50 * minute);
    expect(await states()).toEqual(['unknown']);
  });

  it('is not what was certainly not delivered: that is sent however late', async () => {
    const chat = await group();
    const until = door.clock.now().getTime() + 70 * minute;
    watch(({ at }) => (at < until ? { outcome: 'later', reason: '230020' } : undefined));
    await door.outbox.put([text(chat, '你好')]);
    for (let i = 0; i < 80; i += 1) await door.pass(minute);
    expect(texts()).toEqual(['你好']);
    expect(await states()).toEqual(['sent']);
  });

  it('nor is a message sent that is six hours late', async () => {
    const chat = await group();
    await door.outbox.put([text(chat, '你好')]);
    await door.pass(6 * hour + minute);
    expect(texts()).toEqual([]);
    expect(await states()).toEqual(['refused']);
  });

  it('holds up what follows only for a while', async () => {
    const chat = await group();
    watch(({ text: words }) =>
      words === '一' ? { outcome: 'unknown', reason: 'no answer' } : undefined,
    );
    await door.outbox.put([text(chat, '一'), text(chat, '二')]);
    for (let i = 0; i < 6; i += 1) await door.pass(30 * second);
    expect(texts()).toEqual(['二']);
  });
});

describe('a recipient out of reach', () => {
  it('is not called again, and what was meant for it is settled as gone', async () => {
    const chat = await group();
    const attempts = watch(() => ({ outcome: 'gone', reason: '230002' }));
    await door.outbox.put([text(chat, '一'), text(chat, '二')]);
    await door.pass(1);
    await door.outbox.put([text(chat, '三')]);
    await door.pass(1);
    expect(attempts).toHaveLength(1);
    expect(await states()).toEqual(['gone', 'gone', 'gone']);
    expect((await rows()).every(({ content }) => content === null)).toBe(true);
    expect(door.gone).toEqual([{ chat }]);
  });

  it('is one and the same in private, by its chat or by its name', async () => {
    const lin = await person('ou_lin');
    const alone = { platformId: 'oc_p_lin', kind: 'private', personId: lin };
    const { id } = await door.db.client.chat.create({ data: alone });
    const attempts = watch(() => ({ outcome: 'gone', reason: '230013' }));
    await door.outbox.put([text(id as ChatId, '一')]);
    await door.pass(1);
    await door.outbox.put([{ to: { person: lin }, content: { text: '二' } }]);
    await door.pass(1);
    expect(attempts).toHaveLength(1);
    expect(door.gone).toEqual([{ person: lin }]);
  });

  it('can be written to again after it has spoken', async () => {
    const lin = await person('ou_lin');
    let isGone = true;
    watch(() => (isGone ? { outcome: 'gone', reason: '230053' } : undefined));
    await door.outbox.put([{ to: { person: lin }, content: { text: '一' } }]);
    await door.pass(1);
    isGone = false;
    const message = messageOf('你好', { kind: 'p2p', chat: 'oc_p', from: 'ou_lin' });
    const at = String(door.clock.now().getTime() + second);
    Object.assign((message.event as { message: object }).message, { create_time: at });
    await door.send(message);
    await door.pass(1);
    await door.outbox.put([{ to: { person: lin }, content: { text: '二' } }]);
    await door.pass(1);
    expect(texts()).toEqual(['二']);
  });

  it.each([
    ['speaks', () => messageOf('你好', { from: 'ou_lin' })],
    ['presses a card', () => pressOf({ action: 'any', value: {} })],
  ])('in private stays so when the person %s in a group, and is told of once', async (_, event) => {
    const lin = await person('ou_lin');
    await group('oc_group');
    const attempts = watch(() => ({ outcome: 'gone', reason: '230053' }));
    await door.outbox.put([{ to: { person: lin }, content: { text: '一' } }]);
    await door.pass(1);
    await door.pass(hour);
    const now = String(door.clock.now().getTime());
    const happened = event();
    Object.assign(happened.header, { create_time: now });
    Object.assign((happened.event as { message?: object }).message ?? {}, { create_time: now });
    await door.send(happened);
    await door.pass(1);
    await door.outbox.put([{ to: { person: lin }, content: { text: '二' } }]);
    await door.pass(1);
    expect(attempts).toHaveLength(1);
    expect(door.gone).toEqual([{ person: lin }]);
  });
});

describe('the limits', () => {
  it('let 5 messages a second into one chat', async () => {
    const chat = await group();
    const attempts = watch();
    await door.outbox.put(Array.from({ length: 23 }, (_, i) => text(chat, `${i}`)));
    await door.pass(1);
    expect(attempts).toHaveLength(23);
    expect(
      most(
        attempts.map(({ at }) => at),
        second,
      ),
    ).toBe(5);
    const [first, last] = [attempts[0]?.at ?? 0, attempts.at(-1)?.at ?? 0];
    expect(last - first).toBeLessThan(5 * second);
  });

  it('let 50 a second and 1000 a minute out, over all replicas together', async () => {
    const { db, clock } = door;
    const replicas = [createRateLimit({ db, clock }), createRateLimit({ db, clock })] as const;
    const now = clock.now().getTime();
    const asked = Array.from({ length: 1100 }, (_, i) =>
      replicas[i % 2 ? 1 : 0].reserve(['app:send', `chat:${i}`]),
    );
    const times = (await Promise.all(asked)).map((ms) => now + ms);
    expect(most(times, second)).toBe(50);
    expect(most(times, minute)).toBe(1000);
    expect(Math.max(...times) - now).toBeLessThan(70 * second);
  });

  it('find the next free moment', () => {
    const at = (ms: number) => new Date(ms);
    const limits = [{ count: 2, within: 100 }];
    expect(nextFreeMoment([], limits, at(7))).toEqual(at(7));
    expect(nextFreeMoment([at(5)], limits, at(7))).toEqual(at(7));
    expect(nextFreeMoment([at(5), at(6)], limits, at(7))).toEqual(at(105));
    expect(nextFreeMoment([at(5), at(6)], limits, at(200))).toEqual(at(200));
  });

  it('forget what they need no longer', async () => {
    const { db, clock } = door;
    const rateLimit = createRateLimit({ db, clock });
    await rateLimit.reserve(['app:send', 'chat:1']);
    clock.pass(2 * hour);
    await rateLimit.reserve(['app:send', 'chat:2']);
    await rateLimit.deleteOld();
    const left = await db.client.pace.findMany({ orderBy: { key: 'asc' } });
    expect(left.map(({ key }) => key)).toEqual(['app:send', 'chat:2']);
  });
});

describe('a card that changes', () => {
  const showing = (words: string) => card('进度', 'plain', [plain(words)]);
  const subject = 'round:1';
  const now = () => door.messenger.messages.map(({ content }) => textOf(content));

  async function sendCard() {
    const chat = await group();
    await door.outbox.put([{ to: { chat }, content: { card: showing('零') }, subject }]);
    return chat;
  }

  it('shows what was wanted last, changed at most once a second', async () => {
    await sendCard();
    await door.pass(1);
    const moments: number[] = [];
    const real = door.messenger.update.bind(door.messenger);
    door.messenger.update = (...update) => {
      moments.push(door.clock.now().getTime());
      return real(...update);
    };
    for (const words of ['一', '二', '三', '四', '五']) {
      await door.outbox.refresh(subject, showing(words));
      await door.pass(100);
    }
    await door.pass(2 * second);
    expect(now()).toEqual([expect.stringContaining('五')]);
    expect(most(moments, second)).toBe(1);
    expect((await rows())[0]?.wanted).toBeNull();
  });

  it('while it is on its way is brought up to date once it is there', async () => {
    await sendCard();
    await door.outbox.refresh(subject, showing('一'));
    await door.pass(1);
    await door.pass(2 * second);
    expect(now()).toEqual([expect.stringContaining('一')]);
  });

  it('is tried again when the platform is busy', async () => {
    await sendCard();
    await door.pass(1);
    const real = door.messenger.update.bind(door.messenger);
    let tries = 0;
    door.messenger.update = (...update) =>
      (tries += 1) < 3 ? Promise.resolve({ outcome: 'unknown', reason: 'x' }) : real(...update);
    await door.outbox.refresh(subject, showing('一'));
    for (let i = 0; i < 5; i += 1) await door.pass(10 * second);
    expect(tries).toBe(3);
    expect(now()).toEqual([expect.stringContaining('一')]);
  });

  it('is left alone after 14 days, and in a chat out of reach', async () => {
    const chat = await sendCard();
    await door.pass(1);
    await door.db.client.chat.update({ where: { id: chat }, data: { goneAt: door.clock.now() } });
    await door.outbox.refresh(subject, showing('一'));
    await door.pass(2 * second);
    await door.db.client.chat.update({ where: { id: chat }, data: { goneAt: null } });
    await door.pass(14 * 24 * hour);
    await door.outbox.refresh(subject, showing('二'));
    await door.pass(2 * second);
    expect(door.messenger.messages[0]?.updates).toBe(0);
  });

  it('can be taken back, also while it is on its way', async () => {
    await sendCard();
    await door.pass(1);
    await door.outbox.put([{ to: { person: await person() }, content: { text: '二' }, subject }]);
    await door.outbox.recall(subject);
    for (let i = 0; i < 3; i += 1) await door.pass(10 * second);
    expect(door.messenger.messages.map(({ recalled }) => recalled)).toEqual([true, true]);
  });
});

it('answers under a message stay under it', async () => {
  const chat = await group();
  const replyTo = 'om_asked' as MessageId;
  await door.outbox.put([{ ...text(chat, '答'), replyTo }]);
  await door.pass(1);
  expect(door.messenger.messages[0]?.replyTo).toBe('om_asked');
});

describe('a message and its job', () => {
  const failJobs = () =>
    door.db.client.$executeRawUnsafe(
      `create function fail() returns trigger as $$ begin raise 'no job'; end $$ language plpgsql;
       create trigger fail before insert on pgboss.job for each row execute function fail()`,
    );
  const letJobs = () =>
    door.db.client.$executeRawUnsafe(`drop trigger fail on pgboss.job; drop function fail()`);

  it('are both there or neither, also outside a transaction', async () => {
    const chat = await group();
    const message = { ...text(chat, '你好'), id: '01a22a9d-bd1b-7617-8308-ecd55f3b92d2' };
    await failJobs();
    await expect(door.outbox.put([message])).rejects.toThrow('no job');
    expect(await rows()).toEqual([]);
    await letJobs();
    await door.outbox.put([message]);
    await door.outbox.put([message]);
    await door.pass(1);
    expect(texts()).toEqual(['你好']);
  });

  it('are brought together where one is lost, and what is too late by then says nothing', async () => {
    const chat = await group();
    const attempts = watch(() => ({ outcome: 'later', reason: '500' }));
    const third = await group('oc_third');
    await door.outbox.put([text(chat, '早'), { ...text(third, '限时'), until: door.clock.now() }]);
    await door.db.sql(`delete from pgboss.job where name = 'outbox'`);
    await door.pass(2 * minute);
    expect(attempts).toEqual([]);
    const other = await group('oc_other');
    await door.outbox.put([text(other, '自己会走')]);
    await door.outbox.requeueStranded();
    await door.pass(1);
    expect(attempts.map((attempt) => attempt.text).sort()).toEqual(['早', '自己会走'].sort());
    expect((await rows()).map(({ state, content }) => [state, content === null])).toEqual([
      ['waiting', false],
      ['refused', true],
      ['waiting', false],
    ]);
    await door.db.sql(`delete from pgboss.job where name in ('outbox', 'late')`);
    await door.pass(7 * hour);
    await door.outbox.requeueStranded();
    await door.pass(1);
    expect(await states()).toEqual(['refused', 'refused', 'refused']);
    expect((await rows()).every(({ content }) => content === null)).toBe(true);
  });

  it('are left alone while the job waits, runs or is about to be given up', async () => {
    const chat = await group();
    watch(() => ({ outcome: 'later', reason: '500' }));
    await door.outbox.put([text(chat, '一')]);
    await door.pass(10 * minute);
    const waiting = async () => {
      const [row] = await door.db.sql<{ count: number }>(
        `select count(*)::int as count from pgboss.job where state <> 'completed'`,
      );
      return row?.count;
    };
    expect(await waiting()).toBe(1);
    for (const state of ['created', 'retry', 'active', 'failed']) {
      await door.db.sql(`update pgboss.job set state = '${state}' where state <> 'completed'`);
      await door.outbox.requeueStranded();
      expect(await waiting()).toBe(1);
    }
  });

  it('of an earlier version, which waited elsewhere, is done all the same', async () => {
    const chat = await group();
    await door.outbox.put([{ ...text(chat, '旧'), subject: 'a' }]);
    await door.pass(1);
    await door.outbox.refresh('a', card('新', 'plain', []));
    await door.outbox.recall('a');
    await door.db.sql(`update pgboss.job set name = 'work' where name = 'cards'`);
    await door.pass(minute);
    expect(door.messenger.messages).toMatchObject([{ recalled: true, updates: 1 }]);
  });
});

it('words of a card that can be changed no more are forgotten', async () => {
  const chat = await group();
  await door.outbox.put([{ ...text(chat, '旧'), subject: 'a' }]);
  await door.pass(1);
  door.messenger.update = () => Promise.resolve({ outcome: 'later', reason: '500' });
  await door.outbox.refresh('a', card('新', 'plain', []));
  await door.pass(13 * 24 * hour);
  await door.outbox.deleteOld();
  expect((await rows()).map(({ wanted }) => wanted !== null)).toEqual([true]);
  await door.pass(24 * hour + second);
  await door.outbox.deleteOld();
  expect((await rows()).map(({ wanted }) => wanted !== null)).toEqual([false]);
});

describe('what has left', () => {
  it('is told once to whoever waits for it, and the last of a subject finds all others noted', async () => {
    const heard: string[] = [];
    door.outbox.onOutcome('a', async ({ subject, state }) => {
      const { waiting } = await door.outbox.outcomes(subject);
      heard.push(`${subject} ${state} ${waiting}`);
    });
    door.messenger.isGone = (to) => 'person' in to;
    await door.outbox.put([
      { ...text(await group('oc_1'), '一'), subject: 'a:1' },
      { ...text(await group('oc_2'), '二'), subject: 'a:1' },
      { to: { person: await person() }, content: { text: '三' }, subject: 'a:1' },
      { ...text(await group('oc_3'), '四'), subject: 'b:1' },
    ]);
    await door.pass(1);
    await door.pass(minute);
    expect(heard).toEqual(['a:1 sent 2', 'a:1 sent 1', 'a:1 gone 0']);
    expect(await door.outbox.outcomes('a:1')).toMatchObject({ sent: 2, gone: 1, waiting: 0 });
  });

  it('is noted also where whoever waits for it fails, and what that wrote is undone', async () => {
    door.outbox.onOutcome('a', async () => {
      await door.db.client.branch.create({ data: { name: '不该留下' } });
      throw new Error('a bug');
    });
    await door.outbox.put([{ ...text(await group(), '一'), subject: 'a:1' }]);
    await door.pass(1);
    expect(await states()).toEqual(['sent']);
    expect(texts()).toEqual(['一']);
    expect(await door.db.client.branch.count()).toBe(0);
  });
});
