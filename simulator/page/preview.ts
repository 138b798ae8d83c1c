import type { Message, TextPart } from '../contract.ts';
import { titleOf } from './card/card.ts';
import type { Store } from './store.ts';
import { inLanguage, nameIn, say } from './words.ts';

/** A message as one line, with who wrote it where that says something. */
export function previewOf(message: Message, store: Store): string {
  const name = store.person(message.sender)?.name;
  if (message.recalled) return recalledLine(message, store);
  const words = plainWords(message);
  const isPrivate = store.chat(message.chat)?.kind === 'p2p';
  return name === undefined || isPrivate ? words : say.says(name, words);
}

export function recalledLine({ sender }: Message, store: Store): string {
  if (sender === store.me.id) return say.recalledByMe;
  return say.recalledBy(store.person(sender)?.name ?? '');
}

/** What a message says, without its looks. */
export function plainWords({ content, recalled }: Message): string {
  if (recalled) return say.recalled;
  switch (content.kind) {
    case 'text':
      return content.parts.map(plainPart).join('');
    case 'post':
      return content.title || content.lines.map((line) => line.map(plainPart).join('')).join(' ');
    case 'card':
      return titleOf(content.card);
    case 'file':
      return content.name;
    case 'image':
      return `[${say.image}]`;
    case 'system':
      return inLanguage(content);
  }
}

function plainPart(part: TextPart): string {
  return part.kind === 'at' ? `@${nameIn(part)}` : part.text;
}
