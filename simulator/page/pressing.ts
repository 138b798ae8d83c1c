import type { FieldValue, Message, PressRequest } from '../contract.ts';
import { api } from './api.ts';
import type { CardHost } from './card/place.ts';
import type { Store } from './store.ts';
import { attempt, showToast } from './toast.ts';

/** Presses under way and what was filled in, for every card one person sees. */
export function createPressing(store: Store, redraw: (message: string) => void) {
  let pressed = new Set<string>();
  let memories = new Map<string, Map<string, FieldValue>>();

  /** The version of a card whose form is handed in: what comes after it begins empty. */
  let handedIn = new Map<string, number>();

  async function press(
    { id, version }: Message,
    at: string,
    more: Partial<PressRequest>,
  ): Promise<void> {
    const key = `${id} ${at}`;
    const mine = pressed;
    if (mine.has(key)) return;
    mine.add(key);
    if (more.form) handedIn.set(id, version);
    redraw(id);
    const isTaken = await attempt(async () => {
      const { toast } = await api.press({ as: store.me.id, message: id, at, ...more });
      if (mine !== pressed) return;
      if (toast) showToast(toast);
      if (toast?.type === 'error' || toast?.type === 'warning') handedIn.delete(id);
    });
    if (!isTaken) handedIn.delete(id);
    mine.delete(key);
    if (mine === pressed) redraw(id);
  }

  function memoryOf({ id, version }: Message): Map<string, FieldValue> {
    const known = memories.get(id);
    if (known && version <= (handedIn.get(id) ?? version)) return known;
    const memory = new Map<string, FieldValue>();
    memories.set(id, memory);
    handedIn.delete(id);
    return memory;
  }

  return {
    host: (message: Message): CardHost => ({
      person: store.person,
      people: () => store.world.people,
      press: (at, more) => void press(message, at, more),
      isPressed: (at) => pressed.has(`${message.id} ${at}`),
      memory: memoryOf(message),
      redraw: () => {
        redraw(message.id);
      },
    }),
    /** Somebody else looks now: nothing of the one before shall show. */
    forget(): void {
      pressed = new Set();
      memories = new Map();
      handedIn = new Map();
    },
  };
}
