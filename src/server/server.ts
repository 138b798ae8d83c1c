import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Router from '@koa/router';
import Koa from 'koa';
import { StartError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { type Check, healthRouter } from './health.ts';
import { metricsRouter } from './metrics.ts';
import { catchErrors, logRequests } from './request.ts';

export interface ServerOptions {
  readonly log: Log;
  readonly checks: readonly Check[];
  /** What `/metrics` asks for; without one it answers this machine alone. */
  readonly metricsToken?: string;
  /** Tried in this order after those of health. No body is read before them. */
  readonly routers: readonly Router[];
}

export interface HttpServer {
  /** Starts to listen and returns the port, which the system chose where 0 was asked for. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no new request, lets those in hand end, and cuts off what is left after `patience` ms. */
  close(patience: number): Promise<void>;
}

// A whole request, slow or not, has to be in within 10 s: the platform itself waits 3 s for its answer.
// Idle connections outlive the 60 s after which common proxies close theirs.
const LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
};

export function createHttpServer(
  { log, checks, routers, metricsToken }: ServerOptions,
  limits: Partial<typeof LIMITS> = {},
): HttpServer {
  let closing = false;
  const koa = new Koa();
  koa.use(logRequests(log));
  koa.use(catchErrors);
  koa.use(async (ctx, next) => {
    if (closing) ctx.set('Connection', 'close');
    await next();
  });
  koa.use(healthRouter(checks, log).routes());
  koa.use(metricsRouter(metricsToken).routes());
  for (const router of routers) koa.use(router.routes()).use(router.allowedMethods());
  // Errors of handlers end in `catchErrors`; what comes here is a client that went away.
  koa.on('error', (error: Error) => log.debug({ err: error }, 'A connection broke'));
  const handle = koa.callback();
  const server = createServer({ ...LIMITS, ...limits }, (request, response) => {
    void handle(request, response);
  });
  return {
    listen: (host, port) => listen(server, host, port),
    async close(patience) {
      closing = true;
      await closeServer(server, patience);
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      EADDRINUSE: `Port ${port} is in use. Stop the other program, or set PORT to another one.`,
      EACCES: `Port ${port} needs more rights. Set PORT to one above 1023.`,
      EADDRNOTAVAIL: `HOST holds "${host}", which is no address of this machine.`,
      ENOTFOUND: `HOST holds "${host}", which is no address of this machine.`,
    };
    throw new StartError(reasons[code ?? ''] ?? `Cannot listen on ${host}:${port} (${code}).`, {
      cause,
    });
  }
  return (server.address() as AddressInfo).port;
}

async function closeServer(server: Server, patience: number) {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  // A connection goes idle when its last answer is out, and would then be kept for the next request.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
