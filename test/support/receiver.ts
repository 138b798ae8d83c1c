import { createDecipheriv, createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request of the event pusher, opened with nothing but the published rules. */
export interface Received {
  body: string;
  headers: IncomingHttpHeaders;
  envelope: {
    schema: string;
    header: Record<string, string>;
    event: Record<string, never>;
    [name: string]: unknown;
  };
}
/** How the app answers: 200 and `{}` where nothing else is said. */
export type Reply =
  { status?: number; headers?: Record<string, string>; body?: unknown } | 'silence';

/** An app reduced to its ear: keeps what the platform sends and answers as it is told to. */
export async function openReceiver(encryptKey: string) {
  const received: Received[] = [];
  let answer: (received: Received) => Reply = () => ({});
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const one = { body, headers: request.headers, envelope: opened(body, encryptKey) };
      received.push(one);
      const reply = answer(one);
      if (reply === 'silence') return;
      const { status = 200, headers = {}, body: said = {} } = reply;
      response.writeHead(status, headers).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/event`,
    received,
    answers(next: (received: Received) => Reply) {
      answer = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function opened(body: string, encryptKey: string): Received['envelope'] {
  const { encrypt } = JSON.parse(body) as { encrypt: string };
  const bytes = Buffer.from(encrypt, 'base64');
  const key = createHash('sha256').update(encryptKey, 'utf8').digest();
  const cipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  const text = Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString('utf8');
  return JSON.parse(text) as Received['envelope'];
}

/** The platform's published proof over the raw body. */
export function proof({ headers, body }: Received, encryptKey: string): string {
  const timestamp = String(headers['x-lark-request-timestamp']);
  const nonce = String(headers['x-lark-request-nonce']);
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey + body)
    .digest('hex');
}
