import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import { BranchId, type ChatId, type PersonId } from '../../base/ids.ts';
import { shortLine } from '../../base/text.ts';
import type { Groups } from './groups.ts';
import type { Membership } from './membership.ts';
import type { Moving } from './moving.ts';
import { lockBranch, startSecretary } from './roles.ts';
import { checkBinding, nameLimit } from './rules.ts';
import type { Standings } from './standing.ts';
import type { Bound, Branch, GroupSeen } from './types.ts';

interface BindingNeeds {
  db: Db;
  clock: Clock;
  standings: Standings;
  groups: Groups;
  membership: Membership;
  moving: Moving;
}
interface Bind {
  chat: ChatId;
  by: PersonId;
  name: string;
  /** The group as the platform describes it, with everybody in it. */
  seen: GroupSeen;
}

/** Tying groups to branches. */
export function createBinding({ db, clock, standings, groups, membership, moving }: BindingNeeds) {
  /** The branch of this name, made if nobody has it; an existing one only for those who may join it. */
  async function branchNamed(name: string, by: PersonId): Promise<Branch & { made: boolean }> {
    const [made] = await db.sql<{ id: BranchId }>(
      `insert into branch (name, created_at) values ($1, $2) on conflict (name) do nothing returning id`,
      name,
      clock.now(),
    );
    if (made) return { id: made.id, name, made: true };
    const found = await db.client.branch.findUniqueOrThrow({ where: { name } });
    const branch = { id: BranchId.parse(found.id), name };
    await lockBranch(db, branch.id);
    if (!standings.isAdmin(by) && !(await standings.isSecretary(by, branch.id)))
      throw new Refusal('BRANCH_NAME_TAKEN', { name });
    return { ...branch, made: false };
  }

  /** Ties the group and gives its binder, if among its people, the role; both from now on. */
  async function tie({ chat, by, name, seen }: Bind) {
    const { made, ...branch } = await branchNamed(name, by);
    await db.client.chat.update({
      where: { id: chat },
      data: { branchId: branch.id, boundAt: clock.now() },
    });
    if (seen.people.some(({ person }) => person === by))
      await startSecretary(db, branch.id, by, clock.now());
    return { branch, how: made ? ('made' as const) : ('joined' as const) };
  }

  return {
    /** The name a branch can have: one line, not empty, not too long. */
    branchName: (text: string) => shortLine(text, 'name', nameLimit),

    /**
     * Ties a group to the branch of this name with the people who are in it. The same binding again
     * only brings the members up to date. Decided by the database: of two at once, one sees the other.
     */
    bind: (bind: Bind): Promise<Bound> =>
      db.atomic(async () => {
        const { chat, by, name, seen } = bind;
        await db.sql(`select id from chat where id = $1 for no key update`, chat);
        const previous = await groups.branchOf(chat);
        checkBinding({
          admin: standings.isAdmin(by),
          owner: seen.owner === by,
          external: seen.external,
          tiedTo: previous?.name,
          name,
        });
        const same = previous?.name === name;
        const { branch, how } = same ? { branch: previous, how: 'same' as const } : await tie(bind);
        await moving.replaceMembers(chat, seen);
        const members = (await membership.members(branch.id)).length;
        const secretaries = await standings.secretaries(branch.id);
        return { branch, how, members, secretaries, previous: same ? undefined : previous };
      }),
  };
}
