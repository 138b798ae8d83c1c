import { describe, expect, it } from 'vitest';
import type { BranchId, PersonId } from '../../src/base/ids.ts';
import { createRoster } from '../../src/people/roster/service.ts';
import { world } from '../support/world.ts';

describe('the right of a secretary', () => {
  it('is minted for the branches they serve, here and everywhere', async () => {
    const { lin, wang, group, second, db, clock } = await world({ second: true });
    const roster = createRoster({ db, clock, admins: () => new Set<PersonId>() });
    const names = (of: { branches: readonly { name: string }[] }) => of.branches.map((b) => b.name);
    const inGroup = await roster.asSecretaryHere(lin.id, { id: group.id, kind: 'group' });
    expect(names(inGroup)).toEqual(['第一党支部']);
    const everywhere = await roster.asSecretaryNow(lin.id);
    expect(names(everywhere)).toEqual(['第一党支部', '第二党支部']);
    expect(names(await roster.asSecretaryNow(wang.id))).toEqual([]);
    const there = await roster.acting(lin.id, { id: second.id, kind: 'group' });
    expect(names(there.scope)).toEqual(['第二党支部']);
    expect(() => inGroup.require(there.branch.id)).toThrow('NOT_SECRETARY');
    expect(() => everywhere.require(there.branch.id)).not.toThrow();
  });

  it('is refused to everybody else', async () => {
    const { wang, chen, group, db, clock } = await world();
    const roster = createRoster({ db, clock, admins: () => new Set<PersonId>() });
    const here = { id: group.id, kind: 'group' } as const;
    await expect(roster.asSecretary(wang.id, 1 as BranchId)).rejects.toThrow('NOT_SECRETARY');
    await expect(roster.asSecretaryHere(wang.id, here)).rejects.toThrow('NOT_SECRETARY');
    await expect(roster.acting(chen.id, here)).rejects.toThrow('NOT_SECRETARY');
  });

  it('ends with the role: what was asked for before is not made', async () => {
    const { lin, wang, messenger, db } = await world();
    await lin.says('签到 党课');
    await lin.says('书记 @王芳', { mentions: [wang] });
    await db.sql(`update role set until = now() where person_id = $1`, lin.id);
    await wang.whispers('导出 1');
    await lin.whispers('导出 1');
    const files = messenger.messages.filter(({ content }) => 'file' in content);
    expect(files.map(({ to }) => to)).toEqual([{ person: wang.id }]);
  });
});
