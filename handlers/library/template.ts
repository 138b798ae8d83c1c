import { v7 as uuid } from 'uuid';
import { templateLine, templates } from '../../cards/library/template.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import {
  registerSendForms,
  sendFormsJob,
  type SendFormsNeeds,
} from '../../jobs/library/send-forms.ts';

export const templateCommand = defineCommand({
  name: 'template',
  word: both('模板', 'template'),
  who: 'member',
  does: both('取表格模板', 'sends the forms'),
  example: both('模板', 'template'),
  parts: {},
});

/** 模板: the forms that a secretary fills in, always into the private chat. */
export function registerTemplate(parts: SendFormsNeeds & { bot: Bot }) {
  const { bot, queue } = parts;
  registerSendForms(parts);

  bot.onCommand(templateCommand, async ({ from, place, reader }) => {
    // Ids that rise: in their order messages arrive.
    const ids = templates(reader).map(() => uuid());
    await queue.add(sendFormsJob, { ids, person: from });
    return { text: templateLine(reader, place.kind) };
  });
}
