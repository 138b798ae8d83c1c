import type { Incoming, Outgoing, Reply } from './talk.ts';

/** What only the person who spoke may read: in a group it goes to their private chat, and the group hears `told`. */
export function privately(
  { from, place }: Pick<Exclude<Incoming, { kind: 'happened' }>, 'from' | 'place'>,
  content: Extract<Outgoing['content'], { card: unknown } | { text: unknown }>,
  told: string,
): Reply {
  if (place.kind === 'private') return content;
  return { text: told, send: [{ to: { person: from }, content }] };
}
