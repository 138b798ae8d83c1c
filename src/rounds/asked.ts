import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { PersonId, RoundId } from '../ids.ts';
import { checkInTime, type Span } from './rules.ts';

/** What is known of a round that asks somebody, while it is being answered. */
export interface Asked extends Span {
  number: number;
  kind: string;
  title: string;
}

/**
 * The round as it asks this person; refuses where it does not. It cannot be closed until the
 * surrounding transaction ends: closing waits for this lock.
 */
export async function askedOf(db: Db, round: RoundId, person: PersonId): Promise<Asked> {
  const [found] = await db.sql<Asked>(
    `select number, kind, title, closes_at as "closesAt", closed_at as "closedAt", recalled_at as "recalledAt"
     from round r where id = $1 and exists (select from round_person p
       where p.round_id = r.id and p.person_id = $2 and p.left_at is null) for share`,
    round,
    person,
  );
  if (!found) throw new Refusal('NOT_IN_ROUND');
  return found;
}

/** Somebody's wish to answer, and when they had it. */
export interface Asking {
  round: RoundId;
  person: PersonId;
  at: Date;
  /** Where only one kind of round can be meant. */
  kind?: string;
}

/** `askedOf`, refused as well for another kind of round or an answer that is too late. */
export async function askedInTime(db: Db, { round, person, at, kind }: Asking): Promise<Asked> {
  const found = await askedOf(db, round, person);
  if (kind !== undefined && kind !== found.kind)
    throw new Refusal('WRONG_KIND', { number: found.number });
  checkInTime(found, at, found.number);
  return found;
}
