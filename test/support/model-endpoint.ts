import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/** One request to the model, as it came over the wire. */
export interface Asked {
  headers: IncomingHttpHeaders;
  path: string;
  body: { model?: string; stream?: boolean; messages?: { role: string; content: string }[] };
}

/**
 * What a model's endpoint does with a request.
 * `stream`: the pieces as server-sent events, `ms` milliseconds apart; without `done` the last line is missing.
 * `answer`: one JSON, whatever was asked. `send`: any bytes. `by hand`: the test says each piece with
 * `say` and ends with `end`. `dribble`: a stream byte by byte, `ms` apart. `endless`: a stream without an end.
 * `hang`: takes the request and says nothing. `reset`: says the pieces and drops the connection.
 */
export type Behaviour =
  | { does: 'stream'; pieces: readonly string[]; ms?: number; done?: boolean }
  | { does: 'answer'; text: string }
  | { does: 'send'; status?: number; type?: string; body: string }
  | { does: 'by hand' }
  | { does: 'dribble'; text: string; ms: number }
  | { does: 'endless' }
  | { does: 'hang' }
  | { does: 'reset'; pieces: readonly string[] };

/** What endpoints do that are not ours to like. */
export const html: Behaviour = {
  ...{ does: 'send', type: 'text/html' },
  body: '<!doctype html><title>Sign in</title><p>Sign in to go on</p>',
};
export const unauthorized: Behaviour = {
  ...{ does: 'send', status: 401, type: 'application/json' },
  body: '{"error":{"message":"Incorrect API key provided: the key","type":"invalid_request_error"}}',
};

/** One piece of a model's words as a server-sent event. */
export const eventOf = (delta: object) => `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`;

const eventStream = { 'content-type': 'text/event-stream; charset=utf-8' };
const json = { 'content-type': 'application/json' };

/** A model reduced to its API: keeps what it is asked and behaves as it is told to. */
export async function openModelEndpoint(first: Behaviour = { does: 'hang' }) {
  const asked: Asked[] = [];
  const open: ServerResponse[] = [];
  const waiting: (() => void)[] = [];
  let behaviour: (asked: Asked) => Behaviour = () => first;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked['body'];
      const one = { headers: request.headers, path: request.url ?? '', body };
      asked.push(one);
      open.push(response);
      void behave(response, behaviour(one));
      for (const tell of waiting.splice(0)) tell();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const newest = () => {
    const response = open.at(-1);
    if (!response) throw new Error('nobody has asked yet');
    return response;
  };
  return {
    /** As the settings name it. */
    settings: { baseUrl, apiKey: 'the key', model: 'the model' },
    asked,
    behaves(next: Behaviour | ((asked: Asked) => Behaviour)) {
      behaviour = typeof next === 'function' ? next : () => next;
    },
    /** Resolves once the next request, counted from this call, is there. */
    nextAsked: () => new Promise<void>((resolve) => void waiting.push(resolve)),
    /** Says a piece to whoever asked last, by hand. */
    say(piece: string) {
      newest().write(eventOf({ content: piece }));
    },
    /** Sends these bytes to whoever asked last, by hand. */
    write(bytes: string) {
      newest().write(bytes);
    },
    /** Ends what is said by hand. */
    end() {
      newest().end('data: [DONE]\n\n');
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
export type ModelEndpoint = Awaited<ReturnType<typeof openModelEndpoint>>;

async function behave(response: ServerResponse, behaviour: Behaviour): Promise<void> {
  if (behaviour.does === 'hang') return;
  if (behaviour.does === 'send') {
    const { status = 200, type = 'application/json', body } = behaviour;
    response.writeHead(status, { 'content-type': type }).end(body);
  } else if (behaviour.does === 'answer') {
    const message = { role: 'assistant', content: behaviour.text };
    response.writeHead(200, json).end(JSON.stringify({ choices: [{ message }] }));
  } else {
    response.writeHead(200, eventStream).flushHeaders();
    await stream(response, behaviour);
  }
}

type Streaming = Extract<
  Behaviour,
  { does: 'stream' | 'by hand' | 'dribble' | 'endless' | 'reset' }
>;

async function stream(response: ServerResponse, behaviour: Streaming): Promise<void> {
  if (behaviour.does === 'by hand') return;
  if (behaviour.does === 'dribble') {
    const bytes = Buffer.from(`${eventOf({ content: behaviour.text })}data: [DONE]\n\n`);
    for (const byte of bytes) await write(response, Buffer.of(byte), behaviour.ms);
    response.end();
    return;
  }
  if (behaviour.does === 'endless') {
    while (!response.destroyed) {
      await write(response, eventOf({ content: '还有，' }), 0);
      // Who listens lives in this process, and its turn would never come.
      await turn();
    }
    return;
  }
  const ms = behaviour.does === 'stream' ? (behaviour.ms ?? 0) : 0;
  for (const piece of behaviour.pieces) await write(response, eventOf({ content: piece }), ms);
  if (behaviour.does === 'reset') response.socket?.resetAndDestroy();
  else response.end(behaviour.done === false ? undefined : 'data: [DONE]\n\n');
}

/** Writes, waits until it has left this process, and then `ms` milliseconds more. */
async function write(response: ServerResponse, bytes: string | Buffer, ms: number): Promise<void> {
  if (response.destroyed) return;
  await new Promise<void>((resolve) => response.write(bytes, () => resolve()));
  if (ms > 0) await pause(ms);
}
