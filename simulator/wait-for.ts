import type { World } from './world.ts';

/** Makes a `waitFor` that looks again whenever something changes, and gives up after a while. */
export function createWaitFor(world: World) {
  return function waitFor<T>(find: () => T | undefined | false, patience = 10_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`waited ${patience} ms in vain for ${find.toString()}`)));
      }, patience);
      const unwatch = world.watch(look);
      look();

      function look() {
        try {
          const found = find();
          if (found !== undefined && found !== false) finish(() => resolve(found));
        } catch (error) {
          const reason = error instanceof Error ? error : new Error(String(error));
          finish(() => reject(reason));
        }
      }
      function finish(act: () => void) {
        clearTimeout(timer);
        unwatch();
        act();
      }
    });
  };
}
