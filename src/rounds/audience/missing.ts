import type { Db } from '../../database/db.ts';
import { must } from '../../base/errors.ts';
import type { RoundId } from '../../base/ids.ts';
import type { BranchScope, Person } from '../../people/roster/types.ts';
import { createByKind } from '../kinds/service.ts';
import { isAwaited } from './rules.ts';
import type { KnownKinds, Missing, Round } from '../types.ts';

interface Row extends Person {
  round: RoundId;
  onLeave: boolean;
  reason: string | null;
}

/** Who has not answered, by name: for secretaries alone, never for a group. */
export function createMissing(db: Db, kinds: KnownKinds) {
  const { findSpared } = createByKind(kinds);

  const self = {
    /** Of each of these rounds who is still waited for, and who is on leave and has not answered after all. */
    async missing(scope: BranchScope, rounds: readonly Round[]): Promise<Missing[]> {
      for (const { branch } of rounds) scope.require(branch.id);
      const rows = await db.sql<Row>(
        `select rp.round_id as round, p.id, p.name, false as "onLeave", null as reason
         from round_person rp join person p on p.id = rp.person_id
         where rp.round_id = any($1::int[]) and ${isAwaited('rp')}
         union all
         select l.round_id, p.id, p.name, true, l.reason from round_leave l join person p on p.id = l.person_id
         where l.round_id = any($1::int[]) and not exists (select from answer a
           where a.round_id = l.round_id and a.person_id = l.person_id)
         order by id`,
        rounds.map(({ id }) => id),
      );
      const isSpared = await findSpared(rounds);
      return rounds.map((round) => {
        const own = rows.filter((row) => row.round === round.id);
        const waited = own.filter(({ id, onLeave }) => !onLeave && !isSpared(round.id, id));
        const people = waited.map(({ id, name }) => ({ id, name }));
        const away = own.filter(({ onLeave }) => onLeave);
        const onLeave = away.map(({ id, name, reason }) => ({ id, name, reason }));
        return { round, missing: people, onLeave };
      });
    },

    /** The same of one. */
    async missingIn(scope: BranchScope, round: Round): Promise<Missing> {
      return must((await self.missing(scope, [round]))[0]);
    },
  };
  return self;
}
