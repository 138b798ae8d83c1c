import type { BotId, HappenedEvent, MessageEvent } from './events.ts';

/** Under which key an event is stored (a repeat has the same), and the group within which order is kept. */
export interface InboxPlace {
  key: string;
  /** The chat: what belongs to one takes effect in order. */
  group: string;
}

/**
 * Where an event is stored; undefined for messages in a group that do not mention the bot. Until the bot knows its
 * own id any mention may be of it, and is checked again before the message is handled.
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
