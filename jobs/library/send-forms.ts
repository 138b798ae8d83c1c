import { z } from 'zod';
import { templates } from '../../cards/library/template.ts';
import type { Outgoing, Reader } from '../../src/bot/talk.ts';
import { PersonId } from '../../src/base/ids.ts';
import type { Sheets } from '../../src/library/sheets/service.ts';
import { defineJob, type WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface SendFormsNeeds {
  queue: WorkQueue;
  sheets: Sheets;
  outbox: Outbox;
  reader: () => Reader;
}
export const sendFormsJob = defineJob({
  name: 'template.send',
  lane: 'slow',
  outside: true,
  /** `ids`: one a form; made twice, each is sent once. */
  payload: z.object({ ids: z.array(z.uuid()), person: PersonId }),
});

/** Writes the forms that a secretary fills in, and sends them to the person who asked. */
export const registerSendForms = ({ queue, sheets, outbox, reader }: SendFormsNeeds) =>
  queue.on(sendFormsJob, async ({ ids, person }, { finish }) => {
    const messages: Outgoing[] = [];
    for (const [i, { name, sheets: plans }] of templates(reader()).entries()) {
      const file = { name: `${name}.xlsx`, bytes: await sheets.write(plans) };
      messages.push({ id: ids[i], to: { person }, content: { file } });
    }
    await finish(() => outbox.put(messages));
  });
