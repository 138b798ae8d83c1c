import Router from '@koa/router';
import type { Context } from 'koa';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { events, type EventOutcome } from '../metrics.ts';
import { BodyFault, readBody } from './body.ts';
import { concernOf, knownTypes } from './relevance.ts';
import { type Envelope, type Secrets, type Verdict, verify } from './verify.ts';

interface WebhookNeeds {
  secrets: Secrets;
  clock: Clock;
  log: Log;
  /** Resolves once the event is durably stored. */
  store(event: { key: string; group: string; raw: Buffer }): Promise<void>;
  /** Works on a card press and says what the presser is shown. Never rejects. */
  press(event: Envelope): Promise<object>;
  /** The bot's own id, once known: what does not mention it is not stored. */
  botId(): string | undefined;
  /** True if this is our tenant; the first genuine event tells which that is. */
  isOurTenant(tenant: string): Promise<boolean>;
  /** Milliseconds in which a body has to be here. */
  slowest?: number;
}
interface Answer {
  status: number;
  body: object;
}

const count = (outcome: EventOutcome) => events.inc({ outcome });
const fault = (status: number, error: string): Answer => ({ status, body: { error } });

/**
 * The platform's door, one for events and card presses. An event is answered once it is stored, a press
 * once its effect is committed. Refusals say little: whoever sends rubbish learns nothing from us.
 */
export function createWebhook(needs: WebhookNeeds): Router {
  const { secrets, clock, log } = needs;
  const router = new Router();

  async function answer(context: Context): Promise<Answer> {
    const raw = await readBody(context.req, needs.slowest);
    const verdict = verify(raw, context.req.headers, secrets, clock.now());
    if (verdict.is === 'challenge') {
      count('challenge');
      return { status: 200, body: { challenge: verdict.challenge } };
    }
    if (verdict.is === 'event') return take(verdict);
    count('refused');
    log.warn({ why: verdict.why }, 'a request was refused');
    return fault(verdict.status, verdict.status === 400 ? 'not an event' : 'not genuine');
  }

  async function take({ event, raw }: Verdict & { is: 'event' }): Promise<Answer> {
    if (event.tenant !== undefined && !(await needs.isOurTenant(event.tenant)))
      return fault(401, 'not genuine');
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
    if (concern) await needs.store({ ...concern, raw });
    count(concern ? 'stored' : 'unconcerned');
    if (!concern)
      log.debug({ type: event.type, event: event.id }, 'an event that does not concern us');
    return { status: 200, body: {} };
  }

  async function open(context: Context) {
    try {
      const { status, body } = await answer(context);
      context.status = status;
      context.body = body;
    } catch (error) {
      if (!(error instanceof BodyFault)) throw error;
      context.status = error.status;
      context.body = { error: 'the body was not read' };
      context.set('Connection', 'close');
    }
  }
  router.post('/webhook/event', open);
  router.post('/webhook/card', open);
  return router;
}
