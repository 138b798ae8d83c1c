import type { Bot } from '../bot/bot.ts';
import type { Incoming, Outgoing, Reply } from '../bot/talk.ts';
import type { Db } from '../database/db.ts';
import type { Outbox } from './outbox.ts';

interface IncomingHandlerNeeds {
  db: Db;
  bot: Pick<Bot, 'look'>;
  outbox: Outbox;
}

/** Has the bot handle what comes in. The handler's effect and its reply are committed together or not at all. */
export function createIncomingHandler({ db, bot, outbox }: IncomingHandlerNeeds) {
  /**
   * Has the bot look up what takes long, outside a transaction. The function returned does the rest and puts the
   * reply into the outbox, in one transaction.
   */
  async function prepare(incoming: Incoming): Promise<() => Promise<Reply>> {
    const work = await bot.look(incoming);
    return () =>
      db.atomic(async () => {
        const reply = await work();
        await outbox.put(messagesOf(incoming, reply));
        if (reply.replace && incoming.kind === 'pressed')
          await outbox.nowShows(incoming.message, reply.replace);
        return reply;
      });
  }

  return { prepare, handle: async (incoming: Incoming) => (await prepare(incoming))() };
}
export type IncomingHandler = ReturnType<typeof createIncomingHandler>;

function messagesOf(incoming: Incoming, { card, text, send = [] }: Reply): Outgoing[] {
  const content = card ? { card } : text === undefined ? undefined : { text };
  if (!content) return send;
  const { place, kind } = incoming;
  const isAnswer = place.kind === 'group' && kind !== 'pressed' && kind !== 'happened';
  const replyTo = isAnswer ? incoming.message : undefined;
  return [{ to: { chat: place.id }, content, replyTo }, ...send];
}
