import { mentionedIn, withMentions } from '../../bot/mention.ts';
import type { Card } from '../../bot/talk.ts';
import type { PersonId } from '../../base/ids.ts';

/** A card as the platform takes it: with its own ids where the card names people by ours. */
export async function cardJson(
  card: Card,
  openIdOf: (person: PersonId) => Promise<string>,
): Promise<string> {
  const ids = new Map<PersonId, string>();
  for (const person of marksIn(card)) ids.set(person, await openIdOf(person));
  // Only in our own markdown: what people wrote is in plain text elements and is not touched.
  return JSON.stringify(card, function (this: { tag?: unknown }, key, value: unknown) {
    const isMarkdown = key === 'content' && this.tag === 'markdown' && typeof value === 'string';
    return isMarkdown ? withMentions(value, (person) => ids.get(person) ?? '') : value;
  });
}

function marksIn(part: unknown): PersonId[] {
  if (typeof part !== 'object' || part === null) return [];
  const { tag, content } = part as { tag?: unknown; content?: unknown };
  const own = tag === 'markdown' && typeof content === 'string' ? mentionedIn(content) : [];
  return [...own, ...Object.values(part).flatMap(marksIn)];
}
