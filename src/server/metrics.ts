import { createHash, timingSafeEqual } from 'node:crypto';
import Router from '@koa/router';
import { registry } from '../metrics.ts';

/** `/metrics` as Prometheus reads it; with a `token` only for those who bring it as a bearer. */
export function metricsRouter(token: string | undefined): Router {
  const router = new Router();
  router.get('/metrics', async (ctx) => {
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

/** Compares digests, since the lengths must be equal and nothing may be told by the time it takes. */
function isBearer(header: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const [, brought] = /^Bearer +(.+)$/i.exec(header) ?? [];
  return brought !== undefined && timingSafeEqual(digest(brought), digest(token));
}
