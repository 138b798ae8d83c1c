import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { Refusal } from '../base/errors.ts';
import type { BranchId, ChatId, RoundId } from '../base/ids.ts';
import type { BranchScope } from '../people/roster/types.ts';
import { createCounting } from './counting.ts';
import { isOpen } from './rules.ts';
import type { KnownKinds, Round, Some } from './types.ts';

/** No column holds a larger number, so nobody means one. */
const largestInt = 2 ** 31 - 1;

/** Finding rounds, always with their counts. */
export function createFinding(db: Db, clock: Clock, kinds: KnownKinds) {
  const { select } = createCounting(db, clock, kinds);

  async function find(id: RoundId): Promise<Round> {
    const [round] = await select('where r.id = $1', id);
    if (!round) throw new Refusal('BUTTON_UNKNOWN');
    return round;
  }

  return {
    find,

    /**
     * The round unless it was closed or taken back; nobody does that, or changes it, until the surrounding
     * transaction ends.
     */
    async holdOpen(id: RoundId): Promise<Round | undefined> {
      const rows = await db.sql(
        `select 1 from round where id = $1 and closed_at is null and recalled_at is null for share`,
        id,
      );
      return rows.length > 0 ? find(id) : undefined;
    },

    /**
     * The rounds a number can mean in these branches, each of which counts its own. Refuses when there is
     * none, so the answer is never empty.
     */
    async numbered(branches: readonly BranchId[], number: number): Promise<Some<Round>> {
      if (!(number <= largestInt)) throw new Refusal('ROUND_UNKNOWN', { number });
      const where = `where r.number = $1 and r.branch_id = any($2::int[]) order by r.id`;
      const [first, ...others] = await select(where, number, branches);
      if (!first) throw new Refusal('ROUND_UNKNOWN', { number });
      return [first, ...others];
    },

    /** Their open rounds. */
    openOf({ ids }: BranchScope): Promise<Round[]> {
      const where = `where ${isOpen('$1')} and r.branch_id = any($2::int[]) order by r.branch_id, r.number`;
      return select(where, clock.now(), ids);
    },

    /** What was opened in them in this time and not taken back, by branch and number. */
    openedIn: ({ ids }: BranchScope, { from, to }: { from: Date; to: Date }): Promise<Round[]> =>
      select(
        `where r.opened_at >= $1 and r.opened_at < $2 and r.recalled_at is null
           and r.branch_id = any($3::int[]) order by r.branch_id, r.number`,
        from,
        to,
        ids,
      ),

    /** Open rounds of a kind in this branch. */
    openOfKind: (kind: string, branch: BranchId): Promise<Round[]> =>
      select(
        `where ${isOpen('$1')} and r.kind = $2 and r.branch_id = $3 order by r.id`,
        clock.now(),
        kind,
        branch,
      ),

    /** Open rounds whose card stands in this group. */
    openIn: (chat: ChatId): Promise<Round[]> =>
      select(`where ${isOpen('$1')} and r.chat_id = $2 order by r.number`, clock.now(), chat),

    /** These rounds, by number. */
    findAll: (ids: RoundId[]): Promise<Round[]> =>
      select('where r.id = any($1::int[]) order by r.branch_id, r.number', ids),
  };
}
export type Finding = ReturnType<typeof createFinding>;
