import type { BotId, HappenedEvent, MessageEvent } from './events.ts';

/** What a repeat has in common with the first (a message's id, not its event's), and what keeps order. */
export interface InboxPlace {
  key: string;
  /** The chat: what belongs to one takes effect in order. */
  group: string;
}

/**
 * A person's message to the bot, or anything else that happens; what groups say among themselves is not.
 * Until the bot knows its own id any mention may be of it, and is judged again before it is worked on.
 */
export function inboxPlaceOf(
  eventId: string,
  event: MessageEvent | HappenedEvent,
  bot: BotId | undefined,
): InboxPlace | undefined {
  if (event.kind === 'happened') return { key: eventId, group: event.chat };
  return isForBot(event, bot) ? { key: event.message, group: event.chat } : undefined;
}

export function isForBot({ chatKind, mentions }: MessageEvent, bot: BotId | undefined): boolean {
  if (chatKind === 'private') return true;
  const named = mentions.filter(({ openId }) => openId !== undefined);
  return bot === undefined ? named.length > 0 : named.some(({ openId }) => openId === bot);
}
