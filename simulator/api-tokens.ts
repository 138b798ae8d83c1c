import type { SimulatorClock } from './clock.ts';
import { PlatformFault } from './platform-fault.ts';
import type { AppKeys } from './seal.ts';
import { newId } from './messages.ts';

const life = 2 * 3600 * 1000;
const renewedBelow = 30 * 60 * 1000;

/** Tenant tokens: the same one while it has half an hour left, then a second one beside it. */
export function createTokens(app: AppKeys, clock: SimulatorClock) {
  let given: { token: string; until: number }[] = [];

  return {
    give({ app_id: id, app_secret: secret }: Record<string, unknown>) {
      if (id !== app.id) throw new PlatformFault(10003, 'invalid param', 200);
      if (secret !== app.secret) throw new PlatformFault(10014, 'app secret invalid', 200);
      const now = clock.now().getTime();
      let newest = given.at(-1);
      if (!newest || newest.until - now < renewedBelow) {
        newest = { token: newId('t-sim'), until: now + life };
        given = [...given.filter(({ until }) => until > now), newest];
      }
      return {
        tenant_access_token: newest.token,
        expire: Math.floor((newest.until - now) / 1000),
      };
    },

    check(authorization: string | null): void {
      const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
      if (!token) throw new PlatformFault(99991661, 'Missing access token for authorization.');
      const now = clock.now().getTime();
      if (!given.some((each) => each.token === token && each.until > now))
        throw new PlatformFault(99991663, 'Invalid access token for authorization.');
    },

    forget() {
      given = [];
    },
  };
}
