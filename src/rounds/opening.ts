import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { Refusal } from '../base/errors.ts';
import { type BranchId, type ChatId, RoundId } from '../base/ids.ts';
import type { Roster } from '../people/roster/service.ts';
import type { SecretaryScope } from '../people/roster/types.ts';
import type { Finding } from './finding.ts';
import { aheadOf, defaultEnd, roundTitle } from './rules.ts';
import type { Round, Spec } from './types.ts';
import type { Waking } from './waking.ts';

interface OpeningNeeds {
  db: Db;
  clock: Clock;
  finding: Finding;
  waking: Waking;
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

/** The people now in any group of the branch `$1`. */
export const membersNow = `(select m.person_id from chat_member m join chat c on c.id = m.chat_id
  where c.branch_id = $1 and c.gone_at is null and m.until is null)`;

export function createOpening({ db, clock, finding, waking, roster, zone }: OpeningNeeds) {
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
    const asked = await db.sql(
      `insert into round_person (round_id, person_id) select distinct $2::int, person_id from ${membersNow} m
       returning person_id`,
      branch,
      row.id,
    );
    if (asked.length === 0) throw new Refusal('NOBODY_ASKED');
    return RoundId.parse(row.id);
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
      await waking.endIsSet(round);
      return round;
    });
}
