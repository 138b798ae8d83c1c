import { z } from 'zod';
import type { Envelope } from './verify.ts';

const message = 'im.message.receive_v1';

/** The events that are worked on. */
export const knownTypes: ReadonlySet<string> = new Set([
  message,
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
  'im.chat.member.user.added_v1',
  'im.chat.member.user.deleted_v1',
  'im.chat.member.user.withdrawn_v1',
  'im.chat.updated_v1',
  'im.chat.disbanded_v1',
]);

const id = z.string().regex(/^[\w-]{1,128}$/);
const Message = z.object({
  sender: z.object({ sender_type: z.string() }),
  message: z.object({
    message_id: id,
    chat_id: id,
    chat_type: z.string(),
    mentions: z
      .array(z.object({ id: z.object({ open_id: z.string().optional() }).optional() }))
      .optional(),
  }),
});
const InChat = z.object({ chat_id: id });

/** What a repeat has in common with the first (a message's id, not its event's), and what keeps order. */
export interface Concern {
  key: string;
  /** The chat: what belongs to one takes effect in order. */
  group: string;
}

/** A person's message to the bot, or anything else that happens; what groups say among themselves is not. */
export function concernOf(
  { id: eventId, type, event }: Envelope,
  bot: string,
): Concern | undefined {
  if (type !== message) {
    const chat = InChat.safeParse(event).data?.chat_id;
    return chat === undefined ? undefined : { key: eventId, group: chat };
  }
  const { sender, message: said } = Message.safeParse(event).data ?? {};
  if (!said || sender?.sender_type !== 'user') return undefined;
  const isMeant =
    said.chat_type === 'p2p' || said.mentions?.some((mention) => mention.id?.open_id === bot);
  return isMeant ? { key: said.message_id, group: said.chat_id } : undefined;
}
