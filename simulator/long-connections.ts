import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { decodeFrame, encodeFrame, headerOf, type Frame } from './frames.ts';
import { newId } from './messages.ts';
import type { AppKeys } from './seal.ts';

const address = '/simulator/feishu/ws';
const service = 77;
/** In seconds, as the platform tells them. */
const settings = {
  ReconnectCount: -1,
  ReconnectInterval: 120,
  ReconnectNonce: 30,
  PingInterval: 120,
};
/** The platform splits what is long; here from so many bytes on. */
const fragment = 2048;
const mostConnections = 50;

const EndpointRequest = z.object({ AppID: z.string(), AppSecret: z.string() });
const Ack = z.object({ code: z.number(), data: z.string().optional() });

/** The long connections of the app: each event goes over one of them, and waits for its acknowledgement. */
export function createLongConnections(app: AppKeys, patience: () => number) {
  const server = new WebSocketServer({ noServer: true });
  const open = new Set<WebSocket>();
  const waiting = new Map<string, { socket: WebSocket; answered: (answer: Answer) => void }>();
  /** Each address that was given opens one connection. */
  const tickets = new Set<string>();
  let refusal: { code: number; msg: string } | undefined;
  let losing = 0;

  function hear(socket: WebSocket, data: RawData) {
    const frame = decodeFrame(data as Buffer);
    if (frame.method === 0 && headerOf(frame, 'type') === 'ping')
      return socket.send(encodeFrame(pong(frame)));
    if (losing > 0) return void (losing -= 1);
    const acknowledged = waiting.get(headerOf(frame, 'message_id') ?? '');
    acknowledged?.answered(answerIn(frame));
  }

  function lost(socket: WebSocket) {
    open.delete(socket);
    for (const { socket: used, answered } of [...waiting.values()])
      if (used === socket) answered({ failed: 'connection' });
  }

  return {
    get isOpen() {
      return open.size > 0;
    },
    /** From now on who asks for a connection hears this code, until it is undefined. */
    refuse(with_: { code: number; msg: string } | undefined) {
      refusal = with_;
    },
    /** So many of the next acknowledgements do not arrive. */
    loseAnswers(count: number) {
      losing = count;
    },
    /** Cuts every connection, as a network does. */
    cut() {
      for (const socket of open) socket.terminate();
    },
    /** The answer to `POST /callback/ws/endpoint`. */
    endpoint(body: unknown, host: string): object {
      const asked = EndpointRequest.safeParse(body).data;
      if (refusal) return { ...refusal, data: {} };
      if (asked?.AppID !== app.id || asked.AppSecret !== app.secret)
        return { code: 514, msg: 'auth failed', data: {} };
      if (open.size >= mostConnections)
        return { code: 1000040350, msg: 'too many connections', data: {} };
      const ticket = newId('ticket');
      tickets.add(ticket);
      const asking = new URLSearchParams({
        device_id: newId('d'),
        service_id: `${service}`,
        ticket,
      });
      const URL = `ws://${host}${address}?${asking.toString()}`;
      return { code: 0, msg: '', data: { URL, ClientConfig: settings } };
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      if (pathname !== address) return turnAway(socket, '404 Not Found');
      if (!tickets.delete(searchParams.get('ticket') ?? ''))
        return turnAway(socket, '401 Unauthorized');
      server.handleUpgrade(request, socket, head, (connection) => {
        open.add(connection);
        connection.on('message', (data) => hear(connection, data));
        connection.on('close', () => lost(connection));
        connection.on('error', () => {});
      });
    },
    /** Sends an event over one of the connections. */
    post(event: string): Promise<Answer> {
      const sockets = [...open];
      const socket = sockets[Math.floor(Math.random() * sockets.length)];
      if (!socket) return Promise.resolve({ failed: 'connection' });
      const id = newId('m');
      return new Promise((resolve) => {
        const late = setTimeout(() => answered({ failed: 'timeout' }), patience());
        function answered(answer: Answer) {
          clearTimeout(late);
          waiting.delete(id);
          resolve(answer);
        }
        waiting.set(id, { socket, answered });
        for (const frame of framesOf(id, Buffer.from(event))) socket.send(encodeFrame(frame));
      });
    },
    close() {
      this.cut();
      server.close();
    },
  };
}
export type LongConnections = ReturnType<typeof createLongConnections>;

function turnAway(socket: Duplex, status: string) {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function framesOf(id: string, event: Buffer): Frame[] {
  const sum = Math.ceil(event.length / fragment);
  return Array.from({ length: sum }, (_, seq) => ({
    ...{ SeqID: seq, LogID: 0, service, method: 1 },
    headers: Object.entries({ type: 'event', message_id: id, sum, seq, trace_id: id }).map(
      ([key, value]) => ({ key, value: String(value) }),
    ),
    payload: event.subarray(seq * fragment, (seq + 1) * fragment),
  }));
}

function pong(ping: Frame): Frame {
  const headers = [{ key: 'type', value: 'pong' }];
  return { ...ping, headers, payload: Buffer.from(JSON.stringify(settings)) };
}

/** What the app said, in the terms of the webhook. */
function answerIn({ payload = new Uint8Array() }: Frame): Answer {
  const { code, data } = Ack.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  return { status: code, body: data ? Buffer.from(data, 'base64').toString('utf8') : '{}' };
}
