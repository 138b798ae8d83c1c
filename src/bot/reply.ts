import type { PersonId } from '../base/ids.ts';
import type { Outgoing, Pressed, Reader, Reply, Said } from './talk.ts';

/** People to whom private messages are known not to get through, and what they are told of it in a group. */
export interface Unreached {
  is(person: PersonId): Promise<boolean>;
  line(reader: Reader): string;
}

/** Does several things in order; each is answered by a message of its own under the one that asked for them. */
export async function inOrder(
  { place, message }: Said,
  works: readonly (() => Promise<Reply>)[],
): Promise<Reply> {
  const send: Outgoing[] = [];
  const replyTo = place.kind === 'group' ? message : undefined;
  for (const work of works) {
    const { card, text, send: others = [] } = await work();
    const content = card ? { card } : text === undefined ? undefined : { text };
    send.push(...(content ? [{ to: { chat: place.id }, content, replyTo }] : []), ...others);
  }
  return { send };
}

/** A press is answered where it was made: by a toast or a new card. Without either, `otherwise` is the toast. */
export function withToast(reply: Reply, otherwise: string): Reply {
  if (reply.toast ?? reply.replace) return reply;
  return { ...reply, toast: { type: 'info', content: reply.text ?? otherwise } };
}

/** Adds what to do where a group hears "sent to you in private" and the person cannot be reached. */
export async function withUnreachedHint(
  unreached: Unreached | undefined,
  reader: Reader,
  { place, from }: Said | Pressed,
  reply: Reply,
): Promise<Reply> {
  const { text, toast, send = [] } = reply;
  const isPrivate = send.some(({ to }) => 'person' in to && to.person === from);
  if (place.kind !== 'group' || !isPrivate || !unreached) return reply;
  if ((text === undefined && !toast) || !(await unreached.is(from))) return reply;
  const withHint = (told: string) => `${told}\n${unreached.line(reader)}`;
  if (toast) return { ...reply, toast: { type: 'warning', content: withHint(toast.content) } };
  return { ...reply, text: withHint(text ?? '') };
}
