import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccounts } from '../../src/feishu/accounts/accounts.ts';
import { privateTo } from '../../src/queue/outbox.ts';
import { readEvent } from '../../src/feishu/events/events.ts';
import { happeningInWords, type Raw } from '../../src/feishu/events/normalize.ts';
import { freshDatabase } from '../support/database.ts';

const at = new Date('2026-03-02T10:00:00+08:00');
const group = { platformId: 'oc_group', kind: 'group' as const };
const alone = { platformId: 'oc_wang', kind: 'private' as const };
const from = 'ou_wang';
const words = { kind: 'said' as const, from, text: '我的', mentions: [], at };
const press = { kind: 'pressed' as const, from, action: 'quiz.begin', value: {}, form: {}, at };

it.each<[string, Raw[], boolean]>([
  ['speaks in a group', [{ ...words, message: 'om_2', chat: group }], false],
  ['writes in private', [{ ...words, message: 'om_2', chat: alone }], true],
  ['presses a card in a group', [{ ...press, message: 'om_2', chat: group }], false],
])('somebody out of reach who %s', async (_, raws, isBack) => {
  const { db, close } = await freshDatabase();
  onTestFinished(close);
  const accounts = createAccounts({ db, privateTo: privateTo(db) });
  await accounts.inward({ ...words, message: 'om_1', chat: group }, 'first');
  await db.client.person.updateMany({ data: { goneAt: new Date(at.getTime() - 1) } });
  for (const raw of raws) await accounts.inward(raw, 'then');
  const gone = await db.client.person.count({ where: { goneAt: { not: null } } });
  expect(gone === 0).toBe(isBack);
});

describe('the kind of a chat', () => {
  const pressed = { ...press, message: 'om_card', chat: { platformId: 'oc_wang' } };
  const said = { ...words, message: 'om_2', chat: alone };
  const happened = { kind: 'happened' as const, what: 'bot-added' as const, people: [], at };

  async function book() {
    const { db, close } = await freshDatabase();
    onTestFinished(close);
    const rows = () =>
      db.sql<{ kind: string | null; isHers: boolean; branch: number | null }>(
        `select c.kind, p.open_id = 'ou_wang' is true as "isHers", c.branch_id as branch
         from chat c left join person p on p.id = c.person_id order by c.id`,
      );
    const sent = async (message: string, openId: string) => {
      const [person] = await createAccounts({ db, privateTo: privateTo(db) }).persons([{ openId }]);
      const id = randomUUID();
      await db.client.outgoing.create({ data: { id, personId: person, platformId: message } });
    };
    /** One more process on this database, with a memory of its own. */
    const process = () => {
      const accounts = createAccounts({ db, privateTo: privateTo(db) });
      return async (raw: Raw) => (await accounts.inward(raw, 'trace')).place.kind;
    };
    return { db, rows, sent, process };
  }

  it('is not guessed from a press: nothing private is said there until the platform tells', async () => {
    const { rows, process } = await book();
    const [one, other] = [process(), process()];
    expect(await one(pressed)).toBe('group');
    expect(await other(pressed)).toBe('group');
    expect(await rows()).toEqual([{ kind: null, isHers: false, branch: null }]);
    expect(await one(said)).toBe('private');
    expect(await rows()).toEqual([{ kind: 'private', isHers: true, branch: null }]);
    for (const each of [one, other, process()]) expect(await each(pressed)).toBe('private');
  });

  it('is known of a card that was sent to the presser alone, once that is written down', async () => {
    const { rows, process, sent } = await book();
    const one = process();
    expect(await one(pressed)).toBe('group');
    await sent('om_other', 'ou_wang');
    expect(await one(pressed)).toBe('group');
    await sent('om_card', 'ou_wang');
    expect(await one(pressed)).toBe('private');
    expect(await rows()).toEqual([{ kind: 'private', isHers: true, branch: null }]);
  });

  it('is not known of a card that was sent to somebody else and handed on', async () => {
    const { rows, process, sent } = await book();
    await sent('om_card', 'ou_lin');
    expect(await process()(pressed)).toBe('group');
    expect(await rows()).toEqual([{ kind: null, isHers: false, branch: null }]);
  });

  it('is mended by the next message where a wrong guess was stored, also for other processes', async () => {
    const { db, rows, process } = await book();
    const branch = await db.client.branch.create({ data: { name: '第一党支部' } });
    const wrong = { platformId: 'oc_wang', kind: 'group', branchId: branch.id, boundAt: at };
    await db.client.chat.create({ data: wrong });
    const [one, other] = [process(), process()];
    expect(await other(pressed)).toBe('group');
    expect(await one(said)).toBe('private');
    expect(await other(pressed)).toBe('private');
    const file = { ...alone, platformId: 'oc_wang' };
    expect(
      await other({
        kind: 'file',
        message: 'om_3',
        from,
        at,
        chat: file,
        key: 'k',
        name: '题库.xlsx',
      }),
    ).toBe('private');
    expect(await rows()).toEqual([{ kind: 'private', isHers: true, branch: null }]);
  });

  it('is mended likewise of a group, and of a private chat that was taken for another one’s', async () => {
    const { db, rows, process } = await book();
    const wang = await db.client.person.create({ data: { openId: 'ou_wang' } });
    const wrong = { platformId: 'oc_group', kind: 'private', personId: wang.id };
    await db.client.chat.create({ data: wrong });
    const one = process();
    expect(await one(said)).toBe('private');
    expect(await one({ ...words, message: 'om_3', chat: group })).toBe('group');
    expect(await rows()).toEqual([
      { kind: 'group', isHers: false, branch: null },
      { kind: 'private', isHers: true, branch: null },
    ]);
  });

  it('is not made of a word that nobody knows', async () => {
    const { rows, process } = await book();
    expect(await process()({ ...said, chat: { platformId: 'oc_wang' } })).toBe('group');
    expect(await rows()).toEqual([{ kind: null, isHers: false, branch: null }]);
  });

  it('is a group where people come and go', async () => {
    const { rows, process } = await book();
    const one = process();
    await one(pressed);
    expect(await one({ ...happened, chat: { platformId: 'oc_wang', kind: 'group' } })).toBe(
      'group',
    );
    expect(await rows()).toEqual([{ kind: 'group', isHers: false, branch: null }]);
  });
});

it('stores no name of a group that an event tells: it may be the bot’s own', async () => {
  const { db, close } = await freshDatabase();
  onTestFinished(close);
  const event = { chat_id: 'oc_group', name: '学伴', operator_id: { open_id: 'ou_lin' } };
  const type = 'im.chat.member.bot.added_v1';
  const envelope = { id: 'e', type, token: '', app: '', event };
  const read = readEvent(envelope);
  if (read?.kind === 'happened')
    await createAccounts({ db, privateTo: privateTo(db) }).inward(
      happeningInWords(read, at),
      'trace',
    );
  expect(await db.sql('select name, kind from chat')).toEqual([{ name: '', kind: 'group' }]);
});
