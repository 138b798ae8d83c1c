import { mentionOf } from '../../src/bot/mention.ts';
import type { Card, CardElement } from '../../src/bot/talk.ts';
import type { PersonId } from '../../src/base/ids.ts';

/** How a card's header looks: news, good, a warning, over. */
export type Tone = 'plain' | 'good' | 'warning' | 'over';
const template: Record<Tone, string> = {
  plain: 'blue',
  good: 'green',
  warning: 'orange',
  over: 'grey',
};

/** A card: a title and elements under one another. People's own text may stand in the title. */
export function card(title: string, tone: Tone, elements: CardElement[]): Card {
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward_interaction: false, summary: { content: title } },
    header: { title: { tag: 'plain_text', content: title }, template: template[tone] },
    body: { elements },
  };
}

/** A card without a header, for a line or two that need no title. `summary` is what the list of chats shows. */
export function slip(summary: string, elements: CardElement[]): Card {
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward_interaction: false,
      summary: { content: summary },
    },
    body: { elements },
  };
}

/** Our own words only: never text of people, which could carry markup or `<at id=all>`. */
export function markdown(content: string): CardElement {
  return { tag: 'markdown', content };
}

/** Names somebody of the chat, who is told; the platform's adapter puts its own id in. */
export const mention = (person: PersonId): CardElement => markdown(mentionOf(person));

/** Text as it is, people's own included: nothing in it is markup. */
export function plain(content: string): CardElement {
  return { tag: 'div', text: { tag: 'plain_text', content } };
}

/** Text as it is that can grow, under a name of its own in the card, while the card is `streamed`. */
export function growing(id: string, content: string): CardElement {
  return { tag: 'div', text: { tag: 'plain_text', content, element_id: id } };
}

/** Marks a card whose texts grow: the client types new text out, faster than anybody reads. */
export function streamed(still: Card): Card {
  const pace = { print_frequency_ms: { default: 50 }, print_step: { default: 4 } };
  const streaming_config = { ...pace, print_strategy: 'fast' };
  return { ...still, config: { ...still.config, streaming_mode: true, streaming_config } };
}

/** A smaller, quieter line under what matters. */
export function note(content: string): CardElement {
  return {
    tag: 'div',
    text: { tag: 'plain_text', content, text_size: 'notation', text_color: 'grey' },
  };
}

export const line: CardElement = { tag: 'hr' };

/** A button that comes back with `action.with(value)`. */
export function button(
  label: string,
  value: { action: string; value: unknown },
  look: 'default' | 'primary' | 'danger' = 'primary',
): CardElement {
  return {
    tag: 'button',
    text: { tag: 'plain_text', content: label },
    type: look,
    behaviors: [{ type: 'callback', value }],
  };
}

/** The one thing to do on a card: a button as wide as the card, easy to hit with a thumb. */
export function bigButton(label: string, value: { action: string; value: unknown }): CardElement {
  return { ...button(label, value, 'primary'), width: 'fill', size: 'large' };
}

/** A button without emphasis, for something optional. */
export function smallButton(label: string, value: { action: string; value: unknown }): CardElement {
  return { ...button(label, value, 'default'), size: 'small' };
}

/** Buttons beside one another, wrapped on a narrow screen. */
export function buttonRow(buttons: CardElement[]): CardElement {
  return {
    tag: 'column_set',
    flex_mode: 'flow',
    horizontal_spacing: '8px',
    columns: buttons.map((each) => ({ tag: 'column', width: 'auto', elements: [each] })),
  };
}

/** What is filled in and sent together: the last element is its `submit` button. Names are unique in a card. */
export function form(name: string, elements: CardElement[]): CardElement {
  return { tag: 'form', name, elements };
}

/** A box to tick inside a form; it comes back under its name as true or false. Text as it is. */
export function checker(name: string, content: string, checked: boolean): CardElement {
  return { tag: 'checker', name, checked, text: { tag: 'plain_text', content } };
}

/** A line to write in inside a form, at most `limit` characters; `hint` stands in it until then. */
export function input(name: string, hint: string, limit: number): CardElement {
  const placeholder = { tag: 'plain_text', content: hint };
  return { tag: 'input', name, placeholder, max_length: limit, width: 'fill' };
}

/** A short line in a form that is begun already, such as a number. */
export function field(
  name: string,
  { hint, limit, value }: { hint: string; limit: number; value: string },
): CardElement {
  return { ...input(name, hint, limit), default_value: value };
}

/** A time of day to pick inside a form, begun with `HH:mm`; it comes back as `HH:mm` with a zone behind it. */
export function timePicker(name: string, hint: string, initial: string): CardElement {
  const placeholder = { tag: 'plain_text', content: hint };
  return { tag: 'picker_time', name, placeholder, initial_time: initial, width: 'fill' };
}

/** The same over several lines, with a name above it, and perhaps begun already. */
export function textBox(
  name: string,
  {
    label,
    hint,
    limit,
    value = '',
  }: { label: string; hint: string; limit: number; value?: string },
): CardElement {
  return {
    ...input(name, hint, limit),
    ...{ input_type: 'multiline_text', rows: 3, auto_resize: true, max_rows: 10 },
    ...{ label: { tag: 'plain_text', content: label }, label_position: 'top' },
    ...(value && { default_value: value }),
  };
}

/** One of these to choose inside a form, the first from the start; its `value` comes back under its name. */
export function select(
  name: string,
  hint: string,
  options: { label: string; value: string }[],
): CardElement {
  const [first] = options;
  return {
    tag: 'select_static',
    name,
    placeholder: { tag: 'plain_text', content: hint },
    options: options.map(({ label, value }) => ({
      text: { tag: 'plain_text', content: label },
      value,
    })),
    ...(first && { initial_option: first.value }),
    width: 'fill',
  };
}

/** The button that sends a form: its action's value, and what was filled in beside it. */
export function submit(
  label: string,
  name: string,
  value: { action: string; value: unknown },
): CardElement {
  return { ...button(label, value, 'primary'), name, form_action_type: 'submit' };
}
