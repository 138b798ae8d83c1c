import { Marked, type Token, type Tokens } from '../marked.js';
import { el, link } from '../element.ts';
import { colourClass } from './looks.ts';
import type { CardHost } from './place.ts';
import { say } from '../words.ts';

// The platform's markdown has no HTML blocks: a line that looks like one is text.
const marked = new Marked({ breaks: true, gfm: true, tokenizer: { html: () => undefined } });

/** The platform's markdown as elements. Nothing is ever read as HTML: unknown tags stay text. */
export function markdownNodes(source: string, host: CardHost): Node[] {
  return blocks(marked.lexer(source), host);
}

type Draw<Kind extends Token> = (token: Kind, host: CardHost) => Node | string;

const block = {
  space: () => '',
  hr: () => el('hr'),
  heading: ({ depth, tokens }: Tokens.Heading, host) =>
    el(
      'p',
      { class: `md-h${depth}`, role: 'heading', 'aria-level': depth },
      ...inline(tokens, host),
    ),
  paragraph: ({ tokens }: Tokens.Paragraph, host) => el('p', {}, ...inline(tokens, host)),
  text: ({ tokens, text }: Tokens.Text, host) =>
    tokens ? el('span', {}, ...inline(tokens, host)) : decoded(text),
  blockquote: ({ tokens }: Tokens.Blockquote, host) =>
    el('blockquote', {}, ...blocks(tokens, host)),
  code: ({ text }: Tokens.Code) => el('pre', {}, el('code', {}, text)),
  list: ({ ordered, start, items }: Tokens.List, host) =>
    el(
      ordered ? 'ol' : 'ul',
      ordered && start !== '' ? { start } : {},
      ...items.map(({ tokens }) => el('li', {}, ...blocks(tokens, host))),
    ),
  table: ({ header, rows }: Tokens.Table, host) => {
    const line = (cells: Tokens.TableCell[], tag: 'th' | 'td') =>
      el('tr', {}, ...cells.map(({ tokens }) => el(tag, {}, ...inline(tokens, host))));
    return el(
      'table',
      {},
      el('thead', {}, line(header, 'th')),
      el('tbody', {}, ...rows.map((cells) => line(cells, 'td'))),
    );
  },
} satisfies Record<string, (token: never, host: CardHost) => Node | string>;

const span = {
  text: ({ text }: Tokens.Text) => decoded(text),
  escape: ({ text }: Tokens.Escape) => text,
  br: () => el('br'),
  strong: ({ tokens }: Tokens.Strong, host) => el('strong', {}, ...inline(tokens, host)),
  em: ({ tokens }: Tokens.Em, host) => el('em', {}, ...inline(tokens, host)),
  del: ({ tokens }: Tokens.Del, host) => el('del', {}, ...inline(tokens, host)),
  codespan: ({ text }: Tokens.Codespan) => el('code', {}, text),
  link: ({ href, tokens }: Tokens.Link, host) => link(href, ...inline(tokens, host)),
  image: ({ text }: Tokens.Image) => el('span', { class: 'picture' }, text || say.image),
} satisfies Record<string, (token: never, host: CardHost) => Node | string>;

function drawWith(table: object, token: Token, host: CardHost): Node | string {
  const draw = (table as Record<string, Draw<Token> | undefined>)[token.type];
  return draw ? draw(token, host) : decoded(token.raw);
}

function blocks(tokens: Token[], host: CardHost): Node[] {
  return tokens.map((token) => {
    const drawn = drawWith(block, token, host);
    return typeof drawn === 'string' ? document.createTextNode(drawn) : drawn;
  });
}

const opening = /^<(font|text_tag|link)\b([^>]*)>$/;
const mention = /^<(?:at|person)\b([^>]*?)\/?>$/;

/** Inline tokens; a `<font>` and its like hold what stands up to their closing tag. */
function inline(tokens: Token[], host: CardHost): (Node | string)[] {
  const drawn: (Node | string)[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.type !== 'html') {
      if (token) drawn.push(drawWith(span, token, host));
      continue;
    }
    const [, tag, attributes] = opening.exec(token.raw) ?? [];
    const end = tag === undefined ? -1 : closing(tokens, index, tag);
    if (tag === undefined || end < 0) {
      drawn.push(lone(token.raw, host));
      continue;
    }
    drawn.push(tagged(tag, attributes ?? '', inline(tokens.slice(index + 1, end), host)));
    index = end;
  }
  return drawn;
}

function closing(tokens: Token[], from: number, tag: string): number {
  return tokens.findIndex(({ raw }, index) => index > from && raw === `</${tag}>`);
}

function tagged(tag: string, attributes: string, inside: (Node | string)[]): Node {
  const colour = colourClass(attribute(attributes, 'color'));
  if (tag === 'link') return link(attribute(attributes, 'url') ?? '', ...inside);
  return el('span', { class: tag === 'font' ? colour : `label ${colour}` }, ...inside);
}

/** A tag without content of its own: somebody's name, a line's end, or just text. */
function lone(raw: string, host: CardHost): Node | string {
  if (/^<br\s*\/?>$/.test(raw)) return el('br');
  if (/^<\/(at|person)>$/.test(raw)) return '';
  const attributes = mention.exec(raw)?.[1];
  const id = attribute(attributes ?? '', 'id') ?? attribute(attributes ?? '', 'user_id');
  if (id === undefined) return raw;
  const name = id === 'all' ? say.everyone : (host.person(id)?.name ?? id);
  return el('span', { class: 'mention' }, `@${name}`);
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`);
  const [, double, single, bare] = found.exec(attributes) ?? [];
  return double ?? single ?? bare;
}

const named: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
};

/** Text with its character references read: `&#60;` is how the platform wants a `<` to be escaped. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, ...found) => {
    const [decimal, hex, name] = found as (string | undefined)[];
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
