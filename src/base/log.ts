import { AsyncLocalStorage } from 'node:async_hooks';
import pino, { type Logger } from 'pino';
import { loggedError } from './logged-error.ts';

export type Log = Logger;

const traces = new AsyncLocalStorage<string>();

/** The id of the event whose work goes on here, if any. */
export const currentTrace = (): string | undefined => traces.getStore();

/** Runs `work`; every line logged in it, and every message it sends, carries the event's id. */
export const traced = <T>(trace: string | undefined, work: () => T): T =>
  trace === undefined ? work() : traces.run(trace, work);

/** Structured logs on stdout. Secrets are cut out by name, wherever they stand. */
export function openLog(level: string, destination?: pino.DestinationStream): Log {
  const secret = [
    'app_secret',
    'appSecret',
    'authorization',
    'Authorization',
    'tenant_access_token',
    'password',
    'encryptKey',
    'verificationToken',
    'token',
    'apiKey',
  ];
  return pino(
    {
      level,
      serializers: { err: loggedError },
      mixin: () => {
        const trace = currentTrace();
        return trace === undefined ? {} : { trace };
      },
      hooks: {
        // Without words of its own a line would take those of its error.
        logMethod(given, log) {
          if (given.length === 1 && typeof given[0] === 'object') given.push('');
          log.apply(this, given);
        },
      },
      redact: {
        paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    destination ?? pino.destination({ sync: false }),
  );
}
