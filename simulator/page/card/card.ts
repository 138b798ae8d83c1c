import type { Card } from '../../contract.ts';
import { el } from '../element.ts';
import { say } from '../words.ts';
import { button, overflow } from './button.ts';
import { checker, input, multiSelect, picker, select } from './fields.ts';
import {
  collapsiblePanel,
  column,
  columnSet,
  form,
  interactiveContainer,
  person,
  picture,
} from './layout.ts';
import { colourClass, templateClass } from './looks.ts';
import { drawAll, isJson, listIn, pixels, stringIn, wordsOf } from './place.ts';
import type { CardHost, Json, Place } from './place.ts';
import { table } from './table.ts';
import { div, markdown, plainText, textNode } from './text.ts';

const drawn: Record<string, (element: Json, place: Place) => Node> = {
  div,
  markdown,
  plain_text: plainText,
  hr: () => el('hr'),
  img: picture,
  person,
  table,
  column_set: columnSet,
  column,
  form,
  interactive_container: interactiveContainer,
  collapsible_panel: collapsiblePanel,
  button,
  overflow,
  input,
  select_static: select,
  select_person: select,
  multi_select_static: multiSelect,
  multi_select_person: multiSelect,
  date_picker: picker,
  picker_time: picker,
  picker_datetime: picker,
  checker,
};

/** A card as the client shows it. */
export function cardNode(card: Card, host: CardHost): HTMLElement {
  const elements = listIn(card.body, 'elements');
  const body = el(
    'div',
    { class: 'card-body' },
    ...drawAll(elements, '/body/elements', { at: '/body', host, draw }),
  );
  const gap = pixels(card.body['vertical_spacing']);
  if (gap) body.style.rowGap = gap;
  const header = isJson(card.header) && headerNode(card.header, host);
  return el('article', { class: 'card', 'aria-label': titleOf(card) }, header, body);
}

function draw(element: unknown, place: Place): Node {
  const tag = stringIn(element, 'tag') ?? '?';
  const drawing = drawn[tag];
  if (drawing && isJson(element)) return drawing(element, place);
  return el('div', { class: 'unknown' }, say.unknown(tag));
}

function headerNode(header: Json, host: CardHost): HTMLElement {
  const place: Place = { at: '/header', host, draw };
  const tags = listIn(header, 'text_tag_list').filter(isJson);
  const labels = tags.map((tag) =>
    el('span', { class: `label ${colourClass(stringIn(tag, 'color'))}` }, wordsOf(tag['text'])),
  );
  const subtitle = isJson(header['subtitle']) && textNode(header['subtitle'], place);
  return el(
    'header',
    { class: `card-header ${templateClass(stringIn(header, 'template'))}` },
    el('div', { class: 'card-title' }, textNode(header['title'], place), ...labels),
    subtitle && el('div', { class: 'card-subtitle' }, subtitle),
  );
}

/** What a card is called where it is only mentioned. */
export function titleOf(card: Card): string {
  const title = isJson(card.header) ? wordsOf(card.header['title']) : '';
  return title || wordsOf(isJson(card.config) ? card.config['summary'] : undefined) || say.card;
}
