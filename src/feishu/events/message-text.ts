import { z } from 'zod';
import type { BotId, Mentioned, MessageEvent } from './events.ts';

/** A person mentioned in a message. */
export interface RawMention {
  openId: string;
  name: string;
}
type Message = Pick<MessageEvent, 'what' | 'content' | 'mentions'>;
type Read =
  | { kind: 'said'; text: string; mentions: RawMention[] }
  | { kind: 'file'; key: string; name: string }
  | { kind: 'other'; what: string };

const Text = z.object({ text: z.string() });
const Post = z.object({
  title: z.string().default(''),
  content: z.array(z.array(z.record(z.string(), z.unknown()))).default([]),
});
const File = z.object({ file_key: z.string().regex(/^[\w-]{1,200}$/), file_name: z.string() });

/** What a message says: its text with names for mentions, its file, or only its kind. */
export function readMessage({ what, content, mentions }: Message, bot: BotId): Read {
  const body = parsed(content);
  if (what === 'text') return spoken(Text.safeParse(body).data?.text ?? '', mentions, bot);
  if (what === 'post') return spoken(postText(body), mentions, bot);
  if (what === 'file') {
    const file = File.safeParse(body).data;
    if (file) return { kind: 'file', key: file.file_key, name: clean(file.file_name) };
  }
  return { kind: 'other', what };
}

/** The key of a call to everybody, which is no mention, listed or not. */
const everybody = '@_all';

function spoken(text: string, mentions: Mentioned[], bot: BotId): Read {
  const people: RawMention[] = [];
  const shown = new Map(
    mentions.map(({ key, name, openId }) => [key, openId === bot ? ' ' : ` @${clean(name)} `]),
  );
  shown.set(everybody, ' ');
  // Longer keys first: `@_user_1` is the head of `@_user_10`. In one go: a name may look like a key.
  const keys = [...shown.keys()].sort((one, other) => other.length - one.length);
  const anyKey = new RegExp(keys.map(literally).join('|'), 'g');
  const said = clean(text).replace(anyKey, (key) => shown.get(key) ?? key);
  for (const { name, openId } of mentions) {
    if (openId && openId !== bot) people.push({ openId, name: clean(name) });
  }
  return { kind: 'said', text: said.replace(/ {2,}/g, ' ').trim(), mentions: people };
}

/** Rich text is read like text: title, paragraphs, links with their words. */
function postText(body: unknown): string {
  const post = Post.safeParse(body).data;
  if (!post) return '';
  const lines = post.content.map((line) => line.map(pieceText).join(''));
  return [post.title, ...lines].filter((line) => line.trim() !== '').join('\n');
}

function pieceText(piece: Record<string, unknown>): string {
  const { tag, text, href, user_id: mentioned } = piece;
  if (tag === 'at')
    return typeof mentioned === 'string' && mentioned !== 'all' ? ` ${mentioned} ` : '';
  if (typeof text !== 'string') return '';
  return tag === 'a' && typeof href === 'string' && href !== text ? `${text} ${href}` : text;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// Control characters but line and tab, halves of surrogate pairs, and what turns the direction of writing.
const unfit = /(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** Without what no database takes and no reader can see. */
export const clean = (text: string) => text.replace(unfit, ' ');
