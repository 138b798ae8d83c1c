import type { Card, Content } from '../bot/talk.ts';

/** A button as it is kept for whoever types its label. */
export interface KeptButton {
  label: string;
  action: string;
  value: unknown;
}

/** Ids and the names of choices. Any other text in a value may be people's words, which are not kept for this. */
const likeName = /^[\w.:-]{1,64}$/;
const wordsOfPeople = ['question', 'text', 'line', 'search'];
const mostButtons = 40;

/** The buttons of a card that a typed label can stand for; none for other content. */
export function buttonsIn(content: Content | { card: Card }): KeptButton[] | undefined {
  if (!('card' in content)) return undefined;
  const found: KeptButton[] = [];
  collect(content.card.body.elements, found);
  return found.length > 0 ? found.slice(0, mostButtons) : undefined;
}

function collect(node: unknown, found: KeptButton[]) {
  if (typeof node !== 'object' || node === null) return;
  const { tag, text, behaviors } = node as {
    tag?: unknown;
    text?: { content?: unknown };
    behaviors?: { value?: { action?: unknown; value?: unknown } }[];
  };
  const carried = behaviors?.[0]?.value;
  const label = text?.content;
  if (tag === 'button' && typeof label === 'string' && typeof carried?.action === 'string') {
    if (isWordless(carried.value))
      found.push({ label, action: carried.action, value: carried.value });
    return;
  }
  for (const child of Object.values(node)) collect(child, found);
}

function isWordless(value: unknown): boolean {
  if (typeof value === 'string') return likeName.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([key, each]) => !wordsOfPeople.includes(key) && isWordless(each),
  );
}
