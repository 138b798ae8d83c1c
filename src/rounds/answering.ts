import type { Db } from '../db.ts';
import { askedInTime, type Asking } from './asked.ts';
import type { Answered, Content, RoundKind, KnownKinds } from './types.ts';

export interface Answering extends Asking {
  /** What they wrote with it, if anything. */
  input?: string;
}

/** Taking one person's answer; the primary key of `answer` decides that it counts once. */
export function createAnswering(db: Db, kinds: KnownKinds) {
  async function record({ round, person, at }: Answering, content: Content): Promise<boolean> {
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
  async function replace({ round, person, at }: Answering, next: Content, kind: RoundKind) {
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

  return (answering: Answering): Promise<Answered> =>
    db.atomic(async () => {
      const { number, kind: name, title } = await askedInTime(db, answering);
      const { kind } = kinds.of(name);
      const content = kind.read(answering.input);
      const round = { id: answering.round, number, kind: name, title };
      if (await record(answering, content)) return { outcome: 'recorded', round, content };
      const replaced = await replace(answering, content, kind);
      return { outcome: replaced ? 'replaced' : 'kept', round, content };
    });
}
