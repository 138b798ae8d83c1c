import { el } from '../element.ts';
import { locale } from '../words.ts';
import { colourClass } from './looks.ts';
import { markdownNodes } from './markdown.ts';
import { isJson, listIn, stringIn, type CardHost, type Json, type Place } from './place.ts';

/** A table of data: a row per record, a column per name. */
export function table(element: Json, { host }: Place): HTMLElement {
  const columns = listIn(element, 'columns').filter(isJson);
  const rows = listIn(element, 'rows').filter(isJson);
  const head = columns.map((column) => {
    const title = stringIn(column, 'display_name') ?? stringIn(column, 'name') ?? '';
    return el('th', { scope: 'col', class: side(column) }, title);
  });
  const lines = rows.map((row) =>
    el('tr', {}, ...columns.map((column) => cell(column, row, host))),
  );
  const node = el('table', {}, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...lines));
  return el('div', { class: 'table-frame', tabindex: 0 }, node);
}

function side(column: Json): string {
  const align = stringIn(column, 'horizontal_align');
  return align === 'right' || align === 'center' ? `align-${align}` : '';
}

function cell(column: Json, row: Json, host: CardHost): HTMLElement {
  const value = row[stringIn(column, 'name') ?? ''];
  const type = stringIn(column, 'data_type') ?? 'text';
  return el('td', { class: side(column) }, ...contentOf(value, type, host));
}

function contentOf(value: unknown, type: string, host: CardHost): (Node | string)[] {
  if (Array.isArray(value)) return value.flatMap((each) => contentOf(each, type, host));
  if (isJson(value)) return [label(value)];
  if (typeof value === 'number')
    return [type === 'date' ? dateFormat.format(value) : numberFormat.format(value)];
  const text = typeof value === 'string' ? value : '';
  if (type === 'markdown' || type === 'lark_md') return markdownNodes(text, host);
  if (type === 'persons') return [host.person(text)?.name ?? text];
  return [text];
}

const dateFormat = new Intl.DateTimeFormat(locale);
const numberFormat = new Intl.NumberFormat(locale);

function label(option: Json): HTMLElement {
  const colour = colourClass(stringIn(option, 'color'));
  return el('span', { class: `label ${colour}` }, stringIn(option, 'text') ?? '');
}
