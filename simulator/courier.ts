import type { Sealed } from './seal.ts';

/** What came back from the app, or why nothing did. */
export type Answer = { status: number; body: string } | { failed: 'timeout' | 'connection' };

/** Carries a sealed body to the app and waits so long for its answer; a redirect is no answer. */
export function createCourier(patience: () => number, returned: () => void) {
  let target: string | undefined;
  let inHand = 0;
  return {
    get busy() {
      return inHand > 0;
    },
    aim(url: string | undefined) {
      target = url;
    },
    async post({ body, headers }: Sealed): Promise<Answer> {
      if (!target) return { failed: 'connection' };
      inHand += 1;
      const late = AbortSignal.timeout(patience());
      try {
        const answer = await fetch(target, {
          method: 'POST',
          body,
          headers,
          signal: late,
          redirect: 'manual',
        });
        return { status: answer.status, body: await answer.text() };
      } catch {
        return { failed: late.aborted ? 'timeout' : 'connection' };
      } finally {
        inHand -= 1;
        returned();
      }
    },
  };
}
export type Courier = ReturnType<typeof createCourier>;
