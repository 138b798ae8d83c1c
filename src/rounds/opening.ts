import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { type BranchId, type ChatId, RoundId } from '../base/ids.ts';
import type { Roster } from '../people/roster/service.ts';
import type { SecretaryScope } from '../people/roster/types.ts';
import type { Audience } from './audience/service.ts';
import type { Finding } from './finding.ts';
import { aheadOf, defaultEnd, roundTitle } from './rules.ts';
import type { Round, Spec } from './types.ts';
import type { Scheduling } from './scheduling.ts';

interface OpeningNeeds {
  db: Db;
  clock: Clock;
  finding: Finding;
  audience: Pick<Audience, 'askAll'>;
  scheduling: Scheduling;
  roster: Pick<Roster, 'takeNumber'>;
  zone: string;
}
export interface Opening {
  scope: SecretaryScope;
  kind: string;
  branch: BranchId;
  /** The group its card goes to. */
  chat: ChatId;
  title: string;
  closesAt?: Date;
  /** What this kind asks, as far as its card tells. */
  spec?: Spec;
  /** Writes what its kind keeps of its own, before anybody reads the round. */
  keep?(round: RoundId): Promise<unknown>;
}

export function createOpening({
  db,
  clock,
  finding,
  audience,
  scheduling,
  roster,
  zone,
}: OpeningNeeds) {
  /** Numbers and stores the round. Holding the branch's row keeps members from changing meanwhile. */
  async function insert(
    { scope, kind, branch, chat, spec = {} }: Opening,
    title: string,
    closesAt: Date,
  ) {
    const number = await roster.takeNumber(branch);
    const place = { branchId: branch, number, chatId: chat };
    const row = await db.client.round.create({
      data: {
        ...place,
        kind,
        title,
        spec,
        openedBy: scope.by,
        openedAt: clock.now(),
        closesAt,
      },
      select: { id: true },
    });
    const id = RoundId.parse(row.id);
    await audience.askAll(id, branch);
    return id;
  }

  /** Opens a round for everybody who is in the branch now, who must be somebody. Only its secretary may. */
  return (opening: Opening): Promise<Round> =>
    db.atomic(async () => {
      opening.scope.require(opening.branch);
      const now = clock.now();
      const title = roundTitle(opening.title);
      const closesAt = aheadOf(opening.closesAt ?? defaultEnd(now, zone), now);
      const id = await insert(opening, title, closesAt);
      await opening.keep?.(id);
      const round = await finding.find(id);
      await scheduling.planForEnd(round);
      return round;
    });
}
