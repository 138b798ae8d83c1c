import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import type { PersonId, RoundId } from '../ids.ts';
import { isOpen } from './counting.ts';
import type { KnownKinds } from './types.ts';

/**
 * Deletes a person's answers in rounds that are still open, as far as their kind lets an answer be given
 * again, and that they will come to a meeting still ahead; returns those rounds. What was counted at an end
 * stays.
 */
export const createWithdrawing =
  (db: Db, clock: Clock, kinds: KnownKinds) =>
  (person: PersonId): Promise<RoundId[]> =>
    db.atomic(async () => {
      const own = kinds.all().map(({ kind }) => kind);
      const names = own.filter((kind) => kind.isWithdrawable).map(({ name }) => name);
      // As when answering: none of these can be closed before this transaction ends.
      const open = await db.sql<{ id: RoundId }>(
        `select r.id from round r join answer a on a.round_id = r.id and a.person_id = $2
         where ${isOpen('$1')} and r.kind = any($3::text[]) order by r.id for share of r`,
        clock.now(),
        person,
        names,
      );
      const ids = open.map(({ id }) => id);
      await db.client.answer.deleteMany({ where: { personId: person, roundId: { in: ids } } });
      const ahead = await db.sql<{ id: RoundId }>(
        `delete from round_coming c using round r where r.id = c.round_id and c.person_id = $2
           and ${isOpen('$1')} and r.starts_at > $1 returning r.id`,
        clock.now(),
        person,
      );
      return [...ids, ...ahead.map(({ id }) => id)];
    });
