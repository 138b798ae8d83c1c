import { z } from 'zod';
import { ChatId } from '../../src/base/ids.ts';
import { defineAction } from '../../src/bot/action.ts';
import type { Command } from '../../src/bot/command.ts';
import type { Order } from '../../src/bot/own-words/order.ts';
import type { Card, Reader } from '../../src/bot/talk.ts';
import { usageText } from './help.ts';
import { button, buttonRow, note, plain, slip } from './kit.ts';
import { inBoth, shorten } from './words.ts';

const offer = z.object({
  /** Of the offer: it is carried out once. */
  id: z.uuid(),
  /** The command as it would be typed. */
  line: z.string().min(1).max(500),
  /** The group it was said in, where it was not said in private. */
  group: ChatId.optional(),
});
export const confirmOrder = defineAction('order.confirm', offer);
export const dropOrder = defineAction('order.drop', z.object({}));

const words = inBoth(
  {
    summary: (does: string) => `要这样办吗：${does}`,
    todo: (does: string) => `听起来你想：${does}。我还什么都没有做，要这样办吗？`,
    ofSelf: (does: string) =>
      `听起来你想：${does}。现在还没有记录，也没有告诉任何人；要办的话请按下面的按钮。`,
    line: (line: string) => `等于发送：${line}`,
    confirm: '就这样办',
    drop: '不是',
    dropped: '好的，什么也没有做。',
    done: (line: string) => `已办：${line}`,
    before: '这件事已经办过了。',
    sent: '私聊发给你了，确认后再办。',
    shown: '私聊发给你了。',
    incomplete: (does: string) => `听起来你想：${does}。我还什么都没有做，请补全后发给我。`,
    notYours: (does: string, who: string) => `「${does}」由${who}来办，可以请他们发给我。`,
    who: {
      secretary: '支部书记',
      keeper: '书记或管理员',
      binder: '群主或管理员',
      member: '支部成员',
    },
  },
  {
    summary: (does) => `Shall I do this: ${does}`,
    todo: (does) => `It sounds as if you want this: ${does}. Nothing is done yet. Shall I?`,
    ofSelf: (does) =>
      `It sounds as if you want this: ${does}. Nothing is recorded and nobody is told; press below if you want it done.`,
    line: (line) => `The same as sending: ${line}`,
    confirm: 'Do it',
    drop: 'No',
    dropped: 'All right, nothing was done.',
    done: (line) => `Done: ${line}`,
    before: 'This has been done already.',
    sent: 'Sent to you in private: nothing is done before you confirm it.',
    shown: 'Sent to you in private.',
    incomplete: (does) =>
      `It sounds as if you want this: ${does}. Nothing is done yet. Please complete it and send it to me.`,
    notYours: (does, who) => `"${does}" is for ${who}: you can ask them to send it to me.`,
    who: {
      secretary: "the branch's secretary",
      keeper: 'a secretary or administrator',
      binder: "the group's owner or an administrator",
      member: 'members of the branch',
    },
  },
);

/** Offers what was asked for in somebody's own words: nothing is done before it is confirmed. */
export function offerCard(
  { locale }: Reader,
  { command, how, line }: Order,
  value: z.output<typeof offer>,
): Card {
  const say = words[locale];
  const does = command.does[locale];
  return slip(say.summary(does), [
    plain(how === 'ofSelf' ? say.ofSelf(does) : say.todo(does)),
    plain(say.line(shorten(line, 200))),
    buttonRow([
      button(say.confirm, confirmOrder.with(value), 'primary'),
      button(say.drop, dropOrder.with({}), 'default'),
    ]),
  ]);
}

/** What is still missing of an order that cannot be carried out as it was understood. */
export function incompleteCard(reader: Reader, { command, line }: Order): Card {
  const say = words[reader.locale];
  const does = command.does[reader.locale];
  const isMore = line !== command.word[reader.locale];
  return slip(say.summary(does), [
    plain(say.incomplete(does)),
    plain(usageText(reader, command)),
    ...(isMore ? [note(say.line(shorten(line, 200)))] : []),
  ]);
}

export const droppedCard = ({ locale }: Reader): Card =>
  slip(words[locale].dropped, [plain(words[locale].dropped)]);
export function doneCard({ locale }: Reader, line: string): Card {
  const text = words[locale].done(shorten(line, 200));
  return slip(text, [plain(text)]);
}
export const doneBefore = ({ locale }: Reader): string => words[locale].before;
export const sentPrivately = ({ locale }: Reader, how: Order['how']): string =>
  how === 'toSee' ? words[locale].shown : words[locale].sent;

/** Who may do it, for somebody who may not. */
export function notYoursLine({ locale }: Reader, { does, who }: Command): string {
  const say = words[locale];
  return say.notYours(does[locale], say.who[who === 'anyone' ? 'member' : who]);
}
