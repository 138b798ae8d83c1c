import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Router from '@koa/router';
import { registry } from '../base/metrics.ts';

// Whoever passes a request on for somebody else says so in one of these, unless told not to.
const forwarding = /^(?:forwarded|via|x[-_](?:forwarded|original|envoy).*|.*ip)$/;

/**
 * `/metrics` as Prometheus reads it: with a `token` for those who bring it as a bearer. Without one for this
 * machine alone; everybody else hears that there is no such page.
 */
export function metricsRouter(token: string | undefined): Router {
  const router = new Router();
  router.get('/metrics', async (ctx, next) => {
    if (token === undefined && !isFromHere(ctx.req)) {
      await next();
      return;
    }
    if (token !== undefined && !isBearer(ctx.get('Authorization'), token)) {
      ctx.status = 401;
      ctx.set('WWW-Authenticate', 'Bearer');
      ctx.body = { error: 'a bearer token is asked for' };
      return;
    }
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  });
  return router;
}

/** From the loopback, and not passed on by a proxy that runs on this machine. */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLoopback = address === '::1' || /^127(?:\.\d+){3}$/.test(address);
  return isLoopback && !Object.keys(headers).some((name) => forwarding.test(name));
}

/** Compares digests, since the lengths must be equal and nothing may be told by the time it takes. */
function isBearer(header: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const [, brought] = /^Bearer +(.+)$/i.exec(header) ?? [];
  return brought !== undefined && timingSafeEqual(digest(brought), digest(token));
}
