import { z } from 'zod';
import { both, type Bilingual } from './bilingual.ts';
import type { Card, Chat, Content, Message, Person, TextPart } from './contract.ts';
import { botId, botName } from './sample.ts';
import type { ChatRecord, MessageRecord, PersonRecord } from './state.ts';
import type { World } from './world.ts';

export const botPerson: Person = { id: botId, handle: 'bot', name: botName, title: '' };

export function personView({ id, handle, name, title }: PersonRecord): Person {
  return { id, handle, name, title };
}

export function chatView(world: World, chat: ChatRecord): Chat {
  const { id, kind, name, members, owner, withBot, disbanded } = chat;
  const newest = world.messagesOf(id).at(-1);
  return {
    id,
    kind,
    name,
    members: withBot ? [...members, botId] : members,
    owner,
    withBot,
    disbanded,
    last: newest && { at: newest.at },
  };
}

export function messageView(world: World, message: MessageRecord): Message {
  const { id, chat, sender, at, version, edits, recalled, replyTo } = message;
  const content: Content = recalled
    ? { kind: 'system', text: '', en: '' }
    : contentOf(world, message);
  return { id, chat, sender, at, content, version, edited: edits > 0, recalled, replyTo };
}

const Said = z.object({ text: z.string(), en: z.string() }).partial();
const Post = z.object({
  title: z.string().default(''),
  content: z.array(z.array(z.record(z.string(), z.unknown()))),
});

function contentOf(world: World, message: MessageRecord): Content {
  const content: unknown = JSON.parse(message.content);
  switch (message.type) {
    case 'text':
      return { kind: 'text', parts: textParts(world, message, textOf(content)) };
    case 'interactive':
      return { kind: 'card', card: content as Card };
    case 'post':
      return postView(world, message, content);
    case 'file':
      return { kind: 'file', ...fileView(world, content) };
    case 'image':
      return { kind: 'image', ...fileView(world, content) };
    case 'system':
      return { kind: 'system', ...lineOf(content) };
    default:
      return { kind: 'text', parts: [{ kind: 'text', text: `[${message.type}]` }] };
  }
}

function textOf(content: unknown): string {
  return Said.safeParse(content).data?.text ?? '';
}

/** A line of the platform; one that was kept by an older version has its Chinese only. */
function lineOf(content: unknown): Bilingual {
  const { text = '', en = text } = Said.parse(content);
  return both(text, en);
}

function fileView(world: World, content: unknown): { name: string; size: number } {
  const keys = z.object({ file_key: z.string(), image_key: z.string() }).partial().parse(content);
  const key = keys.file_key ?? keys.image_key;
  const file = world.state.files.find((each) => each.key === key);
  return { name: file?.name ?? '', size: file?.size ?? 0 };
}

function postView(world: World, message: MessageRecord, content: unknown): Content {
  const sent = z.object({ zh_cn: Post, en_us: Post }).partial().parse(content);
  const { title, content: lines } = sent.zh_cn ?? sent.en_us ?? Post.parse(content);
  return {
    kind: 'post',
    title,
    lines: lines.map((line) => line.flatMap((node) => postPart(world, message, node))),
  };
}

function postPart(world: World, message: MessageRecord, node: Record<string, unknown>): TextPart[] {
  const text = typeof node['text'] === 'string' ? node['text'] : '';
  if (node['tag'] === 'a') return [{ kind: 'link', text, href: String(node['href']) }];
  if (node['tag'] !== 'at') return [{ kind: 'text', text }];
  const key = String(node['user_id']);
  const mention = message.mentions.find((each) => each.key === key);
  return [at(world, mention?.id ?? key)];
}

const inlineMention = /@_(?:user_\d+|all)\b|<at user_id="([^"]*)">[^<]*<\/at>/g;

/** Mentions stand as keys in what people wrote, and as `<at>` in what the bot wrote. */
function textParts(world: World, message: MessageRecord, text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(inlineMention)) {
    const mention = message.mentions.find(({ key }) => key === found[0]);
    const id = mention?.id ?? found[1];
    if (id === undefined) continue;
    if (found.index > from) parts.push({ kind: 'text', text: text.slice(from, found.index) });
    parts.push(at(world, id));
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

function at(world: World, id: string): TextPart {
  const everybody = id === '' || id === 'all';
  const name = everybody ? 'all' : id === botId ? botName : (world.person(id)?.name ?? id);
  return { kind: 'at', id: everybody ? 'all' : id, name };
}
/** A part of a message as plain text. */
export function plainPart(part: TextPart): string {
  return part.kind === 'at' ? `@${part.name}` : part.text;
}
