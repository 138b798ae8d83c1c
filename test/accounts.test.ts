import { expect, it, onTestFinished } from 'vitest';
import { createAccounts } from '../src/feishu/accounts.ts';
import type { Raw } from '../src/feishu/normalize.ts';
import { freshDatabase } from './support/database.ts';

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
  const accounts = createAccounts({ db });
  await accounts.inward({ ...words, message: 'om_1', chat: group }, 'first');
  await db.client.person.updateMany({ data: { goneAt: new Date(at.getTime() - 1) } });
  for (const raw of raws) await accounts.inward(raw, 'then');
  const gone = await db.client.person.count({ where: { goneAt: { not: null } } });
  expect(gone === 0).toBe(isBack);
});
