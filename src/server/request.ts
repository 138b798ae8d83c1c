import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Log } from '../base/log.ts';

/** What every request carries: its id, and a log that names it. */
export interface RequestState {
  id: string;
  log: Log;
}

/** Gives each request an id and writes one line about it: loud only where something is wrong. */
export function logRequests(log: Log): Middleware<RequestState> {
  return async (ctx, next) => {
    const began = performance.now();
    ctx.state.id = randomUUID();
    ctx.state.log = log.child({ request: ctx.state.id });
    ctx.set('X-Request-Id', ctx.state.id);
    ctx.set('X-Content-Type-Options', 'nosniff');
    await next();
    // 503 is a plain "not yet", as every probe hears it while the process starts.
    const isFault = ctx.status >= 500 && ctx.status !== 503;
    const level = isFault ? 'error' : ctx.status >= 400 ? 'info' : 'debug';
    const ms = Math.round(performance.now() - began);
    // The path alone: a query can carry a code or a token.
    ctx.state.log[level]({ method: ctx.method, path: ctx.path, status: ctx.status, ms }, 'request');
  };
}

/** Turns what is thrown below into an answer; the cause goes to the log, never to the client. */
export const catchErrors: Middleware<RequestState> = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    const { status, message } = clientError(error);
    if (status >= 500) ctx.state.log.error({ err: error }, 'A request failed');
    ctx.status = status;
    ctx.body = { error: message, request: ctx.state.id };
  }
};

/** Errors made for the client (`ctx.throw(400, …)`) say so themselves. */
function clientError(error: unknown): { status: number; message: string } {
  const { status, expose, message } = (error ?? {}) as Partial<Error> & {
    status?: number;
    expose?: boolean;
  };
  if (expose && status && message) return { status, message };
  return { status: 500, message: 'Something went wrong on our side.' };
}
