import Router from '@koa/router';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../base/log.ts';

/** One thing that must be in order before requests make sense. */
export interface Check {
  /** Stands in the answer of `/readyz`, such as `database`. */
  readonly name: string;
  /** True, or what is missing. Throwing counts as missing. */
  ready(): Promise<true | string>;
  /** What is going on without keeping anybody waiting, such as an import. */
  tells?(): string | undefined;
}

const PATIENCE = 2_000;

/** `/healthz`: the process lives. `/readyz`: it can work, or what it lacks. */
export function healthRouter(checks: readonly Check[], log: Log): Router {
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { alive: true };
  });
  router.get('/readyz', async (ctx) => {
    const answers = await Promise.all(checks.map((check) => ask(check, log)));
    const missing = answers.filter((answer) => answer !== undefined);
    const running = checks.flatMap((check) => check.tells?.() ?? []);
    ctx.status = missing.length === 0 ? 200 : 503;
    ctx.body = { ready: missing.length === 0, missing, running };
  });
  return router;
}

async function ask(check: Check, log: Log): Promise<{ name: string; why: string } | undefined> {
  const tired = new AbortController();
  const late = pause(PATIENCE, 'does not answer', { signal: tired.signal, ref: false });
  late.catch(() => {});
  try {
    const answer = await Promise.race([check.ready(), late]);
    return answer === true ? undefined : { name: check.name, why: answer };
  } catch (error) {
    log.warn({ err: error, check: check.name }, 'A readiness check failed');
    return { name: check.name, why: 'does not work' };
  } finally {
    tired.abort();
  }
}
