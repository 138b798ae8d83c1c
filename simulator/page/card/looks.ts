import { stringIn, type Json } from './place.ts';

const colours = new Set(
  'blue wathet turquoise green lime yellow orange red carmine violet purple indigo grey'.split(' '),
);
const sizes: Record<string, string> = {
  'heading-0': 'size-h0',
  'heading-1': 'size-h1',
  'heading-2': 'size-h2',
  'heading-3': 'size-h3',
  'heading-4': 'size-h4',
  heading: 'size-h3',
  'xxxx-large': 'size-h0',
  'xxx-large': 'size-h1',
  'xx-large': 'size-h1',
  'x-large': 'size-h2',
  large: 'size-h3',
  notation: 'size-note',
  small: 'size-note',
  'x-small': 'size-note',
};

/** The class for one of the platform's colours, such as `grey` or `red-500`. */
export function colourClass(name: string | undefined): string {
  const family = /^([a-z]+)(-\d+)?$/.exec(name ?? '')?.[1] ?? '';
  return colours.has(family) ? `tone-${family}` : '';
}

/** The classes of a text element: its size, colour and side. */
export function textClasses(text: Json): string {
  const align = stringIn(text, 'text_align');
  const side = align === 'center' || align === 'right' ? `align-${align}` : '';
  const size = sizes[stringIn(text, 'text_size') ?? ''] ?? '';
  return [size, colourClass(stringIn(text, 'text_color')), side].filter(Boolean).join(' ');
}

/** The class of a header's template; what the platform does not know looks plain. */
export function templateClass(template: string | undefined): string {
  return `template-${template && colours.has(template) ? template : 'default'}`;
}
