import exceljs from 'exceljs';
import type { Content } from '../../src/bot/talk.ts';
import { textOf } from './card-text.ts';
import type { Group, Person } from './people.ts';
import type { FakeMessenger } from './messenger.ts';

/** Listens to everything the bot says from now on, also to what is replaced later. */
export function overhear(messenger: FakeMessenger) {
  const contents: Content[] = [];
  const toasts: string[] = [];
  const { send, update, replace } = messenger;
  messenger.send = (to, content, options) => {
    contents.push(content);
    return send(to, content, options);
  };
  messenger.update = (id, content) => {
    contents.push(content);
    return update(id, content);
  };
  messenger.replace = (id, card) => {
    contents.push({ card });
    replace(id, card);
  };

  return {
    toasts,
    /** Presses every button there is on this person's screen, once for each label. */
    async pressesAll(person: Person, group: Group, form: Record<string, unknown> = {}) {
      const pressed = new Set<string>();
      for (;;) {
        const label = [...person.private(), ...group.all()]
          .flatMap(labelsIn)
          .find((each) => !pressed.has(each));
        if (label === undefined) return;
        pressed.add(label);
        const toast = await person.presses(label, form);
        if (toast) toasts.push(toast.content);
      }
    },
    /** All that can be read in it: cards, lines, toasts, names of files and what stands in sheets. */
    async words(): Promise<string[]> {
      const words = [...toasts];
      for (const content of contents) words.push(textOf(content), ...(await insideOf(content)));
      return words.flatMap((each) => each.split('\n'));
    },
  };
}

const labelsIn = (text: string) =>
  [...text.matchAll(/^\[(.+)\]$/gm)]
    .map(([, label = '']) => label)
    .filter((label) => !/\.(?:xlsx|json)$/.test(label));

async function insideOf(content: Content): Promise<string[]> {
  if ('card' in content) return summaryOf(content.card.config);
  if (!('file' in content) || !content.file.name.endsWith('.xlsx')) return [];
  const book = new exceljs.Workbook();
  await book.xlsx.load(Uint8Array.from(content.file.bytes).buffer);
  return book.worksheets.flatMap((sheet) => [
    sheet.name,
    ...sheet.getSheetValues().flatMap((row) => (row as unknown[]).map(String)),
  ]);
}

/** What the list of chats shows of a card. */
function summaryOf(config: unknown): string[] {
  const { summary } = config as { summary?: { content: string } };
  return summary ? [summary.content] : [];
}
