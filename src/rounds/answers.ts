import type { Db } from '../database/db.ts';
import type { PersonId, RoundId } from '../base/ids.ts';
import type { Answered, Participation, Content, KnownKinds, RoundKind } from './types.ts';

/** Taking one person's answer; the primary key of `answer` decides that it counts once. */
export function createAnswering(db: Db, kinds: KnownKinds) {
  async function record(
    { id: round, person, at }: Participation,
    content: Content,
  ): Promise<boolean> {
    const rows = await db.sql(
      `insert into answer (round_id, person_id, at, content) values ($1, $2, $3, $4::jsonb)
       on conflict (round_id, person_id) do nothing returning round_id`,
      round,
      person,
      at,
      content === null ? null : JSON.stringify(content),
    );
    return rows.length > 0;
  }

  /** Lays `next` over the answer that is there, unless that one is newer or the kind keeps it. */
  async function replace({ id: round, person, at }: Participation, next: Content, kind: RoundKind) {
    const [earlier] = await db.sql<{ at: Date; content: Content }>(
      `select at, content from answer where round_id = $1 and person_id = $2 for update`,
      round,
      person,
    );
    const merged = earlier && earlier.at <= at ? kind.merge(earlier.content, next) : undefined;
    if (merged === undefined) return false;
    await db.sql(
      `update answer set at = $3, content = $4::jsonb where round_id = $1 and person_id = $2`,
      round,
      person,
      at,
      merged === null ? null : JSON.stringify(merged),
    );
    return true;
  }

  return {
    /** Takes it from somebody who is asked in time. */
    async take(asked: Participation, input: string | undefined): Promise<Answered> {
      const { id, number, title, own } = asked;
      const { kind } = kinds.of(asked.kind);
      kind.check?.(asked);
      const content = kind.read(input);
      const round = { id, number, kind: kind.name, title, own };
      if (await record(asked, content)) return { outcome: 'recorded', round, content };
      const replaced = await replace(asked, content, kind);
      return { outcome: replaced ? 'replaced' : 'kept', round, content };
    },

    /** Counts these for people who are still asked and have not answered; returns those whom that is so for. */
    async takeAll(
      round: RoundId,
      answers: readonly { person: PersonId; content: Content }[],
      at: Date,
    ): Promise<PersonId[]> {
      if (answers.length === 0) return [];
      const rows = await db.sql<{ person: PersonId }>(
        `insert into answer (round_id, person_id, at, content)
         select p.round_id, p.person_id, $4, v.content::jsonb
         from unnest($2::int[], $3::text[]) v(person, content)
         join round_person p on p.round_id = $1 and p.person_id = v.person and p.left_at is null
         order by p.person_id on conflict (round_id, person_id) do nothing returning person_id as person`,
        round,
        answers.map(({ person }) => person),
        answers.map(({ content }) => JSON.stringify(content)),
        at,
      );
      return rows.map(({ person }) => person);
    },

    /** Drops the answers of a round that were given before this moment. */
    async dropBefore(round: RoundId, moment: Date): Promise<void> {
      await db.client.answer.deleteMany({ where: { roundId: round, at: { lt: moment } } });
    },
  };
}
