import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { BranchId, RoundId } from '../../base/ids.ts';
import type { Roster } from '../../people/roster/service.ts';
import type { KnownKinds } from '../types.ts';
import { createAwaited } from './awaited.ts';
import { createAskedMembers } from './members.ts';
import { createMissing } from './missing.ts';
import { createParticipations } from './participation.ts';

interface AudienceNeeds {
  db: Db;
  clock: Clock;
  kinds: KnownKinds;
  roster: Pick<Roster, 'holdBranch'>;
  refreshCardSoon(round: RoundId): Promise<unknown>;
}

/** Who is asked in a round, who is still waited for, and who is missing. */
export function createAudience({ db, clock, kinds, roster, refreshCardSoon }: AudienceNeeds) {
  const members = createAskedMembers(db, clock);
  return {
    ...createParticipations(db, kinds),
    ...createAwaited(db, clock, kinds),
    ...createMissing(db, kinds),

    askAll: members.askAll,

    /**
     * Brings the open rounds of a branch in step with its members: who joined is asked too, who left is
     * no longer waited for, and what they had answered stays. Call it after members changed.
     */
    keepInStep: (branch: BranchId): Promise<void> =>
      db.atomic(async () => {
        await roster.holdBranch(branch);
        for (const round of await members.update(branch)) await refreshCardSoon(round);
      }),
  };
}
export type Audience = ReturnType<typeof createAudience>;
