import { v7 as uuid } from 'uuid';
import { templateLine, templates } from '../cards/template.ts';
import type { Bot } from '../src/bot/bot.ts';
import { registerSendForms, sendFormsJob, type SendFormsNeeds } from '../src/jobs/send-forms.ts';

/** 模板: the forms that a secretary fills in, always into the private chat. */
export function registerTemplate(parts: SendFormsNeeds & { bot: Bot }) {
  const { bot, queue } = parts;
  registerSendForms(parts);

  bot.onCommand('template', async ({ from, place, reader }) => {
    // Ids that rise: in their order messages arrive.
    const ids = templates(reader).map(() => uuid());
    await queue.add(sendFormsJob, { ids, person: from });
    return { text: templateLine(reader, place.kind) };
  });
}
