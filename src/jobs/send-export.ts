import { z } from 'zod';
import { exportName, periodName, periodSheets, roundSheets } from '../../cards/export.ts';
import type { Reader } from '../bot/talk.ts';
import type { PersonId, RoundId } from '../ids.ts';
import type { Roster } from '../roster/service.ts';
import type { Rounds } from '../rounds/service.ts';
import type { RoundDetails } from '../rounds/types.ts';
import { fileName, workbookOf } from '../sheets/service.ts';
import { defineJob, type WorkQueue } from './job.ts';
import type { Outbox } from './outbox.ts';

export interface SendExportNeeds {
  queue: WorkQueue;
  rounds: Rounds;
  roster: Roster;
  outbox: Outbox;
  reader: () => Reader;
}
const payload = z.object({
  /** Of the message that carries the file: made twice, it is sent once. */
  id: z.uuid(),
  person: z.int(),
  rounds: z.array(z.int()),
  /** Where a stretch of time was asked for. */
  period: z
    .object({ year: z.int(), quarter: z.int().optional(), month: z.int().optional() })
    .optional(),
});
type Asked = z.infer<typeof payload>;
export const sendExportJob = defineJob({
  name: 'round.export',
  lane: 'slow',
  outside: true,
  payload,
});

/** Makes the sheet of one round, or of those of a period, and sends it to the secretary who asked. */
export function registerSendExport(needs: SendExportNeeds) {
  const { queue, rounds, roster, outbox, reader } = needs;
  queue.on(sendExportJob, async (asked, { finish }) => {
    const person = asked.person as PersonId;
    // Whoever is not their secretary any more gets nothing of them.
    const scope = await roster.asSecretaryNow(person);
    const all = await rounds.all(asked.rounds as RoundId[]);
    const own = all.filter(({ branch }) => scope.covers(branch.id));
    if (own.length === 0) return;
    const details = await rounds.details(scope, own);
    const { name, sheets } = planOf(reader(), asked, details);
    const file = { name: fileName(name), bytes: await workbookOf(sheets) };
    await finish(() => outbox.put([{ id: asked.id, to: { person }, content: { file } }]));
  });
}

function planOf(reader: Reader, { period }: Asked, details: RoundDetails[]) {
  const [first] = details;
  if (period || !first) {
    const name = exportName(reader, period ? periodName(reader, period) : '');
    return { name, sheets: periodSheets(reader, details) };
  }
  const { number, title } = first.round;
  return { name: exportName(reader, `#${number} ${title}`), sheets: roundSheets(reader, first) };
}
