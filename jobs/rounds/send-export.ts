import { z } from 'zod';
import {
  exportName,
  type ExportPlan,
  failedCard,
  periodName,
  periodPlan,
  roundPlan,
} from '../../cards/rounds/export.ts';
import type { RoundFaces } from '../../cards/rounds/rounds.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Content, Reader } from '../../src/bot/talk.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/db.ts';
import { Refusal } from '../../src/base/errors.ts';
import { PersonId, RoundId } from '../../src/base/ids.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { BranchScope } from '../../src/people/roster/types.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import type { RoundHead } from '../../src/rounds/types.ts';
import { fileName, type Sheets } from '../../src/library/sheets/service.ts';
import type { Row } from '../../src/library/sheets/types.ts';
import { createProgress, progressSubject } from './export-progress.ts';
import { defineJob, type Running, type WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface SendExportNeeds {
  queue: WorkQueue;
  db: Db;
  clock: Clock;
  rounds: Rounds;
  roster: Roster;
  sheets: Sheets;
  outbox: Outbox;
  kinds: RoundFaces;
  reader: () => Reader;
  refusal: Bot['refusal'];
}
const payload = z.object({
  /** Of the message that carries the file: made twice, it is sent once. */
  id: z.uuid(),
  person: PersonId,
  rounds: z.array(RoundId),
  /** Where a stretch of time was asked for. */
  period: z
    .object({ year: z.int(), quarter: z.int().optional(), month: z.int().optional() })
    .optional(),
});
type ExportRequest = z.infer<typeof payload>;
export const sendExportJob = defineJob({
  name: 'round.export',
  lane: 'slow',
  outside: true,
  payload,
});

/** Makes the sheet of one round, or of those of a period, and sends it to the secretary who asked. */
export const registerSendExport = (needs: SendExportNeeds) =>
  needs.queue.on(sendExportJob, (asked, running) => make(needs, asked, running), {
    async givenUp(asked) {
      const card = failedCard(needs.reader());
      await needs.outbox.refresh(progressSubject(asked.id), card);
      await send(needs, asked, { card });
    },
  });

async function make(
  needs: SendExportNeeds,
  asked: ExportRequest,
  { finish }: Running,
): Promise<void> {
  const { rounds, roster, sheets, kinds, reader, refusal } = needs;
  const person = asked.person;
  // Whoever is not their secretary any more gets nothing of them.
  const scope = await roster.asSecretaryNow(person);
  const all = await rounds.findAll(asked.rounds);
  const own = all.filter(({ branch }) => scope.covers(branch.id));
  if (own.length === 0) return;
  const heads = await rounds.details.heads(scope, own);
  const { name, plan } = planOf(reader(), kinds, asked, heads);
  const total = own.reduce((sum, { tally }) => sum + tally.asked, 0);
  const progress = createProgress(needs, { id: asked.id, person, name, total });
  const end = (how: 'made' | 'not-made', content: Content) =>
    finish(async () => {
      await progress.ended(how);
      await send(needs, asked, content);
    });
  try {
    const people = peoplePages({ rounds, scope, heads, plan }, progress.reached);
    const bytes = await sheets.write([
      { name: plan.facts.name, pages: [plan.facts.rows] },
      { name: plan.people.name, pages: people },
    ]);
    await end('made', { file: { name: fileName(name), bytes } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await end('not-made', refusal(reader(), error).said);
  }
}

const send = ({ outbox }: SendExportNeeds, { id, person }: ExportRequest, content: Content) =>
  outbox.put([{ id, to: { person }, content }]);

function planOf(reader: Reader, kinds: RoundFaces, { period }: ExportRequest, heads: RoundHead[]) {
  const [first] = heads;
  if (period || !first) {
    const name = exportName(reader, period ? periodName(reader, period) : '');
    return { name, plan: periodPlan(reader, kinds, heads) };
  }
  const { number, title } = first.round;
  return { name: exportName(reader, `#${number} ${title}`), plan: roundPlan(reader, kinds, first) };
}

interface SheetOfPeople {
  rounds: Rounds;
  scope: BranchScope;
  heads: RoundHead[];
  plan: ExportPlan;
}

/** The rows of all people, read page by page as they are written. */
async function* peoplePages(
  { rounds, scope, heads, plan }: SheetOfPeople,
  reached: (rows: number) => Promise<void>,
): AsyncGenerator<readonly Row[]> {
  yield plan.people.rows;
  let rows = 0;
  for (const head of heads)
    for await (const people of rounds.details.people(scope, head)) {
      yield people.map((person) => plan.rowOf(head, person));
      rows += people.length;
      await reached(rows);
    }
}
