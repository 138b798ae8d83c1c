import { Fault } from './fault.ts';

/** JSON pointer to what can be pressed on a card: the one labelled so, or the first of all. */
export function pointerTo(card: unknown, label?: string): string {
  const found = search(card, label, '');
  if (found === undefined) throw new Fault(`nothing to press ${label ?? ''} on the card`);
  return found;
}

function search(node: unknown, label: string | undefined, path: string): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (isPressable(node) && (label === undefined || labelOf(node) === label)) return path;
  for (const [name, value] of Object.entries(node)) {
    const found = search(value, label, `${path}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isPressable(node: object): boolean {
  return 'tag' in node && ('behaviors' in node || 'form_action_type' in node);
}

function labelOf(node: object): unknown {
  const text = 'text' in node ? node.text : undefined;
  return typeof text === 'object' && text !== null && 'content' in text ? text.content : undefined;
}
