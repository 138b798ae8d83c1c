import { z } from 'zod';
import { type Finding, found } from '../../base/doctor-finding.ts';
import type { Log } from '../../base/log.ts';
import {
  type ApiClient,
  createApiClient,
  createHttp,
  type Platform,
  safeId,
} from './api-client.ts';
import { eventTypes, pressType } from '../events/events.ts';
import { failureOf } from './failure.ts';

export interface CheckupNeeds {
  platform: Platform & { readonly encryptKey: string; readonly verificationToken: string };
  eventMode: 'webhook' | 'ws';
  /** A model writes answers. */
  hasWriter: boolean;
  now: () => Date;
  log: Log;
}

/** Each need, by the scope we ask for and wider ones that hold it. */
const neededScopes = [
  ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'],
  ['im:message.group_at_msg:readonly', 'im:message.group_at_msg'],
  ['im:message:send_as_bot', 'im:message'],
  ['im:message:update', 'im:message'],
  ['im:message:recall', 'im:message', 'im:message:send_as_bot'],
  ['im:resource'],
  ['im:chat:readonly', 'im:chat', 'im:chat:read'],
] as const;
/** With a model: without it an answer comes whole, on a plain card. */
const growingScope = 'cardkit:card:write';
/** It would hand us everything that is said in a group. */
const tooWide = 'im:message.group_msg';
const granted = 1;
/** Whoever set up the app has switched the bot on for the organisation. */
const active = 2;
/** Seconds. Signatures of the platform are refused when its clock is five minutes ahead of ours. */
const [noticeable, harmful] = [30, 240];

const Token = z.object({ code: z.number().optional(), msg: z.string().optional() });
const Bot = z.object({
  bot: z.object({
    app_name: z.string().default(''),
    activate_status: z.number().default(active),
    open_id: z.string(),
  }),
});
const Scopes = z.object({
  data: z.object({
    scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })),
  }),
});
const Names = z.array(z.string()).optional();
const App = z.object({
  data: z.object({
    app: z.object({
      online_version_id: z.string().optional(),
      event: z
        .object({ subscription_type: z.string().optional(), subscribed_events: Names })
        .optional(),
      callback_info: z
        .object({ callback_type: z.string().optional(), subscribed_callbacks: Names })
        .optional(),
      encryption: z
        .object({
          encryption_key: z.string().optional(),
          verification_token: z.string().optional(),
        })
        .optional(),
    }),
  }),
});
const Version = z.object({
  data: z.object({
    app_version: z.object({ event_infos: z.array(z.object({ event_type: z.string() })) }),
  }),
});
type AppFacts = z.infer<typeof App>['data']['app'];

/** Asks the platform what it knows of our app. Changes nothing there. */
export async function examinePlatform(needs: CheckupNeeds): Promise<Finding[]> {
  const entered = await enter(needs);
  if (entered.some(({ code }) => code === 'CREDENTIALS_BAD' || code === 'PLATFORM_UNREACHED')) {
    return entered;
  }
  const api = createApiClient(needs.platform, needs.log);
  return [
    ...entered,
    await examineBot(api),
    ...(await examineScopes(api, needs.hasWriter)),
    ...(await examineSubscriptions(api, needs)),
  ];
}

/** The token is asked for by hand: its answer also tells the platform's time. */
async function enter({ platform, now }: CheckupNeeds): Promise<Finding[]> {
  const { appId, appSecret, baseUrl, patience = 8_000 } = platform;
  const config = {
    method: 'POST',
    url: `${baseUrl}/open-apis/auth/v3/tenant_access_token/internal`,
    data: { app_id: appId, app_secret: appSecret },
    $return_headers: true,
  };
  try {
    const answer: unknown = await createHttp(baseUrl, patience).request(config);
    const { data, headers } = answer as { data: unknown; headers: { date?: string } };
    const { code, msg = '' } = Token.parse(data);
    const clock = examineClock(headers.date, now());
    if (code !== 0) return [found('CREDENTIALS_BAD', { reason: `${code ?? ''} ${msg}` }), clock];
    return [found('CREDENTIALS_GOOD', { app: appId }), clock];
  } catch (error) {
    const { answered, message } = failureOf(error);
    if (answered.code) {
      return [found('CREDENTIALS_BAD', { reason: `${answered.code} ${answered.msg ?? ''}` })];
    }
    const reason = answered.msg ?? message;
    return [found('PLATFORM_UNREACHED', { address: new URL(baseUrl).host, reason })];
  }
}

function examineClock(date: string | undefined, now: Date): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return found('CLOCK_UNKNOWN');
  const seconds = Math.round((now.getTime() - theirs) / 1000);
  const off = Math.abs(seconds);
  if (off < noticeable) return found('CLOCK_GOOD');
  return found(off < harmful ? 'CLOCK_OFF' : 'CLOCK_WRONG', { seconds });
}

const ask = (api: ApiClient, path: string, params: object = {}) =>
  api.call<unknown>(path, (client) =>
    client.request({ method: 'GET', url: `/open-apis/${path}`, params }),
  );
const reasonOf = (error: unknown) => {
  const { answered, message } = failureOf(error);
  return [answered.code ?? answered.status ?? message, answered.msg].filter(Boolean).join(' ');
};

async function examineBot(api: ApiClient): Promise<Finding> {
  try {
    const { bot } = Bot.parse(await ask(api, 'bot/v3/info'));
    const { app_name: name, activate_status: status } = bot;
    return status === active ? found('BOT_GOOD', { name }) : found('BOT_INACTIVE', { status });
  } catch (error) {
    return found('BOT_MISSING', { reason: reasonOf(error) });
  }
}

async function examineScopes(api: ApiClient, hasWriter: boolean): Promise<Finding[]> {
  try {
    const { data } = Scopes.parse(await ask(api, 'application/v6/scopes'));
    const ours = new Set(
      data.scopes.flatMap((each) => (each.grant_status === granted ? each.scope_name : [])),
    );
    const lacking = neededScopes.filter((any) => !any.some((scope) => ours.has(scope)));
    const scopes = lacking.map(([scope]) => scope).join(', ');
    const count = neededScopes.length;
    return [
      lacking.length > 0 ? found('SCOPES_MISSING', { scopes }) : found('SCOPES_GOOD', { count }),
      ...(hasWriter && !ours.has(growingScope)
        ? [found('SCOPE_GROWING', { scope: growingScope })]
        : []),
      ...(ours.has(tooWide) ? [found('SCOPE_TOO_WIDE', { scope: tooWide })] : []),
    ];
  } catch (error) {
    return [found('SCOPES_UNKNOWN', { reason: reasonOf(error) })];
  }
}

/** Only an app that may read its own settings is told; others are told where to look. */
async function examineSubscriptions(api: ApiClient, needs: CheckupNeeds): Promise<Finding[]> {
  try {
    const path = `application/v6/applications/${safeId(needs.platform.appId)}`;
    const { app } = App.parse(await ask(api, path, { lang: 'zh_cn' })).data;
    const events = app.event?.subscribed_events ?? (await publishedEvents(api, path, app));
    return [
      ...examineEvents(events),
      ...examineCallback(app.callback_info?.subscribed_callbacks),
      ...examineDoors(app, needs.eventMode),
      ...examineKeys(app, needs),
    ];
  } catch (error) {
    return [found('SUBSCRIPTIONS_UNKNOWN', { reason: reasonOf(error) })];
  }
}

async function publishedEvents(api: ApiClient, path: string, { online_version_id: id }: AppFacts) {
  if (!id) return [];
  const version = await ask(api, `${path}/app_versions/${safeId(id)}`, { lang: 'zh_cn' });
  return Version.parse(version).data.app_version.event_infos.map((each) => each.event_type);
}

function examineEvents(events: string[]): Finding[] {
  const lacking = eventTypes.filter((name) => !events.includes(name));
  if (lacking.length > 0) return [found('EVENTS_MISSING', { events: lacking.join(', ') })];
  return [found('EVENTS_GOOD', { count: eventTypes.length })];
}

function examineCallback(callbacks: string[] = []): Finding[] {
  const facts = { callback: pressType };
  return [found(callbacks.includes(pressType) ? 'CALLBACK_GOOD' : 'CALLBACK_MISSING', facts)];
}

function examineDoors({ event, callback_info: callback }: AppFacts, mode: 'webhook' | 'ws') {
  const ours = mode === 'ws' ? 'websocket' : 'webhook';
  const theirs = [event?.subscription_type, callback?.callback_type].filter(
    (each) => each === 'websocket' || each === 'webhook',
  );
  const other = theirs.find((each) => each !== ours);
  return other ? [found('DOOR_OTHER', { theirs: other, ours: mode })] : [];
}

/** Compared only where the platform shows them, and never printed. */
function examineKeys({ encryption }: AppFacts, { platform, eventMode }: CheckupNeeds): Finding[] {
  if (eventMode === 'ws') return [];
  const { encryption_key: key, verification_token: token } = encryption ?? {};
  const isOther = (theirs: string | undefined, ours: string) => Boolean(theirs) && theirs !== ours;
  if (isOther(key, platform.encryptKey) || isOther(token, platform.verificationToken)) {
    return [found('KEYS_OTHER')];
  }
  return key || token ? [found('KEYS_GOOD')] : [];
}
