import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actions } from './actions.ts';
import { readBody } from './body.ts';
import type { SimulatorClock } from './clock.ts';
import { Fault } from './fault.ts';
import { answerWith, createBadDays } from './bad-days.ts';
import { isFromHere } from './local-only.ts';
import type { SimulatorLog } from './log.ts';
import type { ClockMoves } from './clock-moves.ts';
import type { LongConnections } from './long-connections.ts';
import type { OpenApi } from './open-api.ts';
import { answerPage, faultOf, sendJson } from './page-api.ts';
import { findStatic } from './static-files.ts';
import type { Streams } from './stream.ts';
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

export const prefix = '/simulator';
const nothingThere = faultOf('没有这个地址', 'There is no such address');
const pageApi = /^\/api\/(.+)$/;
const endpoint = '/feishu/callback/ws/endpoint';
const platform = /^\/feishu\/open-apis(\/.+)$/;

interface Parts {
  world: World;
  actions: Actions;
  streams: Streams;
  openApi: OpenApi;
  longConnections: LongConnections;
  clockMoves: ClockMoves;
  zone: string;
  switches: Switches;
  clock: SimulatorClock;
  log: SimulatorLog;
}
type Exchange = { request: IncomingMessage; response: ServerResponse; query: URLSearchParams };

/** The one way in: the page, its API and the Open API, all under `/simulator` and from this machine only. */
export function createDoor(parts: Parts) {
  const { world, openApi, log } = parts;
  const badDays = createBadDays(parts.switches, openApi.forgetTokens);
  let answering = 0;

  async function route(inside: string, exchange: Exchange): Promise<void> {
    const call = platform.exec(inside)?.[1];
    if (call) return answerCall(call, exchange);
    if (inside === endpoint) return answerEndpoint(exchange);
    const address = pageApi.exec(inside)?.[1];
    if (address) return answerPage(parts, address, exchange);
    return answerFile(inside, exchange.response);
  }

  async function answerCall(path: string, { request, response, query }: Exchange): Promise<void> {
    answering += 1;
    try {
      const headers = new Headers(request.headers as Record<string, string>);
      const body = await readBody(request);
      const method = request.method ?? 'GET';
      const made = { method, path, query, headers, body };
      const trouble = badDays.of(made);
      const work = () => openApi.answer(made);
      if (trouble) await trouble(work, response);
      else answerWith(response, await work());
    } finally {
      answering -= 1;
      world.changed({ kind: 'traffic' });
    }
  }

  async function answerEndpoint({ request, response }: Exchange): Promise<void> {
    const body: unknown = JSON.parse((await readBody(request)).toString('utf8'));
    sendJson(response, 200, parts.longConnections.endpoint(body, request.headers.host ?? ''));
  }

  function answerError(error: unknown, response: ServerResponse): void {
    const ours = !(error instanceof Fault);
    if (ours) log.warn({ err: error }, 'the simulator failed');
    if (response.headersSent) response.destroy();
    else if (ours) sendJson(response, 500, faultOf('模拟器出错了', 'The simulator failed'));
    else sendJson(response, 400, faultOf(error.message, error.en));
  }

  return {
    get busy() {
      return answering > 0;
    },
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      try {
        if (!isFromHere(request))
          return sendJson(response, 403, faultOf('只在本机可用', 'For this machine only'));
        const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://localhost');
        if (pathname === prefix) return redirect(response);
        if (!pathname.startsWith(`${prefix}/`)) return sendJson(response, 404, nothingThere);
        await route(pathname.slice(prefix.length), { request, response, query });
      } catch (error) {
        answerError(error, response);
      }
    },
  };
}

function redirect(response: ServerResponse): void {
  response.writeHead(302, { location: `${prefix}/` });
  response.end();
}

async function answerFile(inside: string, response: ServerResponse): Promise<void> {
  const file = await findStatic(decoded(inside.slice(1)));
  if (!file) return sendJson(response, 404, nothingThere);
  response.writeHead(200, {
    'content-type': file.type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  response.end(file.bytes);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return 'unreadable';
  }
}
