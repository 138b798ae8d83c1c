import type { Log } from '../log.ts';
import { events, type EventOutcome } from '../metrics.ts';
import { concernOf, knownTypes } from './relevance.ts';
import type { Envelope } from './verify.ts';

export interface IntakeNeeds {
  log: Log;
  /** Resolves once the event is durably stored. */
  store(event: { key: string; group: string; raw: Buffer }): Promise<void>;
  /** Works on a card press and says what the presser is shown. Never rejects. */
  press(event: Envelope): Promise<object>;
  /** The bot's own id, once known: what does not mention it is not stored. */
  botId(): string | undefined;
  /** True if this is our tenant; the first genuine event tells which that is. */
  isOurTenant(tenant: string): Promise<boolean>;
}
/** What the platform hears, in the terms of its webhook: 200 is taken, all else comes again. */
export interface Answer {
  status: number;
  body: object;
}

export const fault = (status: number, error: string): Answer => ({ status, body: { error } });
export const count = (outcome: EventOutcome) => events.inc({ outcome });

/** Takes genuine events, through whichever door: stored before they are answered, presses worked on at once. */
export function createIntake(needs: IntakeNeeds) {
  const { log } = needs;
  return async function take(event: Envelope, raw: Buffer): Promise<Answer> {
    if (event.tenant !== undefined && !(await needs.isOurTenant(event.tenant))) {
      count('refused');
      log.warn({ event: event.id, type: event.type }, 'an event of another tenant was refused');
      return fault(401, 'not genuine');
    }
    if (event.type === 'card.action.trigger')
      return { status: 200, body: await needs.press(event) };
    if (!knownTypes.has(event.type)) {
      count('unknown_type');
      log.info({ type: event.type, event: event.id }, 'an event of a type nobody asked for');
      return { status: 200, body: {} };
    }
    const bot = needs.botId();
    // Without it a message that does not concern us could not be told from one that does.
    if (bot === undefined) return fault(503, 'not ready');
    const concern = concernOf(event, bot);
    if (concern) {
      await needs.store({ ...concern, raw });
      log.debug({ trace: concern.key, type: event.type }, 'stored');
    } else log.debug({ type: event.type, event: event.id }, 'an event that does not concern us');
    count(concern ? 'stored' : 'unconcerned');
    return { status: 200, body: {} };
  };
}
export type Intake = ReturnType<typeof createIntake>;
