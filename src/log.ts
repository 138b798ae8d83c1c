import pino, { type Logger } from 'pino';

export type Log = Logger;

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
      redact: {
        paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    destination ?? pino.destination({ sync: false }),
  );
}
