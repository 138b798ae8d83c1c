import { jsonBody, type ApiAnswer, type Call, type Download, type Route } from './api-call.ts';
import { changeRoutes } from './api-change.ts';
import { cardkitRoutes } from './api-cardkit.ts';
import { chatRoutes } from './api-chats.ts';
import { documentRoutes } from './api-documents.ts';
import { fileRoutes } from './api-files.ts';
import { sendRoutes } from './api-send.ts';
import { createTokens } from './api-tokens.ts';
import type { SimulatorClock } from './clock.ts';
import { createLimits } from './limits.ts';
import { PlatformFault } from './platform-fault.ts';
import { botId, botName } from './sample.ts';
import type { AppKeys } from './seal.ts';
import type { Switches } from './switches.ts';
import { newId } from './messages.ts';
import type { World } from './world.ts';

export function createOpenApi(parts: {
  app: AppKeys;
  world: World;
  clock: SimulatorClock;
  switches: Switches;
}) {
  const { app, clock } = parts;
  const limits = createLimits(clock);
  const tokens = createTokens(app, clock);
  const bot = { activate_status: 2, app_name: botName, avatar_url: '', open_id: botId };
  const routes: Route[] = [
    {
      method: 'POST',
      path: '/auth/v3/tenant_access_token/internal',
      work: (call) => tokens.give(jsonBody(call)),
      bare: true,
      open: true,
    },
    { method: 'GET', path: '/bot/v3/info', work: () => ({ bot }), bare: true },
    ...sendRoutes({ ...parts, limits }),
    ...changeRoutes({ ...parts, limits }),
    ...cardkitRoutes({ ...parts, limits }),
    ...chatRoutes(parts.world),
    ...fileRoutes(parts.world),
    ...documentRoutes(),
  ];
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

  async function work(call: Call): Promise<ApiAnswer> {
    for (const { route, pattern } of compiled) {
      const found = route.method === call.method && pattern.exec(call.path);
      if (!found) continue;
      if (!route.open) tokens.check(call.headers.get('authorization'));
      if (!route.uncounted) limits.call(`${route.method} ${route.path}`);
      const { id = '', key = '' } = found.groups ?? {};
      const data: unknown = await route.work(call, id, key);
      return isDownload(data) ? fileAnswer(data) : okAnswer(data, route.bare);
    }
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found' };
  }

  return {
    /** From now on no token given so far is good, as after a change of the app's secret. */
    forgetTokens: () => tokens.forget(),

    /** Answers every call of the app: the one place where the platform may have a bad day. */
    async answer(call: Call): Promise<ApiAnswer> {
      try {
        return await work(call);
      } catch (error) {
        if (error instanceof PlatformFault) return faultAnswer(error);
        throw error;
      }
    },
  };
}
export type OpenApi = ReturnType<typeof createOpenApi>;

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

function isDownload(data: unknown): data is Download {
  return typeof data === 'object' && data !== null && 'bytes' in data;
}

const json = { 'content-type': 'application/json; charset=utf-8' };

function okAnswer(data: unknown, bare?: true): ApiAnswer {
  const inner = bare ? (data as object) : { data };
  return {
    status: 200,
    headers: json,
    body: JSON.stringify({ code: 0, msg: 'success', ...inner }),
  };
}

function fileAnswer({ bytes, name }: Download): ApiAnswer {
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
  return { status: 200, headers, body: bytes };
}

function faultAnswer({ code, message, status, headers }: PlatformFault): ApiAnswer {
  const logId = newId('log');
  const body = JSON.stringify({ code, msg: message, error: { log_id: logId } });
  return { status, headers: { ...json, ...headers, 'x-tt-logid': logId }, body };
}
