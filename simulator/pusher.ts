import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from './clock.ts';
import type { Answer } from './answer.ts';
import { createCourier } from './courier.ts';
import { createDeliveries } from './deliveries.ts';
import type { LongConnections } from './long-connections.ts';
import type { SimulatorLog } from './log.ts';
import { tenantKey } from './sample.ts';
import { encrypted, signed, type AppKeys, type Sealed } from './seal.ts';
import type { Delivery } from './state.ts';
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

interface Parts {
  app: AppKeys;
  world: World;
  clock: SimulatorClock;
  log: SimulatorLog;
  switches: Switches;
  longConnections: LongConnections;
}

/** Brings events and presses to the app as the platform does: sealed, and within 3 s. */
export function createPusher({ app, world, clock, log, switches, longConnections }: Parts) {
  const courier = createCourier(
    () => switches.patience,
    longConnections,
    () => world.changed({ kind: 'traffic' }),
  );
  const open = world.state.deliveries;
  const firstSealed = new WeakMap<Delivery, Sealed>();
  const deliveries = createDeliveries({ open, courier, clock, log, sealed });

  function made(type: string, event: unknown): Delivery {
    const madeAt = clock.now().getTime();
    return { id: randomUUID(), type, madeAt, event, attempts: 0, nextAt: madeAt };
  }

  /** A repeat has the body of the first attempt, and perhaps its headers. */
  function sealed(delivery: Delivery): Sealed {
    const first = firstSealed.get(delivery);
    const content = envelope(delivery);
    const plain = first?.plain ?? JSON.stringify(content);
    const body = first?.body ?? encrypted(content, app.encryptKey);
    if (first && switches.repeats === 'as-first') return first;
    const letter = { plain, body, headers: signed(body, app.encryptKey, clock.now()) };
    firstSealed.set(delivery, letter);
    return letter;
  }

  function envelope({ id, type, madeAt, event }: Delivery, unit = 1) {
    const header = {
      event_id: id,
      token: app.verificationToken,
      create_time: String(madeAt * unit),
      event_type: type,
      tenant_key: tenantKey,
      app_id: app.id,
    };
    return { schema: '2.0', header, event };
  }

  return {
    get busy() {
      return courier.busy;
    },
    /** How many events the app has not taken yet. */
    get waiting() {
      return open.length;
    },
    aim(...urls: string[]): void {
      courier.aim(...urls);
      if (urls.length > 0) deliveries.resume();
    },
    /** Says whether the first attempt was taken; the others follow by themselves. */
    push: (type: string, event: unknown): Promise<boolean> => deliveries.begin(made(type, event)),
    /** Once, and never again: the person waits for the answer. Its time is told in microseconds. */
    async call(type: string, event: unknown): Promise<Answer> {
      const content = envelope(made(type, event), 1000);
      const body = encrypted(content, app.encryptKey);
      const plain = JSON.stringify(content);
      return courier.post({ plain, body, headers: signed(body, app.encryptKey, clock.now()) });
    },
    /** What the platform does when the address is entered: encrypted, but without any header of proof. */
    async challenge(): Promise<boolean> {
      const challenge = randomUUID();
      const asked = { challenge, token: app.verificationToken, type: 'url_verification' };
      const headers = { 'Content-Type': 'application/json;charset=utf-8' };
      const body = encrypted(asked, app.encryptKey);
      const answer = await courier.post({ plain: JSON.stringify(asked), body, headers });
      return 'body' in answer && answer.body.includes(challenge);
    },
    close: (): void => deliveries.close(),
  };
}
export type Pusher = ReturnType<typeof createPusher>;
