import type { IncomingMessage } from 'node:http';

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request comes from this very machine and was meant for it. The `Host` keeps out pages
 * whose name was pointed at 127.0.0.1, the `Origin` pages of other sites, and a forwarding header
 * tells of a proxy behind which anybody may sit.
 */
export function isFromHere(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    loopback.test(request.socket.remoteAddress ?? '') &&
    localNames.has(name) &&
    request.headers['x-forwarded-for'] === undefined &&
    request.headers.forwarded === undefined &&
    (origin === undefined || origin === `http://${host}`)
  );
}
