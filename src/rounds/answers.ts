import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { PersonId, RoundId } from '../base/ids.ts';
import type { Audience } from './audience/service.ts';
import type { Scheduling } from './scheduling.ts';
import type {
  Answered,
  Content,
  KnownKinds,
  Participation,
  RoundKind,
  Statement,
} from './types.ts';
import { createWithdrawing } from './withdrawing.ts';

interface AnswersNeeds {
  db: Db;
  clock: Clock;
  kinds: KnownKinds;
  audience: Audience;
  scheduling: Scheduling;
}
interface AnswerStatement extends Statement {
  input?: string;
}

/** People's answers; the primary key of `answer` decides that each counts once. */
export function createAnswers({ db, clock, kinds, audience, scheduling }: AnswersNeeds) {
  const withdrawFrom = createWithdrawing(db, clock, kinds);

  async function insert(
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

  /** Replaces the stored answer by `next`, unless the stored one is newer or the kind keeps it. */
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

  /** Takes the answer of somebody who is asked; it counts once per person, whatever is repeated or raced. */
  async function record(participation: Participation, input?: string): Promise<Answered> {
    const { id, number, title, own } = participation;
    const { kind } = kinds.of(participation.kind);
    kind.check?.(participation);
    const content = kind.read(input);
    const round = { id, number, kind: kind.name, title, own };
    const isNew = await insert(participation, content);
    if (!isNew && !(await replace(participation, content, kind)))
      return { outcome: 'kept', round, content };
    await scheduling.refreshSoon(id);
    return { outcome: isNew ? 'recorded' : 'replaced', round, content };
  }

  return {
    record,

    /** The same, by whoever says so while the round is open. */
    give: ({ input, ...said }: AnswerStatement): Promise<Answered> =>
      db.atomic(async () => record(await audience.participation(said), input)),

    /** Counts these for people who are still asked and have not answered; returns those whom that is so for. */
    async recordAll(
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

    /** Deletes what a person answered in open rounds; they are asked again. Returns how many. */
    withdraw: (person: PersonId): Promise<number> =>
      db.atomic(async () => {
        const rounds = await withdrawFrom(person);
        for (const round of rounds) await scheduling.refreshSoon(round);
        return rounds.length;
      }),
  };
}
