import type { Card, Incoming, Outgoing, Pressed, Reply } from './talk.ts';

/** What only the person who spoke may read: in a group it goes to their private chat, and the group hears `told`. */
export function privately(
  { from, place }: Pick<Exclude<Incoming, { kind: 'happened' }>, 'from' | 'place'>,
  content: Extract<Outgoing['content'], { card: unknown } | { text: unknown }>,
  told: string,
): Reply {
  if (place.kind === 'private') return content;
  return { text: told, send: [{ to: { person: from }, content }] };
}

/** A card that only the presser may read; in a group `told`, if given, is the toast that says where it is. */
export function cardToPresser(
  { from, place }: Pick<Pressed, 'from' | 'place'>,
  card: Card,
  told?: string,
): Reply {
  if (place.kind === 'private') return { card };
  return {
    send: [{ to: { person: from }, content: { card } }],
    ...(told !== undefined && { toast: { type: 'info', content: told } }),
  };
}
