import type { Chat, Person, SampleFile } from '../contract.ts';
import { say } from './words.ts';

const { help, open, quiz, daily, meeting, answer, status, question, bind, link } = say.samples;

/** What somebody new could write here; each is a whole message that works. */
export function suggestionsFor(me: Person, chat: Chat): string[] {
  if (!chat.withBot || chat.disbanded) return [];
  if (isSecretary(me)) {
    const inPrivate = chat.kind === 'p2p' ? [link] : [];
    return [help, open, quiz, daily, meeting, status, question, ...inPrivate];
  }
  if (me.title.includes('管理员') && chat.kind === 'group') return [help, bind, question];
  return [help, answer, status, question];
}

/** What may be sent to the bot as it is: only secretaries give it files, and in private. */
export function filesFor(me: Person, chat: Chat): SampleFile[] {
  return isSecretary(me) && chat.kind === 'p2p' ? ['bank', 'survey'] : [];
}

const isSecretary = ({ title }: Person) => title.includes('书记');
