import { v5 as uuidOf } from 'uuid';
import { z } from 'zod';
import { weekCard } from '../../cards/answers/unanswered.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { Db } from '../../src/database/db.ts';
import { BranchId, PersonId } from '../../src/base/ids.ts';
import type { Quiet } from '../../src/people/quiet/service.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import { tellWeekJob } from '../../src/answers/unanswered/jobs.ts';
import type { Unanswered } from '../../src/answers/unanswered/service.ts';
import { defineJob, type WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface TellWeekNeeds {
  db: Db;
  unanswered: Unanswered;
  roster: Roster;
  quiet: Quiet;
  queue: WorkQueue;
  outbox: Outbox;
  reader: () => Reader;
}

export const tellWeekHeldJob = defineJob({
  name: 'week.held',
  payload: z.object({
    branch: BranchId,
    week: z.iso.date(),
    people: z.array(PersonId),
    isLast: z.boolean(),
  }),
});
/** Names one note to one person, so that it is sent once. */
const notes = '5a3f7c52-64f1-4b43-9f0f-7b0d8f6f3c11';
const noteId = (branch: BranchId, day: string, person: PersonId) =>
  uuidOf(`${branch}:${day}:${person}`, notes);

async function send(needs: TellWeekNeeds, branch: BranchId, day: string, people: PersonId[]) {
  const { roster, unanswered } = needs;
  const scope = roster.asHouse(await roster.branch(branch), 'a week is over');
  const note = await unanswered.weekNote(scope, branch, day);
  if (!note || people.length === 0) return;
  const content = { card: weekCard(needs.reader(), note) };
  await needs.outbox.put(
    people.map((person) => ({ id: noteId(branch, day, person), to: { person }, content })),
  );
}

/**
 * On Monday the secretaries of a branch hear in private which questions were not answered, once however many
 * replicas there are. Secretaries in quiet hours hear it when those end. Then the questions are deleted.
 */
export const registerTellWeek = (needs: TellWeekNeeds) =>
  needs.queue.on(tellWeekJob, (asked) =>
    needs.db.atomic(async () => {
      const { db: _, unanswered, roster, quiet, queue } = needs;
      const branch = asked.branch;
      const people = (await roster.secretaries(branch)).map(({ id }) => id);
      // Without a secretary the questions wait for one, and are deleted after 14 days.
      if (people.length === 0 || !(await unanswered.claimNote(branch, asked.week))) return;
      const untils = await quiet.untils(people);
      await send(
        needs,
        branch,
        asked.week,
        people.filter((person) => !untils.has(person)),
      );
      const ends = [...new Set([...untils.values()].map((until) => until.getTime()))].sort();
      for (const [i, end] of ends.entries()) {
        const held = people.filter((person) => untils.get(person)?.getTime() === end);
        const payload = { ...asked, people: held, isLast: i === ends.length - 1 };
        await queue.add(tellWeekHeldJob, payload, { at: new Date(end) });
      }
      if (ends.length === 0) await unanswered.forgetWeek(branch, asked.week);
    }),
  );

/** The same for those whose quiet hours are over. */
export const registerTellWeekHeld = (needs: TellWeekNeeds) =>
  needs.queue.on(tellWeekHeldJob, (asked) =>
    needs.db.atomic(async () => {
      const branch = asked.branch;
      const serving = (await needs.roster.secretaries(branch)).map(({ id }) => id);
      const people = serving.filter((person) => asked.people.includes(person));
      await send(needs, branch, asked.week, people);
      if (asked.isLast) await needs.unanswered.forgetWeek(branch, asked.week);
    }),
  );
