import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { BranchId, PersonId, RoundId } from '../base/ids.ts';
import type { Queue } from '../queue/job.ts';
import type { Roster } from '../people/roster/service.ts';
import { createAnswering } from './answers.ts';
import { createParticipations, type Statement } from './participation.ts';
import { createDecisions } from './deciding.ts';
import { createDetailing } from './detailing.ts';
import { isOpen } from './counting.ts';
import { createFinding } from './finding.ts';
import { createLeaving } from './leaves.ts';
import { createMissing } from './missing.ts';
import { createOpening, membersNow } from './opening.ts';
import { createNotices } from './notices.ts';
import { createOwnRounds } from './of-person.ts';
import type {
  Answered,
  Participation,
  KnownKinds,
  Leave,
  MadeUp,
  Outcome,
  Round,
} from './types.ts';
import { createWaking } from './waking.ts';
import { createWithdrawing } from './withdrawing.ts';

export { createKinds } from './kinds.ts';

/** What somebody says about a round, in words if they wrote any. */
interface LeaveStatement extends Statement {
  text?: string;
}
interface AnswerStatement extends Statement {
  input?: string;
}

interface RoundsNeeds {
  db: Db;
  clock: Clock;
  queue: Queue;
  roster: Roster;
  kinds: KnownKinds;
  /** The zone in which a day ends. */
  zone: string;
}

/** Ask these people this, by then; count; close. What an answer is, each kind says itself. */
export function createRounds({ db, clock, queue, roster, kinds, zone }: RoundsNeeds) {
  const finding = createFinding(db, clock, kinds);
  const waking = createWaking(queue, clock);
  const needs = { db, clock, finding, waking, zone };
  const asking = createParticipations(db, kinds);
  const answering = createAnswering(db, kinds);
  const { leave, makeUp, ...leaving } = createLeaving(db);
  const withdraw = createWithdrawing(db, clock, kinds);
  const step = createStep(db, clock);

  /** Has the round's card follow what was recorded about one person. */
  async function followed<Done extends { outcome: Outcome | 'answered' }>(
    round: RoundId,
    taken: Promise<Done>,
  ): Promise<Done> {
    const done = await taken;
    const isNews = done.outcome === 'recorded' || done.outcome === 'replaced';
    if (isNews) await waking.refreshSoon(round);
    return done;
  }
  const record = (asked: Participation, input?: string): Promise<Answered> =>
    followed(asked.id, answering.take(asked, input));
  const takeLeave = (asked: Participation, text?: string): Promise<Leave> =>
    followed(asked.id, leave(asked, text));

  return {
    ...finding,
    ...leaving,
    ...createOwnRounds(db, clock, kinds, zone),
    ...createNotices(db),
    ...createDecisions(needs),
    ...createMissing(db, kinds),
    ...createDetailing(db, kinds),
    open: createOpening({ ...needs, roster }),

    /**
     * The round as it asks this person; refuses unless it does and was open when they spoke. It stays open
     * until the surrounding transaction ends. Whoever has it goes on without looking again.
     */
    asked: asking.inTime,
    /** Takes the answer of somebody who is asked; it counts once per person, whatever is repeated or raced. */
    record,
    /** Both in one go. */
    answer: ({ input, ...said }: AnswerStatement): Promise<Answered> =>
      db.atomic(async () => record(await asking.inTime(said), input)),
    recordAll: answering.takeAll,
    dropAnswersBefore: answering.dropBefore,

    takeLeave,
    leave: ({ text, ...said }: LeaveStatement): Promise<Leave> =>
      db.atomic(async () => takeLeave(await asking.inTime(said), text)),
    makeUp: ({ text, ...said }: LeaveStatement): Promise<MadeUp> =>
      db.atomic(async () => followed(said.round, makeUp(await asking.afterwards(said), text))),

    whenEndIsSet: waking.whenEndIsSet,
    /** Has the round's card follow what a kind recorded of its own. */
    follow: waking.refreshSoon,

    /** Deletes what a person answered in open rounds; they are asked again. Returns how many. */
    withdraw: (person: PersonId): Promise<number> =>
      db.atomic(async () => {
        const rounds = await withdraw(person);
        for (const round of rounds) await waking.refreshSoon(round);
        return rounds.length;
      }),

    /**
     * Ends a round whose time has come; undefined when there is nothing to end (any more). Woken too
     * early, by a clock ahead of ours or because the end was moved, it asks to be woken again.
     */
    closeDue: (round: RoundId): Promise<Round | undefined> =>
      db.atomic(async () => {
        const isEnded = await step.end(round);
        const found = await finding.find(round);
        if (isEnded) await waking.refreshNow(round);
        else if (found.state === 'open') await waking.closeAt(round, found.closesAt);
        return isEnded ? found : undefined;
      }),

    /**
     * Looks after a round whose card grows too old: undefined unless it is open and this card, by its
     * number, is the one that takes the place of the last.
     */
    renewed: (id: RoundId, card: number): Promise<Round | undefined> =>
      db.atomic(async () => {
        const round = await finding.find(id);
        if (round.state !== 'open') return undefined;
        await waking.renewInTime(round);
        return round.card === card ? round : undefined;
      }),

    /**
     * Brings the open rounds of a branch in step with its members: who joined is asked too, who left is
     * no longer waited for, and what they had answered stays. Call it after members changed.
     */
    keepInStep: (branch: BranchId): Promise<void> =>
      db.atomic(async () => {
        await roster.holdBranch(branch);
        for (const round of await step.members(branch)) await waking.refreshSoon(round);
      }),
  };
}
export type Rounds = ReturnType<typeof createRounds>;

/** Single statements that decide for the database alone; two at once do it once. */
function createStep(db: Db, clock: Clock) {
  return {
    /** True for the one that ended it. */
    async end(round: RoundId): Promise<boolean> {
      const ended = await db.sql(
        `update round set closed_at = closes_at where id = $2 and closed_at is null
           and recalled_at is null and closes_at <= $1 returning id`,
        clock.now(),
        round,
      );
      return ended.length > 0;
    },

    /** Adds and leaves out people of the branch's open rounds; returns the rounds this changed. */
    async members(branch: BranchId): Promise<RoundId[]> {
      const open = `r.branch_id = $1 and ${isOpen('$2')}`;
      const changed = await db.sql<{ id: RoundId }>(
        `with came as (
           insert into round_person as p (round_id, person_id)
           select distinct r.id, m.person_id from round r, ${membersNow} m where ${open}
           on conflict (round_id, person_id) do update set left_at = null where p.left_at is not null
           returning round_id as id),
         went as (
           update round_person p set left_at = $2 from round r
           where r.id = p.round_id and ${open} and p.left_at is null and p.person_id not in ${membersNow}
           returning p.round_id as id)
         select id from came union select id from went`,
        branch,
        clock.now(),
      );
      return changed.map(({ id }) => id);
    },
  };
}
