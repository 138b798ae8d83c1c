import type { FieldValue, Message, PressRequest } from '../contract.ts';
import { api } from './api.ts';
import type { CardHost } from './card/place.ts';
import type { Store } from './store.ts';
import { attempt, showToast } from './toast.ts';

/** Presses under way and what was filled in, for every card one person sees. */
export function createPressing(store: Store, redraw: (message: string) => void) {
  let pressed = new Set<string>();
  let memories = new Map<string, Map<string, FieldValue>>();

  async function press({ id }: Message, at: string, more: Partial<PressRequest>): Promise<void> {
    const key = `${id} ${at}`;
    const mine = pressed;
    if (mine.has(key)) return;
    mine.add(key);
    redraw(id);
    await attempt(async () => {
      const { toast } = await api.press({ as: store.me.id, message: id, at, ...more });
      if (toast) showToast(toast);
      // What was handed in is gone from the form once a new card comes.
      if (more.form && toast?.type !== 'error') memories.delete(id);
    });
    mine.delete(key);
    if (mine === pressed) redraw(id);
  }

  function memoryOf(id: string): Map<string, FieldValue> {
    const memory = memories.get(id) ?? new Map<string, FieldValue>();
    memories.set(id, memory);
    return memory;
  }

  return {
    host: (message: Message): CardHost => ({
      person: store.person,
      people: () => store.world.people,
      press: (at, more) => void press(message, at, more),
      isPressed: (at) => pressed.has(`${message.id} ${at}`),
      memory: memoryOf(message.id),
      redraw: () => {
        redraw(message.id);
      },
    }),
    /** Somebody else looks now: nothing of the one before shall show. */
    forget(): void {
      pressed = new Set();
      memories = new Map();
    },
  };
}
