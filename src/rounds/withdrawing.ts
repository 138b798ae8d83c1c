import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { PersonId, RoundId } from '../base/ids.ts';
import { createByKind } from './kinds/service.ts';
import { isOpen } from './rules.ts';
import type { KnownKinds } from './types.ts';

/**
 * Deletes a person's answers in rounds that are still open, as far as their kind lets an answer be given
 * again, and what else they told the kind; returns those rounds. What was counted at an end stays.
 */
export function createWithdrawing(db: Db, clock: Clock, kinds: KnownKinds) {
  const { askEach } = createByKind(kinds);

  async function deleteAnswers(person: PersonId, rounds: RoundId[]): Promise<RoundId[]> {
    const deleted = await db.sql<{ id: RoundId }>(
      `delete from answer where person_id = $1 and round_id = any($2::int[]) returning round_id as id`,
      person,
      rounds,
    );
    return deleted.map(({ id }) => id);
  }

  return (person: PersonId): Promise<RoundId[]> =>
    db.atomic(async () => {
      // As when answering: none of these can be closed before this transaction ends.
      const open = await db.sql<{ id: RoundId; kind: string }>(
        `select r.id, r.kind from round r join round_person p on p.round_id = r.id and p.person_id = $2
         where ${isOpen('$1')} order by r.id for share of r`,
        clock.now(),
        person,
      );
      const changed = await askEach(open, async (kind, own) => [
        ...(kind.isWithdrawable ? await deleteAnswers(person, own) : []),
        ...((await kind.withdraw?.(person, own)) ?? []),
      ]);
      return [...new Set(changed.flat())];
    });
}
