import Router from '@koa/router';
import type { ParameterizedContext } from 'koa';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { BodyFault, readBody } from './body.ts';
import { type EventAnswer, count, fault, type AcceptEvent } from '../events/accept-event.ts';
import { type Secrets, verify } from './verify.ts';

interface WebhookNeeds {
  secrets: Secrets;
  clock: Clock;
  accept: AcceptEvent;
  /** Milliseconds in which a body has to be here. */
  slowest?: number;
}

/** What the server attached to the request: a logger that carries its id. */
interface State {
  log: Log;
}

/**
 * The route that the platform calls, for events and for card presses. An event is answered once it is stored, a
 * press once its effect is committed. Refusals give no details, so that a forger learns nothing.
 */
export function createWebhook(needs: WebhookNeeds): Router {
  const { secrets, clock } = needs;
  const router = new Router<State>();

  async function answer(context: ParameterizedContext<State>): Promise<EventAnswer> {
    const raw = await readBody(context.req, needs.slowest);
    const verdict = verify(raw, context.req.headers, secrets, clock.now());
    if (verdict.is === 'challenge') {
      count('challenge');
      return { status: 200, body: { challenge: verdict.challenge } };
    }
    if (verdict.is === 'event') return needs.accept(verdict.event, verdict.raw);
    count('refused');
    context.state.log.warn({ why: verdict.why }, 'a request was refused');
    return fault(verdict.status, verdict.status === 400 ? 'not an event' : 'not genuine');
  }

  async function open(context: ParameterizedContext<State>) {
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
