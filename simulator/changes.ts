import type { ChatRecord, MessageRecord } from './state.ts';

/** What just changed, for whoever watches: the page's streams and the tests that wait. */
export type Change =
  | { kind: 'message'; message: MessageRecord }
  | { kind: 'chat'; chat: ChatRecord }
  | { kind: 'chat-gone'; chat: ChatRecord; person: string }
  /** The clock was moved: so many milliseconds it is ahead now. */
  | { kind: 'time'; offsetMs: number }
  /** A call of the app was answered, or an event came back from it. */
  | { kind: 'traffic' };

export type Watcher = (change: Change) => void;

/** Tells every watcher of every change, in order. */
export function createChanges() {
  const watchers = new Set<Watcher>();
  return {
    tell(change: Change): void {
      for (const watch of [...watchers]) watch(change);
    },
    /** Gives what ends the watching. */
    watch(watcher: Watcher): () => void {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
