import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from './clock.ts';
import { createCourier, type Answer } from './courier.ts';
import type { SimulatorLog } from './log.ts';
import { tenantKey } from './sample.ts';
import { encrypted, signed, type AppKeys } from './seal.ts';
import type { Delivery } from './state.ts';
import type { World } from './world.ts';

const second = 1000;
const repeatAfter = [15 * second, 300 * second, 3600 * second, 6 * 3600 * second];

const told = (answer: Answer) => ('status' in answer ? { status: answer.status } : answer);

interface Parts {
  app: AppKeys;
  world: World;
  clock: SimulatorClock;
  log: SimulatorLog;
  /** Whether a repeat carries the headers of the first attempt or is signed anew: nobody knows. */
  repeats: () => 'as-first' | 'signed-anew';
}

/** Brings events to the app as the platform does: sealed, within 3 s, and again when not taken. */
export function createPusher({ app, world, clock, log, repeats }: Parts) {
  const waiting = new Map<Delivery, () => void>();
  const { deliveries } = world.state;
  const courier = createCourier(() => world.changed({ kind: 'traffic' }));
  let leftOver = [...deliveries];
  let closed = false;

  function forget(delivery: Delivery) {
    waiting.get(delivery)?.();
    waiting.delete(delivery);
    const place = deliveries.indexOf(delivery);
    if (place >= 0) deliveries.splice(place, 1);
  }

  async function attempt(delivery: Delivery): Promise<boolean> {
    waiting.delete(delivery);
    if (repeats() === 'signed-anew' && delivery.attempts > 0)
      delivery.headers = signed(delivery.body, app.encryptKey, clock.now());
    const answer = await courier.post(delivery.body, delivery.headers);
    delivery.attempts += 1;
    const taken = 'status' in answer && answer.status === 200;
    if (!taken) log.warn({ type: delivery.type, ...told(answer) }, 'the app did not take an event');
    const pause = repeatAfter[delivery.attempts - 1];
    if (taken || pause === undefined) forget(delivery);
    else repeatLater(delivery, pause);
    return taken;
  }

  function repeatLater(delivery: Delivery, pause: number) {
    delivery.nextAt = clock.now().getTime() + pause;
    if (closed) return;
    waiting.set(
      delivery,
      clock.after(pause, () => void attempt(delivery)),
    );
  }

  function sealed(type: string, event: unknown, id = randomUUID()): Delivery {
    const header = {
      event_id: id,
      token: app.verificationToken,
      create_time: String(clock.now().getTime()),
      event_type: type,
      tenant_key: tenantKey,
      app_id: app.id,
    };
    const body = encrypted({ schema: '2.0', header, event }, app.encryptKey);
    const headers = signed(body, app.encryptKey, clock.now());
    return { type, body, headers, attempts: 0, nextAt: clock.now().getTime() };
  }

  return {
    get busy() {
      return courier.busy;
    },
    /** Deliveries the app has not taken yet. */
    get waiting() {
      return deliveries.length;
    },
    /** Where to; what an earlier run of the simulator left undelivered goes there when it is due. */
    aim(url: string | undefined) {
      courier.aim(url);
      if (!url) return;
      for (const delivery of leftOver)
        repeatLater(delivery, Math.max(0, delivery.nextAt - clock.now().getTime()));
      leftOver = [];
    },
    /** Says whether the first attempt was taken; the others follow by themselves. */
    async push(type: string, event: unknown): Promise<boolean> {
      const delivery = sealed(type, event);
      deliveries.push(delivery);
      return attempt(delivery);
    },
    /** Once, and never again: the person waits for the answer. */
    async call(type: string, event: unknown): Promise<Answer> {
      const { body, headers } = sealed(type, event);
      return courier.post(body, headers);
    },
    /** What the platform does when the address is entered: encrypted, but without any header of proof. */
    async challenge(): Promise<boolean> {
      const challenge = randomUUID();
      const asked = { challenge, token: app.verificationToken, type: 'url_verification' };
      const headers = { 'Content-Type': 'application/json;charset=utf-8' };
      const answer = await courier.post(encrypted(asked, app.encryptKey), headers);
      return 'body' in answer && answer.body.includes(challenge);
    },
    close() {
      closed = true;
      for (const callOff of waiting.values()) callOff();
      waiting.clear();
    },
  };
}
export type Pusher = ReturnType<typeof createPusher>;
