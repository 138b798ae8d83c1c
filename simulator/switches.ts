import type { BadDay } from './bad-day-names.ts';

/** Where the platform's behaviour differs between apps, or is not known: a test may try both ways. */
export interface Switches {
  /** The app holds the scope for all messages of a group, not only those that mention the bot. */
  allGroupMessages: boolean;
  /** How a repeated `uuid` is answered: with the first message's id, or with nothing in it. */
  uuidRepeat: 'same' | 'silent';
  /** Whether a repeated event carries its first headers or is signed anew. */
  repeats: 'as-first' | 'signed-anew';
  /** Milliseconds that an event or a press waits for the app's answer, by the true time. */
  patience: number;
  /** What goes wrong when the app writes; nothing on a good day. */
  badDay: BadDay | undefined;
  /** Each so-manyth of those calls is spoilt, the first one too. */
  badEvery: number;
  /** Whether the repeat of a spoilt call may be spoilt as well. */
  badRepeats: boolean;
}

export const usualSwitches: Switches = {
  allGroupMessages: false,
  uuidRepeat: 'same',
  repeats: 'as-first',
  patience: 3000,
  badDay: undefined,
  badEvery: 3,
  badRepeats: true,
};

/** How a repeated `uuid` is answered now: some bad days decide it, whatever the switch says. */
export function uuidRepeatOn({ badDay, uuidRepeat }: Switches): Switches['uuidRepeat'] {
  if (badDay === 'repeated') return 'same';
  return badDay === 'repeated-silent' ? 'silent' : uuidRepeat;
}
