import type { Answer } from './answer.ts';
import type { LongConnections } from './long-connections.ts';
import type { Sealed } from './seal.ts';

/**
 * Carries a sealed body to the app and waits so long for its answer; a redirect is no answer. With
 * several addresses it does what a balancer before replicas does: in turn, and past one that is gone.
 */
export function createCourier(
  patience: () => number,
  longConnections: LongConnections,
  returned: () => void,
) {
  let targets: readonly string[] = [];
  let turn = 0;
  let inHand = 0;
  return {
    get busy() {
      return inHand > 0;
    },
    aim(...urls: string[]) {
      targets = urls;
    },
    /** Over a long connection while one stands, else to the address. */
    async post(letter: Sealed): Promise<Answer> {
      if (longConnections.isOpen) return overLongConnection(letter);
      let answer: Answer = { failed: 'connection' };
      turn += 1;
      for (const target of [...targets.slice(turn % targets.length), ...targets].slice(
        0,
        targets.length,
      )) {
        answer = await postTo(target, letter);
        if (!('failed' in answer) || answer.failed === 'timeout') return answer;
      }
      return answer;
    },
  };

  async function overLongConnection({ plain }: Sealed): Promise<Answer> {
    inHand += 1;
    try {
      return await longConnections.post(plain);
    } finally {
      inHand -= 1;
      returned();
    }
  }

  async function postTo(target: string, { body, headers }: Sealed): Promise<Answer> {
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
  }
}
export type Courier = ReturnType<typeof createCourier>;
