import type { Actions, Raw } from './actions.ts';
import type { FieldValue, GroupChange, Message, PressAnswer, PressRequest } from './contract.ts';
import { Fault } from './fault.ts';
import { pointerTo } from './pointer.ts';
import { privateChatOf } from './sample.ts';
import type { PersonRecord, Reach } from './state.ts';
import { messageView } from './view.ts';
import type { World } from './world.ts';

/** Somebody in a test or a scene: speaks, presses and sees as at the page, over the same wire. */
export function createPerson(world: World, actions: Actions, person: PersonRecord) {
  const { id } = person;
  return {
    id,
    name: person.name,
    /** The private chat with the bot. */
    private: privateChatOf(id),

    /** Resolves once the app has taken the message, or refused its first delivery. */
    async says(chat: string, text: string, replyTo?: string): Promise<Message> {
      const { message, taken } = actions.say({ as: id, chat, text, replyTo });
      await taken;
      return messageView(world, message);
    },
    /** A message as it is, of any type. */
    async sends(chat: string, raw: Raw): Promise<Message> {
      const { message, taken } = actions.write(id, chat, raw);
      await taken;
      return messageView(world, message);
    },
    async sendsFile(chat: string, name: string, bytes: Uint8Array | string): Promise<Message> {
      const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      const { message, taken } = actions.sendFile(id, chat, name, content);
      await taken;
      return messageView(world, message);
    },
    /** Presses what is labelled so on the card, or stands at that JSON pointer (`/body/…`). */
    async presses(
      message: string,
      labelOrPointer: string,
      more: Partial<PressRequest> & { form?: Record<string, FieldValue> } = {},
    ): Promise<PressAnswer> {
      const record = world.message(message);
      if (!record) throw new Fault(`no message ${message}`);
      const at = labelOrPointer.startsWith('/')
        ? labelOrPointer
        : pointerTo(JSON.parse(record.content), labelOrPointer);
      return actions.press({ as: id, message, at, ...more });
    },
    /** What people do with groups; says whether the app took the event at once. */
    async changes(chat: string, change: GroupChange): Promise<boolean> {
      return actions.change(id, chat, change).taken;
    },
    /** Whether and why the bot cannot write to this person. */
    isNow(reach: Reach): void {
      person.reach = reach;
    },
    /** Everything in a chat as this person sees it. */
    sees(chat: string): Message[] {
      if (!world.chat(chat)?.members.includes(id)) return [];
      return world.messagesOf(chat).map((each) => messageView(world, each));
    },
  };
}
export type SimulatedPerson = ReturnType<typeof createPerson>;
