import type { SimulatorClock } from './clock.ts';
import type { Answer } from './answer.ts';
import type { Courier } from './courier.ts';
import type { SimulatorLog } from './log.ts';
import type { Sealed } from './seal.ts';
import type { Delivery } from './state.ts';

const second = 1000;
const repeatAfter = [15 * second, 300 * second, 3600 * second, 6 * 3600 * second];

interface Parts {
  /** Those still to be taken: kept by the world, so that a restart does not lose them. */
  open: Delivery[];
  courier: Courier;
  clock: SimulatorClock;
  log: SimulatorLog;
  /** The delivery as it goes out; asked anew for every attempt. */
  sealed: (delivery: Delivery) => Sealed;
}

/** Carries each event to the app until it is taken, at most five times. */
export function createDeliveries({ open, courier, clock, log, sealed }: Parts) {
  const waiting = new Map<Delivery, () => void>();
  let leftOver = [...open];
  let closed = false;

  async function attempt(delivery: Delivery): Promise<boolean> {
    waiting.delete(delivery);
    const answer = await courier.post(sealed(delivery));
    delivery.attempts += 1;
    const taken = isTaken(answer);
    if (!taken) log.warn({ type: delivery.type, ...told(answer) }, 'the app did not take an event');
    const pause = repeatAfter[delivery.attempts - 1];
    if (taken || pause === undefined) open.splice(open.indexOf(delivery), 1);
    else repeatLater(delivery, pause);
    return taken;
  }

  function repeatLater(delivery: Delivery, pause: number) {
    delivery.nextAt = clock.now().getTime() + pause;
    if (closed) return;
    const callOff = clock.after(pause, () => void attempt(delivery));
    waiting.set(delivery, callOff);
  }

  return {
    /** Says whether the first attempt was taken; the others follow by themselves. */
    begin(delivery: Delivery): Promise<boolean> {
      open.push(delivery);
      return attempt(delivery);
    },
    /** Takes up what an earlier run left: each goes out when it is due. */
    resume() {
      for (const delivery of leftOver)
        repeatLater(delivery, Math.max(0, delivery.nextAt - clock.now().getTime()));
      leftOver = [];
    },
    close() {
      closed = true;
      for (const callOff of waiting.values()) callOff();
      waiting.clear();
    },
  };
}

const isTaken = (answer: Answer) => 'status' in answer && answer.status === 200;
const told = (answer: Answer) => ('status' in answer ? { status: answer.status } : answer);
