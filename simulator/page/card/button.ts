import { el, safeHref } from '../element.ts';
import { say } from '../words.ts';
import { confirmed } from './confirm.ts';
import { filledForm, resetForm } from './form-values.ts';
import { callsBack, isJson, listIn, stringIn, wordsOf, type Json, type Place } from './place.ts';

const types = new Set([
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
]);
const sizes = new Set(['tiny', 'small', 'medium', 'large']);

/** A button: while its press is under way it turns and takes no other. */
export function button(element: Json, place: Place): HTMLElement {
  const type = stringIn(element, 'type') ?? 'default';
  const size = stringIn(element, 'size') ?? 'medium';
  const isPressed = place.host.isPressed(place.at);
  const classes = [
    'card-button',
    types.has(type) ? type : 'default',
    sizes.has(size) ? `button-${size}` : '',
    stringIn(element, 'width') === 'fill' ? 'fills' : '',
    isPressed ? 'busy' : '',
  ];
  return el(
    'button',
    {
      type: 'button',
      class: classes.filter(Boolean).join(' '),
      'data-key': place.at,
      disabled: element['disabled'] === true,
      'aria-busy': isPressed,
      title: wordsOf(element[element['disabled'] === true ? 'disabled_tips' : 'hover_tips']),
      onclick: (event) => void press(element, place, event.currentTarget),
    },
    wordsOf(element['text']),
  );
}

async function press(element: Json, place: Place, node: EventTarget | null): Promise<void> {
  const { host, form, at } = place;
  if (host.isPressed(at) || !(node instanceof HTMLElement)) return;
  const action = stringIn(element, 'form_action_type');
  const around = node.closest<HTMLElement>('.card-form');
  if (form && around && action === 'reset') return resetForm(form.element, place);
  const filled = form && around && action === 'submit' ? filledForm(around, place) : {};
  if (filled === undefined || !(await confirmed(element['confirm']))) return;
  openLink(element);
  if (callsBack(element) || action === 'submit') host.press(at, filled);
}

function openLink(element: Json): void {
  const open = listIn(element, 'behaviors').find((each) => stringIn(each, 'type') === 'open_url');
  const addresses = [stringIn(open, 'pc_url'), stringIn(open, 'default_url')];
  const safe = addresses.map((address) => safeHref(address ?? '')).find(Boolean);
  if (safe) window.open(safe, '_blank', 'noopener,noreferrer');
}

/** `…`: a menu of further choices. */
export function overflow(element: Json, place: Place): HTMLElement {
  const options = listIn(element, 'options').filter(isJson);
  const choices = options.map((option) =>
    el('option', { value: stringIn(option, 'value') ?? '' }, wordsOf(option['text'])),
  );
  const node = el(
    'select',
    { class: 'overflow', 'aria-label': say.more, 'data-key': place.at },
    el('option', { value: '', selected: true }, '⋯'),
    ...choices,
  );
  node.addEventListener('change', () => {
    if (callsBack(element)) place.host.press(place.at, { option: node.value });
    node.value = '';
  });
  return node;
}
