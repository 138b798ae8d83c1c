import type { Log } from '../../base/log.ts';
import { events, type EventOutcome } from '../../base/metrics.ts';
import { type BotId, isKnownType, type PressEvent, pressType, readEvent } from './events.ts';
import { inboxPlaceOf } from './for-bot.ts';
import type { Envelope } from '../connection/verify.ts';

export interface AcceptEventNeeds {
  log: Log;
  /** Resolves once the event is durably stored. */
  store(event: { key: string; group: string; raw: Buffer }): Promise<void>;
  /** Works on a card press and says what the presser is shown. Never rejects. */
  answerPress(trace: string, press: PressEvent | undefined): Promise<object>;
  /** The bot's own id, once known: what does not mention it is not stored. */
  botId(): BotId | undefined;
  /** True if this is our tenant; the first genuine event tells which that is. */
  isOurTenant(tenant: string): Promise<boolean>;
}
/** The answer to the platform, in the terms of its webhook: 200 is accepted, anything else is sent again. */
export interface EventAnswer {
  status: number;
  body: object;
}

const taken: EventAnswer = { status: 200, body: {} };
export const fault = (status: number, error: string): EventAnswer => ({ status, body: { error } });
export const count = (outcome: EventOutcome) => events.inc({ outcome });

/** Accepts genuine events from the webhook or the long connection: presses are answered at once, all else is stored first. */
export function createAcceptEvent(needs: AcceptEventNeeds) {
  const { log } = needs;
  return async function accept(envelope: Envelope, raw: Buffer): Promise<EventAnswer> {
    const { id, type, tenant } = envelope;
    if (tenant !== undefined && !(await needs.isOurTenant(tenant))) {
      count('refused');
      log.warn({ event: id, type }, 'an event of another tenant was refused');
      return fault(401, 'not genuine');
    }
    if (!isKnownType(type)) {
      count('unknown_type');
      log.info({ type, event: id }, 'an event of a type nobody asked for');
      return taken;
    }
    const event = readEvent(envelope);
    if (type === pressType) {
      const press = event?.kind === 'press' ? event : undefined;
      return { status: 200, body: await needs.answerPress(id, press) };
    }
    const concern =
      event && event.kind !== 'press' ? inboxPlaceOf(id, event, needs.botId()) : undefined;
    if (concern) {
      await needs.store({ ...concern, raw });
      log.debug({ trace: concern.key, type }, 'stored');
    } else log.debug({ type, event: id }, 'an event that does not concern us');
    count(concern ? 'stored' : 'unconcerned');
    return taken;
  };
}
export type AcceptEvent = ReturnType<typeof createAcceptEvent>;
