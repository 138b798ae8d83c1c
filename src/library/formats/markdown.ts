import { lexer, type Token, type Tokens } from 'marked';
import type { Block } from '../../answers/retrieval/types.ts';
import { htmlBlocks, plainHtml } from './html.ts';

/** Headings, paragraphs, lists and tables of a Markdown text; front matter and comments are left out. */
export function markdownBlocks(text: string): Block[] {
  const body = text.replace(/^\s*---\n[\s\S]*?\n---[ \t]*(?:\n|$)/, '');
  return lexer(body).flatMap(blocksOf);
}

function blocksOf(token: Token): Block[] {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      return [{ kind: 'heading', level: depth, text: inline(tokens) }];
    }
    case 'blockquote':
      return (token as Tokens.Blockquote).tokens.flatMap(blocksOf);
    case 'list':
      return [text(listText(token as Tokens.List))];
    case 'table':
      return [text(tableText(token as Tokens.Table))];
    case 'html':
      return isTag(token.raw) ? htmlBlocks(token.raw) : [text(token.raw.trim())];
    case 'code':
      return [text((token as Tokens.Code).text)];
    case 'paragraph':
    case 'text':
      return [text(inline('tokens' in token && token.tokens ? token.tokens : [], token.raw))];
    default:
      return [];
  }
}

const text = (content: string): Block => ({ kind: 'text', text: content });

/** What a reader sees of a line: no stars, no addresses. */
function inline(tokens: Token[], raw = ''): string {
  if (tokens.length === 0) return plainHtml(raw);
  return tokens.map(inlineText).join('');
}

function inlineText(token: Token): string {
  switch (token.type) {
    case 'br':
      return '\n';
    case 'image':
      return '';
    case 'html':
      return isTag(token.raw) ? '' : token.raw;
    case 'codespan':
    case 'escape':
      return (token as Tokens.Codespan).text;
    default:
      return 'tokens' in token && token.tokens
        ? inline(token.tokens)
        : plainHtml((token as Tokens.Text).raw);
  }
}

/** True for a known HTML tag; other text in angle brackets was written by the author. */
const isTag = (raw: string) =>
  /^<(?:!--|\/?(?:[abipqsu]|abbr|align|big|blockquote|br|center|cite|code|dd|del|details|div|d[lt]|em|figcaption|figure|font|h[1-6r]|img|ins|kbd|li|mark|[ou]l|pre|script|section|small|span|strike|strong|style|su[bp]|summary|table|t(?:body|[dhr]|head))\b)/i.test(
    raw.trimStart(),
  );

function listText({ items, ordered, start }: Tokens.List, indent = ''): string {
  const first = start === '' ? 1 : start;
  const lines = items.map(({ tokens }, i) => {
    const sign = ordered ? `${first + i}. ` : '- ';
    const parts = tokens.map((token) => itemText(token, `${indent}  `));
    return indent + sign + parts.filter(Boolean).join('\n');
  });
  return lines.join('\n');
}

function itemText(token: Token, indent: string): string {
  if (token.type === 'list') return listText(token as Tokens.List, indent);
  return blocksOf(token)
    .map((block) => block.text)
    .join('\n');
}

/** A row a line, its cells apart by `|`. */
function tableText({ header, rows }: Tokens.Table): string {
  const line = (cells: Tokens.TableCell[]) => cells.map((cell) => inline(cell.tokens)).join(' | ');
  return [header, ...rows].map(line).join('\n');
}
