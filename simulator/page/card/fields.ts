import type { FieldValue, PressRequest } from '../../contract.ts';
import { el } from '../element.ts';
import { say } from '../words.ts';
import { callsBack, isJson, listIn, stringIn, wordsOf, type Json, type Place } from './place.ts';
import { textNode } from './text.ts';

/** The key under which a field's value is remembered: its name, which is unique in the card. */
const keyOf = (element: Json, { at }: Place) => stringIn(element, 'name') ?? at;

/** What stands in a field now: what was put there, else what the card begins with. */
function valueOf<Value extends FieldValue>(element: Json, place: Place, initial: Value): Value {
  const { memory } = place.host;
  const known = memory.get(keyOf(element, place));
  if (known !== undefined && typeof known === typeof initial) return known as Value;
  memory.set(keyOf(element, place), initial);
  return initial;
}

/** Keeps a value and, outside a form, tells the app at once. */
function put(element: Json, place: Place, value: FieldValue, pressed: Partial<PressRequest>): void {
  place.host.memory.set(keyOf(element, place), value);
  if (!place.form && callsBack(element)) place.host.press(place.at, pressed);
}

/** The frame around a field: its label, and what a form needs to know of it. */
function field(element: Json, place: Place, control: HTMLElement): HTMLElement {
  const label = wordsOf(element['label']);
  const required = element['required'] === true;
  const mark = required && el('span', { class: 'required', 'aria-hidden': 'true' }, '*');
  const heading = label !== '' && el('span', { class: 'field-label' }, label, mark);
  control.setAttribute('data-key', place.at);
  if (required) control.setAttribute('aria-required', 'true');
  if (label === '' && !control.hasAttribute('aria-label'))
    control.setAttribute('aria-label', wordsOf(element['placeholder']) || say.choose);
  return el(
    heading ? 'label' : 'div',
    {
      class: stringIn(element, 'width') === 'fill' ? 'field fills' : 'field',
      'data-field': stringIn(element, 'name'),
      'data-required': required,
    },
    heading,
    control,
  );
}

export function input(element: Json, place: Place): HTMLElement {
  const isLong = stringIn(element, 'input_type') === 'multiline_text';
  const most = element['max_length'];
  const looks = {
    placeholder: wordsOf(element['placeholder']),
    disabled: element['disabled'] === true,
    maxlength: typeof most === 'number' ? most : 1000,
  };
  const rows = typeof element['rows'] === 'number' ? element['rows'] : 3;
  const type = stringIn(element, 'input_type') === 'password' ? 'password' : 'text';
  const node = isLong ? el('textarea', { ...looks, rows }) : el('input', { ...looks, type });
  node.value = valueOf(element, place, stringIn(element, 'default_value') ?? '');
  node.addEventListener('input', () => {
    place.host.memory.set(keyOf(element, place), node.value);
  });
  node.addEventListener('change', () => {
    put(element, place, node.value, { input: node.value });
  });
  return field(element, place, node);
}

interface Choice {
  value: string;
  label: string;
}

function choicesOf(element: Json, { host }: Place): Choice[] {
  const isPerson = stringIn(element, 'tag')?.endsWith('_person') ?? false;
  const options = listIn(element, 'options').filter(isJson);
  if (isPerson && options.length === 0)
    return host.people().map(({ id, name }) => ({ value: id, label: name }));
  return options.map((option) => {
    const value = stringIn(option, 'value') ?? '';
    const name = host.person(value)?.name ?? value;
    return { value, label: wordsOf(option['text']) || name };
  });
}

export function select(element: Json, place: Place): HTMLElement {
  const choices = choicesOf(element, place);
  const index = element['initial_index'];
  const byIndex = typeof index === 'number' ? choices[index - 1]?.value : undefined;
  const chosen = valueOf(element, place, stringIn(element, 'initial_option') ?? byIndex ?? '');
  const node = el(
    'select',
    { disabled: element['disabled'] === true },
    el('option', { value: '' }, wordsOf(element['placeholder']) || say.choose),
    ...choices.map(({ value, label }) => el('option', { value }, label)),
  );
  node.value = chosen;
  node.addEventListener('change', () => {
    put(element, place, node.value, { option: node.value });
  });
  return field(element, place, node);
}

export function multiSelect(element: Json, place: Place): HTMLElement {
  const initial = listIn(element, 'selected_values').map(String);
  const chosen = new Set(valueOf(element, place, initial));
  const boxes = choicesOf(element, place).map(({ value, label }) => {
    const box = el('input', {
      type: 'checkbox',
      checked: chosen.has(value),
      disabled: element['disabled'] === true,
      'data-key': `${place.at} ${value}`,
    });
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(value);
      else chosen.delete(value);
      const options = [...chosen];
      put(element, place, options, { options });
    });
    return el('label', { class: 'choice' }, box, el('span', {}, label));
  });
  const words = wordsOf(element['placeholder']) || say.choose;
  const frame = el('div', { class: 'choices', role: 'group', 'aria-label': words });
  frame.append(el('span', { class: 'choices-title' }, words), ...boxes);
  return field(element, place, frame);
}

const pickers: Record<string, { type: string; initial: string }> = {
  date_picker: { type: 'date', initial: 'initial_date' },
  picker_time: { type: 'time', initial: 'initial_time' },
  picker_datetime: { type: 'datetime-local', initial: 'initial_datetime' },
};

/** A day, a time or both, as the platform writes them: `2026-12-01 18:30`. */
export function picker(element: Json, place: Place): HTMLElement {
  const { type, initial } = pickers[stringIn(element, 'tag') ?? ''] ?? {
    type: 'date',
    initial: '',
  };
  const node = el('input', { type, disabled: element['disabled'] === true });
  const value = valueOf(element, place, stringIn(element, initial) ?? '');
  node.value = type === 'datetime-local' ? value.replace(' ', 'T') : value;
  node.addEventListener('change', () => {
    const option = node.value.replace('T', ' ');
    put(element, place, option, { option });
  });
  const words = wordsOf(element['placeholder']);
  const shown = words !== '' && el('span', { class: 'field-hint' }, words);
  const framed = field(element, place, node);
  if (shown) framed.prepend(shown);
  return framed;
}

export function checker(element: Json, place: Place): HTMLElement {
  const box = el('input', {
    type: 'checkbox',
    'data-key': place.at,
    checked: valueOf(element, place, element['checked'] === true),
    disabled: element['disabled'] === true,
  });
  box.addEventListener('change', () => {
    put(element, place, box.checked, { checked: box.checked });
  });
  return el(
    'label',
    { class: 'choice checker', 'data-field': stringIn(element, 'name') },
    box,
    textNode(element['text'], place),
  );
}
