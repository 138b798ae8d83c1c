import { templateLine, templates } from '../cards/template.ts';
import type { Bot } from '../src/bot/bot.ts';
import { workbookOf } from '../src/sheets/service.ts';

/** 模板: the forms that a secretary fills in, always into the private chat. */
export function registerTemplate({ bot }: { bot: Bot }) {
  bot.onCommand('template', async ({ from, place, reader }) => {
    const files = await Promise.all(
      templates(reader).map(async ({ name, sheets }) => {
        return { name: `${name}.xlsx`, bytes: await workbookOf(sheets) };
      }),
    );
    return {
      text: templateLine(reader, place.kind),
      send: files.map((file) => ({ to: { person: from }, content: { file } })),
    };
  });
}
