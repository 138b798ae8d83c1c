import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { RoundId } from '../../base/ids.ts';
import { createByKind } from '../kinds/service.ts';
import { isOpen } from '../rules.ts';
import type { AwaitedPerson, KnownKinds } from '../types.ts';
import { isAwaited } from './rules.ts';

/** The people whom open rounds still wait for. */
export function createAwaited(db: Db, clock: Clock, kinds: KnownKinds) {
  const { findSpared } = createByKind(kinds);
  return {
    /**
     * Everybody these rounds wait for now, as far as they are open, by person and number: to be written to,
     * each alone, and never shown.
     */
    async peopleAwaited(ids: RoundId[]): Promise<AwaitedPerson[]> {
      const rows = await db.sql<AwaitedPerson & { kind: string }>(
        `select p.id as person, r.id as round, r.kind, r.closes_at as "closesAt", p.gone_at is not null as gone
         from round r join round_person rp on rp.round_id = r.id join person p on p.id = rp.person_id
         where r.id = any($2::int[]) and ${isOpen('$1')} and ${isAwaited('rp')} order by p.id, r.number`,
        clock.now(),
        ids,
      );
      const kindOf = new Map(rows.map(({ round, kind }) => [round, kind]));
      const isSpared = await findSpared([...kindOf].map(([id, kind]) => ({ id, kind })));
      return rows
        .filter(({ round, person }) => !isSpared(round, person))
        .map(({ person, round, closesAt, gone }) => ({ person, round, closesAt, gone }));
    },
  };
}
