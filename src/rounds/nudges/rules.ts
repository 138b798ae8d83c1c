import type { PersonId } from '../../base/ids.ts';
import type { AwaitedPerson } from '../types.ts';

/** A person is reminded once in so long … */
export const apart = 4 * 3_600_000;
/** … and once more in so long before a round's end. */
const lastMinutes = 30 * 60_000;

/** A round reminds by itself so long before its end … */
const before = 2 * 3_600_000;
/** … if that is at least so long after its opening. */
const afterOpening = 4 * 3_600_000;

/** When a round reminds by itself; undefined where it is too short for that. */
export function remindsAt({
  openedAt,
  closesAt,
}: {
  openedAt: Date;
  closesAt: Date;
}): Date | undefined {
  const at = new Date(closesAt.getTime() - before);
  return at.getTime() - openedAt.getTime() >= afterOpening ? at : undefined;
}

export const isInLastMinutes = (closesAt: Date, now: Date) =>
  closesAt.getTime() - now.getTime() <= lastMinutes;

/** All that waits for one person. */
export type AwaitedRounds = [AwaitedPerson, ...AwaitedPerson[]];

/** What is to be done about people before the limits are asked. */
interface Sorted {
  /** May be reminded now. */
  open: AwaitedRounds[];
  /** Wait for the end of somebody's quiet hours. */
  held: (AwaitedPerson & { until: Date })[];
  unreached: number;
}

/** Sorts those who are waited for, `untils` are the quiet hours now running. */
export function sortByReach(waits: AwaitedPerson[], untils: ReadonlyMap<PersonId, Date>): Sorted {
  const sorted: Sorted = { open: [], held: [], unreached: 0 };
  for (const mine of byPerson(waits)) {
    const until = untils.get(mine[0].person);
    const held = until ? mine.filter(({ closesAt }) => closesAt > until) : [];
    if (mine[0].gone || (until && held.length === 0)) sorted.unreached += 1;
    else if (until) sorted.held.push(...held.map((wait) => ({ ...wait, until })));
    else sorted.open.push(mine);
  }
  return sorted;
}

function byPerson(waits: AwaitedPerson[]): AwaitedRounds[] {
  const people = new Map<PersonId, AwaitedRounds>();
  for (const wait of waits) {
    const mine = people.get(wait.person);
    if (mine) mine.push(wait);
    else people.set(wait.person, [wait]);
  }
  return [...people.values()];
}

/** Under this subject the messages of one reminder are sent and counted. */
export const subjectOfNudge = (id: string) => `nudge:${id}`;
export const nudgeOf = (subject: string) => subject.slice('nudge:'.length);
