import type { Log } from '../base/log.ts';
import { events, type EventOutcome } from '../base/metrics.ts';
import { type BotId, isKnownType, type PressEvent, pressType, readEvent } from './events.ts';
import { concernOf } from './relevance.ts';
import type { Envelope } from './verify.ts';

export interface IntakeNeeds {
  log: Log;
  /** Resolves once the event is durably stored. */
  store(event: { key: string; group: string; raw: Buffer }): Promise<void>;
  /** Works on a card press and says what the presser is shown. Never rejects. */
  press(trace: string, press: PressEvent | undefined): Promise<object>;
  /** The bot's own id, once known: what does not mention it is not stored. */
  botId(): BotId | undefined;
  /** True if this is our tenant; the first genuine event tells which that is. */
  isOurTenant(tenant: string): Promise<boolean>;
}
/** What the platform hears, in the terms of its webhook: 200 is taken, all else comes again. */
export interface Answer {
  status: number;
  body: object;
}

const taken: Answer = { status: 200, body: {} };
export const fault = (status: number, error: string): Answer => ({ status, body: { error } });
export const count = (outcome: EventOutcome) => events.inc({ outcome });

/** Takes genuine events, through whichever door: stored before they are answered, presses worked on at once. */
export function createIntake(needs: IntakeNeeds) {
  const { log } = needs;
  return async function take(envelope: Envelope, raw: Buffer): Promise<Answer> {
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
      return { status: 200, body: await needs.press(id, press) };
    }
    const concern =
      event && event.kind !== 'press' ? concernOf(id, event, needs.botId()) : undefined;
    if (concern) {
      await needs.store({ ...concern, raw });
      log.debug({ trace: concern.key, type }, 'stored');
    } else log.debug({ type, event: id }, 'an event that does not concern us');
    count(concern ? 'stored' : 'unconcerned');
    return taken;
  };
}
export type Intake = ReturnType<typeof createIntake>;
