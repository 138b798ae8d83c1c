import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from './clock.ts';
import { createCourier, type Answer } from './courier.ts';
import { createDeliveries } from './deliveries.ts';
import type { SimulatorLog } from './log.ts';
import { tenantKey } from './sample.ts';
import { encrypted, signed, type AppKeys } from './seal.ts';
import type { Delivery } from './state.ts';
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

interface Parts {
  app: AppKeys;
  world: World;
  clock: SimulatorClock;
  log: SimulatorLog;
  switches: Switches;
}

/** Brings events and presses to the app as the platform does: sealed, and within 3 s. */
export function createPusher({ app, world, clock, log, switches }: Parts) {
  const courier = createCourier(
    () => switches.patience,
    () => world.changed({ kind: 'traffic' }),
  );
  const open = world.state.deliveries;
  const deliveries = createDeliveries({
    open,
    courier,
    clock,
    log,
    beforeRepeat(delivery) {
      if (switches.repeats === 'signed-anew')
        delivery.headers = signed(delivery.body, app.encryptKey, clock.now());
    },
  });

  function sealed(type: string, event: unknown, unit = 1): Delivery {
    const header = {
      event_id: randomUUID(),
      token: app.verificationToken,
      create_time: String(clock.now().getTime() * unit),
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
    /** How many events the app has not taken yet. */
    get waiting() {
      return open.length;
    },
    aim(url: string | undefined): void {
      courier.aim(url);
      if (url) deliveries.resume();
    },
    /** Says whether the first attempt was taken; the others follow by themselves. */
    push: (type: string, event: unknown): Promise<boolean> => deliveries.begin(sealed(type, event)),
    /** Once, and never again: the person waits for the answer. Its time is told in microseconds. */
    async call(type: string, event: unknown): Promise<Answer> {
      const { body, headers } = sealed(type, event, 1000);
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
    close: (): void => deliveries.close(),
  };
}
export type Pusher = ReturnType<typeof createPusher>;
