import { randomUUID } from 'node:crypto';
import { fromZone, localDay, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { Feedback } from '../feedback/service.ts';
import type { BranchId } from '../../base/ids.ts';
import type { Queue } from '../../queue/job.ts';
import { oneLine } from '../../base/text.ts';
import type { BranchScope, PersonsBranch } from '../../people/roster/types.ts';
import type { Standards } from '../standard/service.ts';
import { tellWeekJob } from './jobs.ts';
import { counted, isWorthTelling, mondayAfter } from './rules.ts';
import type { WeekNote } from './types.ts';

interface UnansweredNeeds {
  db: Db;
  clock: Clock;
  /** In which it is Monday, nine o'clock. */
  zone: string;
  queue: Queue;
  feedback: Pick<Feedback, 'openCount'>;
  standards: Pick<Standards, 'staleCount'>;
}
interface NewQuestion {
  question: string;
  /** The asker's branches that are meant where they ask, each with their role in it. */
  own: PersonsBranch[];
}

const mostTold = 20;

/** Questions that found no answer: kept without person, place and time of day, until the secretaries are told. */
export function createUnanswered({ db, clock, zone, queue, feedback, standards }: UnansweredNeeds) {
  /** The branches that have somebody else to tell: a secretary who asks knows already. */
  const branchesToTell = (own: PersonsBranch[]): BranchId[] =>
    own.filter(({ secretary }) => !secretary).map(({ id }) => id);

  /** Adds the job of the coming Monday's note for each of these branches; a second call adds nothing. */
  async function planNotes(branches: BranchId[]): Promise<void> {
    const week = mondayAfter(clock.now(), zone);
    const at = fromZone(`${week} 09:00`, zone);
    for (const branch of branches)
      await queue.add(tellWeekJob, { branch, week }, { at, key: `week.tell:${branch}:${week}` });
  }

  /** What the secretaries are told of the days before this Monday; undefined where there is nothing. */
  async function weekNote(
    scope: BranchScope,
    branch: BranchId,
    week: string,
  ): Promise<WeekNote | undefined> {
    const about = scope.require(branch);
    const rows = await db.sql<{ question: string }>(
      `select question from asked_in_vain where branch_id = $1::int and day < $2::date`,
      ...[branch, week],
    );
    const marks = await feedback.openCount(branch);
    const stale = await standards.staleCount(branch);
    const all = counted(rows.map(({ question }) => question));
    if (all.length + marks + stale === 0) return undefined;
    const questions = all.slice(0, mostTold);
    const more = all.length - questions.length;
    return { branch: about, questions, more, feedback: marks, stale };
  }

  return {
    planNotes,
    weekNote,

    /**
     * Keeps a question that found no answer for the secretaries of the asker's branches. Returns the id by
     * which it can be taken back; undefined where nothing was kept, because it is too short or too long or
     * there is nobody to tell.
     */
    keep: ({ question, own }: NewQuestion): Promise<string | undefined> =>
      db.atomic(async () => {
        const line = oneLine(question);
        if (!isWorthTelling(line)) return undefined;
        const branches = branchesToTell(own);
        if (branches.length === 0) return undefined;
        const id = randomUUID();
        const day = localDay(clock.now(), zone);
        await db.sql(
          `insert into asked_in_vain (id, branch_id, question, day)
           select $1::uuid, v.branch, $3, $4::date from unnest($2::int[]) as v(branch)`,
          ...[id, branches, line, day],
        );
        await planNotes(branches);
        return id;
      }),

    /** Takes a question of these branches back before it is told; false where it was taken back or told already. */
    async takeBack(own: BranchId[], id: string): Promise<boolean> {
      const gone = await db.client.unansweredQuestion.deleteMany({
        where: { id, branchId: { in: own } },
      });
      return gone.count > 0;
    },

    /** Claims a branch's note of a week: true for the first caller only, for good. */
    async claimNote(branch: BranchId, week: string): Promise<boolean> {
      const rows = await db.sql(
        `insert into week_note (branch_id, week) values ($1::int, $2::date) on conflict do nothing returning 1`,
        ...[branch, week],
      );
      return rows.length > 0;
    },

    /** Deletes questions that nobody was told of within 14 days, and the record of notes older than 90 days. */
    async forgetOld(before: (days: number) => Date): Promise<void> {
      await db.client.unansweredQuestion.deleteMany({ where: { day: { lt: before(14) } } });
      await db.client.weekNote.deleteMany({ where: { week: { lt: before(90) } } });
    },

    /** Deletes the questions of the days before this Monday, once all secretaries were told. */
    async forgetWeek(branch: BranchId, week: string): Promise<void> {
      await db.sql(
        `delete from asked_in_vain where branch_id = $1::int and day < $2::date`,
        ...[branch, week],
      );
    },
  };
}
export type Unanswered = ReturnType<typeof createUnanswered>;
