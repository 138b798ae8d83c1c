/** What came back from the app, or why nothing did. */
export type Answer = { status: number; body: string } | { failed: 'timeout' | 'connection' };

const patience = 3000;

/** Carries a sealed body to the app and waits 3 s for its answer; a redirect is no answer. */
export function createCourier(returned: () => void) {
  let target: string | undefined;
  let inHand = 0;
  return {
    get busy() {
      return inHand > 0;
    },
    aim(url: string | undefined) {
      target = url;
    },
    async post(body: string, headers: Record<string, string>): Promise<Answer> {
      if (!target) return { failed: 'connection' };
      inHand += 1;
      try {
        const answer = await fetch(target, {
          method: 'POST',
          body,
          headers,
          signal: AbortSignal.timeout(patience),
          redirect: 'manual',
        });
        return { status: answer.status, body: await answer.text() };
      } catch (error) {
        const late = error instanceof Error && error.name === 'TimeoutError';
        return { failed: late ? 'timeout' : 'connection' };
      } finally {
        inHand -= 1;
        returned();
      }
    },
  };
}
export type Courier = ReturnType<typeof createCourier>;
