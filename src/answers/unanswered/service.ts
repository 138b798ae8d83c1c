import { randomUUID } from 'node:crypto';
import { fromZone, inZone, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { Feedback } from '../feedback/service.ts';
import type { BranchId } from '../../base/ids.ts';
import type { Queue } from '../../queue/job.ts';
import { oneLine } from '../../base/line.ts';
import type { BranchScope, PersonsBranch } from '../../people/roster/types.ts';
import type { Standards } from '../standard/service.ts';
import { tellWeekJob } from './jobs.ts';
import { isWorthTelling, joined, mondayAfter } from './rules.ts';
import type { WeekNote } from './types.ts';

interface VainNeeds {
  db: Db;
  clock: Clock;
  /** In which it is Monday, nine o'clock. */
  zone: string;
  queue: Queue;
  feedback: Pick<Feedback, 'waiting'>;
  standards: Pick<Standards, 'stale'>;
}
interface Asked {
  question: string;
  /** Those of the asker that are meant where they ask, each with what they are in it. */
  own: PersonsBranch[];
}

const mostTold = 20;

/** What was asked in vain: kept without person, place and time of day, until the secretaries are told. */
export function createVain({ db, clock, zone, queue, feedback, standards }: VainNeeds) {
  /** The branches that have somebody else to tell: a secretary who asks knows already. */
  const branchesToTell = (own: PersonsBranch[]): BranchId[] =>
    own.filter(({ secretary }) => !secretary).map(({ id }) => id);

  /** The coming Monday's note to each of these branches, once however often it is asked for. */
  async function plan(branches: BranchId[]): Promise<void> {
    const week = mondayAfter(clock.now(), zone);
    const at = fromZone(`${week} 09:00`, zone);
    for (const branch of branches)
      await queue.add(tellWeekJob, { branch, week }, { at, key: `week.tell:${branch}:${week}` });
  }

  /** What there is to tell now of the days before this Monday; undefined where there is nothing. */
  async function read(
    scope: BranchScope,
    branch: BranchId,
    week: string,
  ): Promise<WeekNote | undefined> {
    const about = scope.require(branch);
    const rows = await db.sql<{ question: string }>(
      `select question from asked_in_vain where branch_id = $1::int and day < $2::date`,
      ...[branch, week],
    );
    const marks = await feedback.waiting(branch);
    const stale = await standards.stale(branch);
    const all = joined(rows.map(({ question }) => question));
    if (all.length + marks + stale === 0) return undefined;
    const questions = all.slice(0, mostTold);
    const more = all.length - questions.length;
    return { branch: about, questions, more, feedback: marks, stale };
  }

  return {
    plan,
    read,

    /**
     * Keeps a question that found no answer for the secretaries of the asker's branches. Returns what takes it back; undefined where nothing was kept: it says too little or too much,
     * or there is nobody to tell.
     */
    note: ({ question, own }: Asked): Promise<string | undefined> =>
      db.atomic(async () => {
        const line = oneLine(question);
        if (!isWorthTelling(line)) return undefined;
        const branches = branchesToTell(own);
        if (branches.length === 0) return undefined;
        const id = randomUUID();
        const day = inZone(clock.now(), zone).format('YYYY-MM-DD');
        await db.sql(
          `insert into asked_in_vain (id, branch_id, question, day)
           select $1::uuid, v.branch, $3, $4::date from unnest($2::int[]) as v(branch)`,
          ...[id, branches, line, day],
        );
        await plan(branches);
        return id;
      }),

    /** Takes a question of these branches back before it is told; false where it was taken back or told already. */
    async takeBack(own: BranchId[], id: string): Promise<boolean> {
      const gone = await db.client.askedInVain.deleteMany({ where: { id, branchId: { in: own } } });
      return gone.count > 0;
    },

    /** True for whoever asks first for a branch's note of a week, once for all time. */
    async claim(branch: BranchId, week: string): Promise<boolean> {
      const rows = await db.sql(
        `insert into week_note (branch_id, week) values ($1::int, $2::date) on conflict do nothing returning 1`,
        ...[branch, week],
      );
      return rows.length > 0;
    },

    /** Forgets what nobody was told of within 14 days, and which notes were told 90 days ago. */
    async forgetOld(before: (days: number) => Date): Promise<void> {
      await db.client.askedInVain.deleteMany({ where: { day: { lt: before(14) } } });
      await db.client.weekNote.deleteMany({ where: { week: { lt: before(90) } } });
    },

    /** Forgets what all were told. */
    async forget(branch: BranchId, week: string): Promise<void> {
      await db.sql(
        `delete from asked_in_vain where branch_id = $1::int and day < $2::date`,
        ...[branch, week],
      );
    },
  };
}
export type Vain = ReturnType<typeof createVain>;
