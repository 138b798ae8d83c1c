import { HTMLElement, type Node, parse, TextNode } from 'node-html-parser';
import type { Block } from '../../answers/retrieval/types.ts';

const named = (tags: string) => new Set(tags.split(' '));
const unseen = named(
  'script style noscript template head title svg iframe nav select button textarea',
);
const apart = named(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset ' +
    'figcaption figure footer form header hr html legend li main menu ol p pre section summary ' +
    'table tbody td tfoot th thead tr ul',
);

/** What `<title>` says, if anything. */
export function htmlTitle(page: string): string {
  return oneSpaced(rootOf(page).querySelector('title')?.textContent ?? '').trim();
}

/** The encoding a page declares, read from its first bytes. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
}

/** Headings, paragraphs, lists and tables of a page; scripts, styles and menus are left out. */
export function htmlBlocks(page: string): Block[] {
  const blocks: Block[] = [];
  let run = '';
  const put = (text: string) => {
    if (text.trim()) blocks.push({ kind: 'text', text: text.trim() });
  };
  const flush = () => {
    put(run.replace(/ *\n */g, '\n'));
    run = '';
  };
  const walk = (node: Node): void => {
    if (node instanceof TextNode) run += oneSpaced(node.textContent);
    if (!(node instanceof HTMLElement)) return;
    const tag = tagOf(node);
    if (unseen.has(tag)) return;
    if (tag === 'br') run += '\n';
    const isApart = apart.has(tag) || /^h[1-6]$/.test(tag);
    if (isApart) flush();
    if (/^h[1-6]$/.test(tag)) {
      const text = oneSpaced(node.textContent).trim();
      if (text) blocks.push({ kind: 'heading', level: Number(tag[1]), text });
    } else if (isWhole(node, tag)) put(whole(node, tag));
    else node.childNodes.forEach(walk);
    if (isApart) flush();
  };
  rootOf(page).childNodes.forEach(walk);
  flush();
  return blocks;
}

/** Text of a fragment of a line: tags dropped, entities read, spaces kept. */
export function plainHtml(fragment: string): string {
  return /[<&]/.test(fragment) ? rootOf(fragment).textContent : fragment;
}

/** What stands before a page, such as its doctype: the parser would take it for text. */
const before = /^\s*(?:(?:<!--[^]*?-->|<[!?][a-z][^>]*>)\s*)+/i;
const rootOf = (page: string) =>
  parse(page.replace(before, ''), {
    comment: false,
    blockTextElements: { script: false, style: false },
  });
const tagOf = (element: HTMLElement) => element.rawTagName.toLowerCase();
const oneSpaced = (text: string) => text.replace(/[\s\u00a0]+/g, ' ');

/** A list or table is one block, unless the page uses it to lay out headings and paragraphs. */
function isWhole(element: HTMLElement, tag: string): boolean {
  if (tag === 'pre') return true;
  if (tag !== 'ul' && tag !== 'ol' && tag !== 'table') return false;
  return !element.querySelector(tag === 'table' ? 'h1,h2,h3,h4,h5,h6,p,div,table' : 'h1,h2,h3,h4');
}

function whole(element: HTMLElement, tag: string): string {
  if (tag === 'pre') return element.textContent;
  return tag === 'table' ? tableText(element) : listText(element);
}

/** A row a line, its cells apart by `|`. */
function tableText(table: HTMLElement): string {
  const cells = (row: HTMLElement) =>
    row.querySelectorAll('th,td').map((cell) => oneSpaced(cell.textContent).trim());
  const rows = table.querySelectorAll('tr').map((row) => cells(row).join(' | '));
  return rows.filter(Boolean).join('\n');
}

/** An item a line, those of a list within a list a little to the right. */
function listText(list: HTMLElement, depth = 0): string {
  const items = list.childNodes.filter((node) => node instanceof HTMLElement);
  const ordered = tagOf(list) === 'ol';
  return items.map((item, i) => itemText(item, ordered ? `${i + 1}. ` : '- ', depth)).join('\n');
}

function itemText(item: HTMLElement, sign: string, depth: number): string {
  const isList = (node: Node): node is HTMLElement =>
    node instanceof HTMLElement && /^(?:ul|ol)$/.test(tagOf(node));
  const own = item.childNodes.filter((node) => !isList(node)).map((node) => node.textContent);
  const below = item.childNodes.filter(isList);
  const first = '  '.repeat(depth) + sign + oneSpaced(own.join('')).trim();
  return [first, ...below.map((list) => listText(list, depth + 1))].join('\n');
}
