import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { PersonId } from '../base/ids.ts';
import type { Queue } from '../queue/job.ts';
import type { Roster } from '../people/roster/service.ts';
import { createAnswers } from './answers.ts';
import { createAudience } from './audience/service.ts';
import { createClosing } from './closing.ts';
import { createDecisions } from './decisions.ts';
import { createDetails } from './details.ts';
import { createFinding } from './finding.ts';
import { createLeaves } from './leaves.ts';
import { createMakeups } from './makeups.ts';
import { createNotices } from './notices.ts';
import { createRoundsOfPerson } from './of-person.ts';
import { createOpening } from './opening.ts';
import { createScheduling } from './scheduling.ts';
import type { KnownKinds } from './types.ts';

export { createKinds } from './kinds/service.ts';

interface RoundsNeeds {
  db: Db;
  clock: Clock;
  queue: Queue;
  roster: Roster;
  kinds: KnownKinds;
  /** The zone in which a day ends. */
  zone: string;
}

/**
 * Rounds: ask these people this, by then; count; close. Each kind says what its answers are. Finding, opening,
 * changing and closing a round are methods of this object; answers, leaves and the like are under their noun.
 */
export function createRounds({ db, clock, queue, roster, kinds, zone }: RoundsNeeds) {
  const finding = createFinding(db, clock, kinds);
  const scheduling = createScheduling(queue, clock);
  const { whenEndIsSet, refreshSoon: refreshCardSoon } = scheduling;
  const audience = createAudience({ db, clock, kinds, roster, refreshCardSoon });
  const needs = { db, clock, kinds, finding, audience, scheduling };
  const leaves = createLeaves(needs);
  const makeups = createMakeups(needs);

  return {
    ...finding,
    open: createOpening({ ...needs, roster, zone }),
    ...createDecisions(needs),
    ...createClosing(needs),

    audience,
    answers: createAnswers(needs),
    leaves,
    makeups,
    notices: createNotices(db),
    details: createDetails(db, kinds),
    ofPerson: createRoundsOfPerson(db, clock, kinds, zone),

    whenEndIsSet,
    /** Has the round's card follow what a kind recorded of its own. */
    refreshCardSoon,

    /** Deletes a person's reasons for leave and texts of making up. The counts stay. Returns how many there were. */
    forgetWords: async (person: PersonId): Promise<number> =>
      (await leaves.forgetReasons(person)) + (await makeups.forgetTexts(person)),
  };
}
export type Rounds = ReturnType<typeof createRounds>;
