import { Fault } from '../../base/errors.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Incoming, Reply } from '../../bot/talk.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { presses } from '../../base/metrics.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { PressEvent } from './events.ts';
import { pressInWords } from './normalize.ts';

interface AnswerPressNeeds {
  clock: Clock;
  log: Log;
  accounts: Accounts;
  /** Its effect and its reply are committed once it resolves. */
  handle(incoming: Incoming): Promise<Reply>;
  /** The line for a press that met a bug. */
  apology(): string;
  /** Milliseconds until the presser is told that it took too long. */
  patience?: number;
}

// The platform shows an error after three seconds.
const soon = 2_600;

/**
 * Works on a card press inside its request: the effect is committed before the presser sees the answer.
 * A press is never repeated by the platform, but a person presses twice: handlers are idempotent.
 */
export function createAnswerPress(needs: AnswerPressNeeds) {
  const { clock, log, accounts, handle, apology, patience = soon } = needs;
  const work = async (trace: string, press: PressEvent) =>
    handle(await accounts.inward(pressInWords(press, clock.now()), trace));

  return async function press(trace: string, event: PressEvent | undefined): Promise<object> {
    const timed = presses.startTimer();
    const tired = new AbortController();
    const late = sleep(patience, 'late' as const, { signal: tired.signal }).catch(
      () => 'late' as const,
    );
    const working = event
      ? work(trace, event)
      : Promise.reject(new Fault('a press without a person or a card'));
    // Logged here, so that one that fails after its presser was answered is seen as well.
    working.catch((err: unknown) => log.error({ err, trace }, 'a press failed'));
    const reply = await Promise.race([working, late]).catch(() => undefined);
    tired.abort();
    timed({ outcome: reply === 'late' ? 'late' : reply ? 'answered' : 'failed' });
    if (reply === 'late') log.error({ trace }, 'a press took too long');
    else if (reply) return answerOf(reply);
    return { toast: { type: 'error', content: apology() } };
  };
}

function answerOf({ toast, replace }: Reply): object {
  return {
    ...(toast && { toast }),
    ...(replace && { card: { type: 'raw', data: replace } }),
  };
}
