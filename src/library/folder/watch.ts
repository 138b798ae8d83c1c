import { watch, type FSWatcher } from 'node:fs';
import type { Corpus } from './corpus.ts';

/** Changes usually come many at a time: the folder is scanned once none came for this long. */
const quietMs = 500;
/** A regular scan finds what a watcher misses, as on network drives. */
const lookAroundMs = 60_000;

/** Keeps the corpus in step with its folder from now on, until it is stopped. */
export function watchCorpus(corpus: Corpus, folder: string) {
  let watcher: FSWatcher | undefined;
  let soon: NodeJS.Timeout | undefined;

  const listen = () => {
    try {
      watcher ??= watch(folder, { recursive: true, persistent: false }, () => {
        clearTimeout(soon);
        soon = setTimeout(() => void corpus.sync(), quietMs).unref();
      }).on('error', silence);
    } catch {
      // No such folder, or too many below it: the regular scan goes on, and tries to watch again.
    }
  };
  const silence = () => {
    watcher?.close();
    watcher = undefined;
  };

  const lookAround = setInterval(() => {
    listen();
    void corpus.sync();
  }, lookAroundMs).unref();
  listen();
  void corpus.sync();

  return {
    async stop(): Promise<void> {
      clearInterval(lookAround);
      clearTimeout(soon);
      silence();
      await corpus.stop();
    },
  };
}
