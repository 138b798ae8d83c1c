import type { Db } from '../database/db.ts';
import type { PersonId, RoundId } from '../base/ids.ts';

interface Notice {
  round: RoundId;
  person: PersonId;
}

/** Who was written to in private about a round, so that they are told of its changes too. */
export function createNotices(db: Db) {
  return {
    async add(notices: Notice[]): Promise<void> {
      if (notices.length === 0) return;
      await db.sql(
        `insert into round_notice (round_id, person_id) select * from unnest($1::int[], $2::int[]) n(round, person)
         order by 1, 2 on conflict (round_id, person_id) do nothing`,
        notices.map(({ round }) => round),
        notices.map(({ person }) => person),
      );
    },

    async peopleTold(round: RoundId): Promise<PersonId[]> {
      const rows = await db.sql<{ person: PersonId }>(
        `select person_id as person from round_notice where round_id = $1 order by 1`,
        round,
      );
      return rows.map(({ person }) => person);
    },

    /** Of rounds that were over by then nobody is told anything more. */
    forget: (before: Date) =>
      db.client.roundNotice.deleteMany({ where: { round: { closesAt: { lt: before } } } }),
  };
}
