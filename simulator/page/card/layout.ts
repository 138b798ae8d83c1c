import { avatar } from '../avatar.ts';
import { el } from '../element.ts';
import { icon } from '../icons.ts';
import { say } from '../words.ts';
import { beginForm } from './form-values.ts';
import { colourClass } from './looks.ts';
import {
  callsBack,
  drawAll,
  isJson,
  listIn,
  pixels,
  stringIn,
  wordsOf,
  type Json,
  type Place,
} from './place.ts';
import { textNode } from './text.ts';

const flexModes = new Set(['none', 'stretch', 'flow', 'bisect', 'trisect']);

export function columnSet(element: Json, place: Place): HTMLElement {
  const asked = stringIn(element, 'flex_mode') ?? 'none';
  const mode = flexModes.has(asked) ? asked : 'none';
  const columns = drawAll(listIn(element, 'columns'), `${place.at}/columns`, place);
  const node = el('div', { class: `columns columns-${mode} ${background(element)}` }, ...columns);
  const gap = pixels(element['horizontal_spacing']);
  if (gap) node.style.columnGap = gap;
  return node;
}

export function column(element: Json, place: Place): HTMLElement {
  const width = stringIn(element, 'width') ?? 'auto';
  const node = el(
    'div',
    { class: `column ${background(element)}` },
    ...drawAll(listIn(element, 'elements'), `${place.at}/elements`, place),
  );
  if (width === 'weighted') node.style.flex = `${Number(element['weight'] ?? 1)} 1 0`;
  const fixed = pixels(width);
  if (fixed) node.style.flex = `0 0 ${fixed}`;
  return node;
}

function background(element: Json): string {
  const style = stringIn(element, 'background_style') ?? 'default';
  return style === 'default' ? '' : `filled ${colourClass(style)}`;
}

export function form(element: Json, place: Place): HTMLElement {
  beginForm(element, place);
  const inner = { ...place, form: { at: place.at, element } };
  const inside = drawAll(listIn(element, 'elements'), `${place.at}/elements`, inner);
  return el('div', { class: 'card-form', role: 'group', 'data-form': place.at }, ...inside);
}

export function interactiveContainer(element: Json, place: Place): HTMLElement {
  const inside = drawAll(listIn(element, 'elements'), `${place.at}/elements`, place);
  const border = element['has_border'] === true && 'bordered';
  const classes = ['pressable', background(element), border].filter(Boolean).join(' ');
  if (!callsBack(element) || element['disabled'] === true)
    return el('div', { class: classes }, ...inside);
  const press = () => {
    place.host.press(place.at, {});
  };
  const onKey = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key === 'Enter') press();
  };
  const looks = { class: classes, role: 'button', tabindex: 0, 'data-key': place.at };
  return el('div', { ...looks, onclick: press, onkeydown: onKey }, ...inside);
}

export function collapsiblePanel(element: Json, place: Place): HTMLElement {
  const { memory } = place.host;
  const key = `open ${place.at}`;
  const header = isJson(element['header']) ? element['header'] : {};
  const isOpen = memory.get(key) ?? element['expanded'] === true;
  const title = textNode(header['title'], place);
  const node = el(
    'details',
    { class: 'panel', open: isOpen === true },
    el('summary', { 'data-key': place.at }, title, icon('chevron')),
    el(
      'div',
      { class: 'panel-body' },
      ...drawAll(listIn(element, 'elements'), `${place.at}/elements`, place),
    ),
  );
  node.addEventListener('toggle', () => void memory.set(key, node.open));
  return node;
}

/** Pictures live on the platform; here stands what they say. */
export function picture(element: Json): HTMLElement {
  const words = wordsOf(element['alt']) || wordsOf(element['title']) || say.image;
  return el('div', { class: 'picture', role: 'img', 'aria-label': words }, words);
}

export function person(element: Json, { host }: Place): HTMLElement {
  const somebody = host.person(stringIn(element, 'user_id') ?? '');
  if (!somebody) return el('span', { class: 'mention' }, stringIn(element, 'user_id') ?? '');
  return el('span', { class: 'card-person' }, avatar(somebody, 'tiny'), somebody.name);
}
