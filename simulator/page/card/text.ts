import { el } from '../element.ts';
import { textClasses } from './looks.ts';
import { markdownNodes } from './markdown.ts';
import { isJson, wordsOf, type Json, type Place } from './place.ts';

/** Text of people: shown letter by letter, never read as markup. */
export function plainText(text: Json): HTMLElement {
  const lines = typeof text['lines'] === 'number' ? text['lines'] : undefined;
  const node = el('span', { class: `plain ${textClasses(text)}` }, wordsOf(text));
  if (lines !== undefined) {
    node.classList.add('clamped');
    node.style.setProperty('-webkit-line-clamp', String(lines));
  }
  return node;
}

export function markdown(element: Json, { host }: Place): HTMLElement {
  return el(
    'div',
    { class: `markdown ${textClasses(element)}` },
    ...markdownNodes(wordsOf(element), host),
  );
}

/** A text property of an element, whichever of the two kinds it is. */
export function textNode(text: unknown, place: Place): Node {
  if (!isJson(text)) return document.createTextNode('');
  return text['tag'] === 'plain_text' ? plainText(text) : markdown(text, place);
}

export function div(element: Json, place: Place): HTMLElement {
  return el('div', { class: 'card-div' }, textNode(element['text'], place));
}
