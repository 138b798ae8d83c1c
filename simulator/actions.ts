import type { SimulatorClock } from './clock.ts';
import type { GroupChange, PressAnswer, PressRequest, SayRequest } from './contract.ts';
import { messageEvent, pressEvent } from './events.ts';
import { changeEntity, entityOf, isGrowing } from './entities.ts';
import { Fault } from './fault.ts';
import { changeGroup } from './groups.ts';
import { errorToast, findElement, pressedAction, readAnswer } from './press.ts';
import type { Pusher } from './pusher.ts';
import { chatFor, reachesBot, speechOf } from './speech.ts';
import type { ChatRecord, MessageRecord } from './state.ts';
import type { Switches } from './switches.ts';
import { newId } from './messages.ts';
import type { World } from './world.ts';

const twoWeeks = 14 * 24 * 3600 * 1000;

/** A message somebody wrote, and whether the app took it at the first attempt (if it was told). */
export interface Written {
  message: MessageRecord;
  taken: Promise<boolean>;
}
export type Raw = Pick<MessageRecord, 'type' | 'content'> & Partial<MessageRecord>;

interface Parts {
  world: World;
  pusher: Pusher;
  clock: SimulatorClock;
  switches: Switches;
}

/** What people do at their clients; the page and the tests both act through here. */
export function createActions({ world, pusher, clock, switches }: Parts) {
  /** A message of any type as it is, also one that no client would write. */
  function write(as: string, chat: ChatRecord, raw: Raw): Written {
    const message = world.addMessage({ ...raw, chat: chat.id, sender: as });
    if (!reachesBot(chat, message.mentions, switches.allGroupMessages))
      return { message, taken: Promise.resolve(true) };
    const parent = message.replyTo ? world.message(message.replyTo) : undefined;
    const taken = pusher.push('im.message.receive_v1', messageEvent(message, chat, parent));
    return { message, taken };
  }

  /** A card that grows does not take what the answer to a press would make of it. */
  function replace(message: MessageRecord, { card = '', toast }: ReturnType<typeof readAnswer>) {
    const entity = entityOf(world, message);
    if (entity && isGrowing({ clock }, entity)) return errorToast(200673);
    if (entity) changeEntity(world, entity, card);
    else world.changeMessage(message, { content: card });
    return toast ? { toast } : {};
  }

  return {
    write: (as: string, chatId: string, raw: Raw) => write(as, chatFor(world, as, chatId), raw),

    say(said: SayRequest): Written {
      const chat = chatFor(world, said.as, said.chat);
      if (said.text.trim() === '')
        throw new Fault('不能发送空白消息', 'An empty message cannot be sent');
      const { replyTo } = said;
      return write(said.as, chat, { ...speechOf(world, chat, said), replyTo });
    },

    /** A picture goes as a picture, anything else as a file. */
    sendFile(as: string, chatId: string, name: string, bytes: Uint8Array): Written {
      const chat = chatFor(world, as, chatId);
      const image = /\.(png|jpe?g|gif|webp|bmp)$/i.test(name);
      const key = world.keepFile(image ? 'img' : 'file', name, bytes, as);
      const content = image ? { image_key: key } : { file_key: key, file_name: name };
      return write(as, chat, { type: image ? 'image' : 'file', content: JSON.stringify(content) });
    },

    async press(pressed: PressRequest): Promise<PressAnswer> {
      const message = world.message(pressed.message);
      if (!message || message.recalled || message.type !== 'interactive')
        throw new Fault('这张卡片已经不在了', 'This card is no longer there');
      chatFor(world, pressed.as, message.chat);
      if (clock.now().getTime() - message.at > twoWeeks)
        throw new Fault('这张卡片已经过期', 'This card has expired');
      const action = pressedAction(findElement(JSON.parse(message.content), pressed.at), pressed);
      const event = pressEvent(pressed.as, message, action, newId('c'));
      const answer = readAnswer(await pusher.call('card.action.trigger', event), world.known);
      if (answer.card !== undefined) return replace(message, answer);
      return answer.toast ? { toast: answer.toast } : {};
    },

    change: (as: string, chatId: string, change: GroupChange): { taken: Promise<boolean> } =>
      changeGroup({ world, pusher }, as, chatFor(world, as, chatId), change),
  };
}
export type Actions = ReturnType<typeof createActions>;
