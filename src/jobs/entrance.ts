import type { Bot } from '../bot/bot.ts';
import type { Incoming, Outgoing, Reply } from '../bot/talk.ts';
import type { Db } from '../db.ts';
import type { Outbox } from './outbox.ts';

interface EntranceNeeds {
  db: Db;
  bot: Pick<Bot, 'handle'>;
  outbox: Outbox;
}

/** Where everything that comes in is worked on: the handler, its effect and its reply stand or fall together. */
export function createEntrance({ db, bot, outbox }: EntranceNeeds) {
  return {
    /** Hands it to the bot and its reply to the outbox, in one transaction. */
    handle: (incoming: Incoming): Promise<Reply> =>
      db.atomic(async () => {
        const reply = await bot.handle(incoming);
        await outbox.put(messagesOf(incoming, reply));
        return reply;
      }),
  };
}
export type Entrance = ReturnType<typeof createEntrance>;

function messagesOf(incoming: Incoming, { card, text, send = [] }: Reply): Outgoing[] {
  const content = card ? { card } : text === undefined ? undefined : { text };
  if (!content) return send;
  const { place, kind } = incoming;
  const isAnswer = place.kind === 'group' && kind !== 'pressed' && kind !== 'happened';
  const replyTo = isAnswer ? incoming.message : undefined;
  return [{ to: { chat: place.id }, content, replyTo }, ...send];
}
