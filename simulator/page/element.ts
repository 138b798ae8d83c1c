type Child = Node | string | false | undefined;
type Attribute = string | number | boolean | undefined | ((event: Event) => void);

/**
 * Makes an element: `el('button', { class: 'chip', onclick: send }, '帮助')`. Strings become text
 * nodes, never markup; this is the only place of the page where elements are made.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.filter((child) => child !== false && child !== undefined));
  return node;
}

function setAttribute(node: HTMLElement, name: string, value: Attribute): void {
  if (value === undefined || value === false) return;
  if (typeof value === 'function') return node.addEventListener(name.replace(/^on/, ''), value);
  node.setAttribute(name, value === true ? '' : String(value));
}

/** Where a link may lead: the web and mail, never a script. */
export function safeHref(href: string): string | undefined {
  return /^(https?:\/\/|mailto:)/i.test(href.trim()) ? href.trim() : undefined;
}

export function link(href: string, ...children: Child[]): HTMLElement {
  const safe = safeHref(href);
  if (safe === undefined) return el('span', {}, ...children);
  return el('a', { href: safe, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

/** Puts `fresh` in the place of `old`; the keyboard's focus and caret stay where the same `data-key` is. */
export function swap(old: HTMLElement, fresh: HTMLElement): void {
  const active = document.activeElement;
  const key = active && old.contains(active) ? active.getAttribute('data-key') : null;
  const caret = isWritten(active) ? active.selectionStart : null;
  old.replaceWith(fresh);
  if (key === null) return;
  const again = fresh.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  again?.focus({ preventScroll: true });
  if (isWritten(again) && caret !== null) again.setSelectionRange(caret, caret);
}

function isWritten(node: Element | null): node is HTMLInputElement | HTMLTextAreaElement {
  return (
    node instanceof HTMLTextAreaElement ||
    (node instanceof HTMLInputElement && node.type === 'text')
  );
}
