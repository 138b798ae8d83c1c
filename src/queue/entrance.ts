import type { Bot } from '../bot/bot.ts';
import type { Incoming, Outgoing, Reply } from '../bot/talk.ts';
import type { Db } from '../database/db.ts';
import type { Outbox } from './outbox.ts';

interface EntranceNeeds {
  db: Db;
  bot: Pick<Bot, 'look'>;
  outbox: Outbox;
}

/** Where everything that comes in is worked on: the handler, its effect and its reply stand or fall together. */
export function createEntrance({ db, bot, outbox }: EntranceNeeds) {
  /**
   * Lets the bot look up what takes long, which is no part of a transaction. What it returns does the rest
   * and puts the reply into the outbox, in one.
   */
  async function look(incoming: Incoming): Promise<() => Promise<Reply>> {
    const work = await bot.look(incoming);
    return () =>
      db.atomic(async () => {
        const reply = await work();
        await outbox.put(messagesOf(incoming, reply));
        return reply;
      });
  }

  return { look, handle: async (incoming: Incoming) => (await look(incoming))() };
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
