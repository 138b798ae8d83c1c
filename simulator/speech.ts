import type { SayRequest } from './contract.ts';
import { Fault } from './fault.ts';
import { botId, botName } from './sample.ts';
import type { ChatRecord, MentionRecord } from './state.ts';
import type { World } from './world.ts';

/** Text as the client sends it: every mention a key, and beside it who is meant. */
export interface Speech {
  type: 'text';
  content: string;
  mentions: MentionRecord[];
}

const everybody = ['all', '所有人'];

/** Turns the `@Name`s of a line into mentions; a name of nobody in the chat stays text. */
export function speechOf(world: World, chat: ChatRecord, said: SayRequest): Speech {
  const names = mentionable(world, chat, said.mentions);
  if (names.length === 0)
    return { type: 'text', content: JSON.stringify({ text: said.text }), mentions: [] };
  const mentions: MentionRecord[] = [];
  const pattern = new RegExp(`@(${names.map(({ name }) => escaped(name)).join('|')})`, 'g');
  const text = said.text.replace(pattern, (_, name: string) => {
    const id = names.find((each) => each.name === name)?.id ?? '';
    const known = mentions.find((each) => each.id === id);
    if (known) return known.key;
    const key = id ? `@_user_${mentions.filter((each) => each.id).length + 1}` : '@_all';
    mentions.push({ key, id, name });
    return key;
  });
  return { type: 'text', content: JSON.stringify({ text }), mentions };
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Longest name first, so that 李 never takes the place of 李思源. */
function mentionable(world: World, chat: ChatRecord, picked: string[] | undefined) {
  const inChat = [...chat.members, ...(chat.withBot ? [botId] : [])];
  const ids = picked ?? inChat;
  const people = ids
    .filter((id) => inChat.includes(id))
    .map((id) => ({ id, name: id === botId ? botName : (world.person(id)?.name ?? '') }));
  const all = chat.kind === 'group' ? everybody.map((name) => ({ id: '', name })) : [];
  return [...people, ...all]
    .filter(({ name }) => name !== '')
    .sort((a, b) => b.name.length - a.name.length);
}

/** Whether the bot is told of a message with these mentions. */
export function reachesBot(
  chat: ChatRecord,
  mentions: MentionRecord[],
  allMessages: boolean,
): boolean {
  if (!chat.withBot || chat.disbanded) return false;
  return chat.kind === 'p2p' || allMessages || mentions.some(({ id }) => id === botId || id === '');
}

/** The chat with this id, for somebody who is in it. */
export function chatFor(world: World, person: string, id: string): ChatRecord {
  const chat = world.chat(id);
  if (!chat?.members.includes(person))
    throw new Fault('你不在这个会话里', 'You are not in this chat');
  if (chat.disbanded) throw new Fault('这个群已经解散', 'This group has been disbanded');
  return chat;
}
