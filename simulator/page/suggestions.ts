import type { Chat, Person } from '../contract.ts';
import { say } from './words.ts';

const { help, open, answer, status, question, bind } = say.samples;

/** What somebody new could write here; each is a whole message that works. */
export function suggestionsFor(me: Person, chat: Chat): string[] {
  if (!chat.withBot || chat.disbanded) return [];
  if (me.title.includes('书记')) return [help, open, status, question];
  if (me.title.includes('管理员') && chat.kind === 'group') return [help, bind, question];
  return [help, answer, status, question];
}
