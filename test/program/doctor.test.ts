import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, createServer as createPort } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { startEmbedded } from '../../src/database/embedded/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { writeStamp } from '../../src/database/stamp.ts';
import { openLog } from '../../src/base/log.ts';
import { projectRoot } from '../../src/base/project-root.ts';
import { appProcess } from '../support/app-process.ts';
import { dropDatabase, emptyDatabase, freshDatabase } from '../support/database.ts';
import { openEmbeddingEndpoint } from '../support/embedding-endpoint.ts';
import { openModelEndpoint, unauthorized } from '../support/model-endpoint.ts';
import { program } from '../support/program.ts';

const log = openLog('silent');
const app = 'cli_0123456789abcdef';
const secrets = {
  FEISHU_APP_SECRET: 'secret-of-the-app',
  FEISHU_ENCRYPT_KEY: 'key-of-the-app',
  FEISHU_VERIFICATION_TOKEN: 'token-of-the-app',
};
const scopes = [
  'im:message.p2p_msg:readonly',
  'im:message.group_at_msg:readonly',
  'im:message:send_as_bot',
  'im:message:update',
  'im:message:recall',
  'im:resource',
  'im:chat:readonly',
];
const events = [
  ...['im.message.receive_v1', 'im.chat.member.bot.added_v1', 'im.chat.member.bot.deleted_v1'],
  ...['im.chat.member.user.added_v1', 'im.chat.member.user.deleted_v1'],
  ...['im.chat.member.user.withdrawn_v1', 'im.chat.updated_v1', 'im.chat.disbanded_v1'],
];
const token = { code: 0, msg: 'ok', tenant_access_token: 't-1', expire: 7200 };
const granted = (names: string[], status = 1) =>
  names.map((name) => ({ scope_name: name, grant_status: status }));
const settings = (changes: object = {}) => ({
  code: 0,
  data: {
    app: {
      event: { subscription_type: 'webhook', subscribed_events: events },
      callback_info: { callback_type: 'webhook', subscribed_callbacks: ['card.action.trigger'] },
      ...changes,
    },
  },
});

/** What the platform answers, by the end of the path; a test changes what it is about. */
let answers: Record<string, object>;
let date: string | undefined;
let platform: Server;
let domain: string;
let dir: string;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  platform = createServer((request: IncomingMessage, response) => {
    const [where = ''] = (request.url ?? '').split('?');
    const [, body] = Object.entries(answers).find(([end]) => where.endsWith(end)) ?? [];
    response.writeHead(body ? 200 : 404, {
      'content-type': 'application/json',
      ...(date && { date }),
    });
    response.end(JSON.stringify(body ?? { code: 404, msg: 'not found' }));
  }).listen(0, '127.0.0.1');
  await once(platform, 'listening');
  domain = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  dir = mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
  chmodSync(dir, 0o755);
  ({ url, close } = await freshDatabase());
  await writeStamp(url, app);
});
beforeEach(() => {
  date = undefined;
  answers = {
    'tenant_access_token/internal': token,
    'bot/v3/info': { code: 0, bot: { app_name: '学伴', activate_status: 2, open_id: 'ou_bot' } },
    'application/v6/scopes': { code: 0, data: { scopes: granted(scopes) } },
    [`applications/${app}`]: settings(),
  };
});
afterEach(() => rmSync(path.join(dir, 'data'), { recursive: true, force: true }));
afterAll(async () => {
  platform.close();
  await close();
  rmSync(dir, { recursive: true, force: true });
});

const served = () => ({
  ...secrets,
  ...{ FEISHU_APP_ID: app, FEISHU_DOMAIN: domain, DATABASE_URL: url, LOCALE: 'en-US' },
  PUBLIC_URL: 'https://xueban.example.com',
});

/** `npm run doctor` with these settings: its exit code and its lines. */
async function doctor(env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [program('doctor')], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, DATA_DIR: path.join(dir, 'data'), PORT: '0', ...env },
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  for (const secret of [...Object.values(secrets), 'hunter2'])
    expect(out + err).not.toContain(secret);
  expect(err).toBe('');
  return { code: await exited, lines: out.trimEnd().split('\n') };
}

async function change(at: string, sql: string) {
  const client = new pg.Client(at);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** The lines that are not ✓. */
async function faults(env: Record<string, string | undefined>) {
  const { code, lines } = await doctor(env);
  return { code, lines: lines.filter((line) => !line.startsWith('✓')) };
}

it('finds an installation in order, a line for each thing', async () => {
  const { code, lines } = await doctor(served());
  expect(lines).toEqual([
    '✓ Settings: all can be read.',
    `✓ Credentials: the platform knows the app ${app}.`,
    '✓ Clock: agrees with the platform.',
    '✓ Bot: "学伴" is switched on.',
    '✓ Scopes: all 7 that are needed are granted.',
    '✓ Events: all 8 that are needed are subscribed to.',
    '✓ Callback: subscribed to card.action.trigger.',
    expect.stringMatching(
      /^✓ Database: PostgreSQL \S+, all \d+ migrations are in, and it belongs to this app\.$/,
    ),
    '✓ Address: https://xueban.example.com.',
  ]);
  expect(code).toBe(0);
});

it('needs what the page on setting up asks for, and nothing else', () => {
  const page = readFileSync(path.join(projectRoot, 'docs', 'feishu-setup.md'), 'utf8');
  const [, granting = '', , subscribing = ''] = page.split(/^## \d/m).slice(1);
  // The doctor asks for nothing that the page calls optional.
  const needed = granting.split('\n').filter((line) => !/; optional\s*\|$/.test(line));
  const listed = needed.flatMap((line) => /^\| `(\S+)`/.exec(line)?.[1] ?? []);
  expect(listed).toEqual(scopes);
  expect(subscribing.match(/im\.[\w.]+_v1/g)).toEqual(events);
});

it('speaks Chinese unless told otherwise', async () => {
  const { lines } = await doctor({ ...served(), LOCALE: undefined });
  expect(lines[1]).toBe(`✓ 凭证：平台认得应用 ${app}。`);
});

it('says what the app on the platform lacks, and what to do', async () => {
  date = new Date(Date.now() + 600_000).toUTCString();
  answers['bot/v3/info'] = {
    code: 0,
    bot: { app_name: '学伴', activate_status: 3, open_id: 'ou_bot' },
  };
  answers['application/v6/scopes'] = {
    code: 0,
    data: {
      scopes: [
        ...granted(scopes.slice(0, 5)),
        ...granted(['im:resource'], 2),
        ...granted(['im:message.group_msg']),
      ],
    },
  };
  answers[`applications/${app}`] = settings({
    event: { subscription_type: 'websocket', subscribed_events: events.slice(1) },
    callback_info: { callback_type: 'webhook', subscribed_callbacks: [] },
    encryption: { encryption_key: 'another', verification_token: 'token-of-the-app' },
  });
  const { code, lines } = await faults(served());
  expect(lines.map((line) => line.replace(/-\d+ seconds/, 'N seconds'))).toEqual([
    "✗ Clock: N seconds off the platform's, and events will be refused as outdated. Set it right now.",
    '✗ Bot: not switched on (status 3). Publish a version and have an administrator approve and enable it.',
    '✗ Scopes: im:resource, im:chat:readonly not granted. Add them under Permissions & Scopes in the console, then publish a version.',
    '! Scopes: im:message.group_msg is granted, which hands over every word said in a group. Xueban has no use for it: better take it away.',
    '✗ Events: not subscribed to im.message.receive_v1. Add them under Events & Callbacks in the console, then publish a version.',
    '✗ Callback: not subscribed to card.action.trigger, so every button answers with an error. Add it on the callback page of Events & Callbacks, then publish a version.',
    '✗ Door: the console is set to websocket, but FEISHU_EVENT_MODE is webhook. Make them agree, for events and for callbacks.',
    '✗ Encryption: the encrypt key or the verification token is another than in the console, and events will be refused. Copy both anew from Events & Callbacks, Encryption Strategy.',
  ]);
  expect(code).toBe(1);
});

it('says where to look when the platform does not tell', async () => {
  answers[`applications/${app}`] = { code: 99991672, msg: 'Access denied' };
  answers['application/v6/scopes'] = { code: 1, msg: 'busy' };
  const { code, lines } = await faults(served());
  expect(lines).toEqual([
    '! Scopes: the platform does not tell (1 busy). Compare Permissions & Scopes in the console with docs/feishu-setup.md, section 2.',
    '! Events and callback: the platform does not tell (99991672 Access denied). Compare Events & Callbacks in the console with docs/feishu-setup.md, section 4; with application:application:self_manage granted this can check them.',
  ]);
  expect(code).toBe(0);
});

it('reads the events of the published version where the app itself names none', async () => {
  answers[`applications/${app}`] = settings({ event: undefined, online_version_id: 'oav_1' });
  answers['app_versions/oav_1'] = {
    code: 0,
    data: { app_version: { event_infos: events.map((name) => ({ event_type: name })) } },
  };
  expect(await faults(served())).toEqual({ code: 0, lines: [] });
});

it('stops asking a platform that refuses the credentials, or that is not there', async () => {
  answers['tenant_access_token/internal'] = { code: 10014, msg: 'app secret invalid' };
  const refused = await faults(served());
  expect(refused.code).toBe(1);
  expect(refused.lines).toHaveLength(1);
  expect(refused.lines[0]).toContain('✗ Credentials: the platform refuses them (10014 app secret');
  const { lines } = await faults({ ...served(), FEISHU_DOMAIN: 'http://127.0.0.1:1' });
  expect(lines).toEqual([
    '✗ Platform: 127.0.0.1:1 cannot be reached (ECONNREFUSED). Check the network, the proxy and FEISHU_DOMAIN.',
  ]);
});

it('asks an embedding model that is set for a vector', async () => {
  const endpoint = await openEmbeddingEndpoint();
  onTestFinished(async () => {
    await endpoint.close();
  });
  const { baseUrl, apiKey, model } = endpoint.settings;
  const env = {
    ...served(),
    EMBEDDING_BASE_URL: baseUrl,
    EMBEDDING_API_KEY: apiKey,
    EMBEDDING_MODEL: model,
  };
  const address = new URL(baseUrl).host;
  const good = await doctor(env);
  expect(good.lines[1]).toBe(`✓ Embedding model: ${address} works (the model).`);
  endpoint.answers(() => ({ status: 401, body: '{}' }));
  const bad = await doctor(env);
  expect(bad.lines[1]).toContain(`! Embedding model: ${address} gives no vectors (HTTP 401)`);
});

it('asks a model that is set whether it answers', async () => {
  const endpoint = await openModelEndpoint({ does: 'stream', pieces: ['yes'] });
  onTestFinished(async () => {
    await endpoint.close();
  });
  const { baseUrl, apiKey, model } = endpoint.settings;
  const env = { ...served(), LLM_BASE_URL: baseUrl, LLM_API_KEY: apiKey, LLM_MODEL: model };
  const good = await doctor(env);
  expect(good.lines[1]).toMatch(/^✓ Model: the model answers, after \d+\.\d s\.$/);
  expect(good.lines).toContain(
    '! Scopes: a model is set but cardkit:card:write is not granted, so answers come whole instead of growing. If you want that, add it under Permissions & Scopes in the console, then publish a version.',
  );
  const data = { scopes: granted([...scopes, 'cardkit:card:write']) };
  answers['application/v6/scopes'] = { code: 0, data };
  endpoint.behaves(unauthorized);
  const { code, lines } = await faults(env);
  const address = new URL(baseUrl).host;
  expect(lines).toEqual([
    `✗ Model: ${address} does not take the key (HTTP 401), so answers are quotes only. Copy LLM_API_KEY anew.`,
  ]);
  expect(code).toBe(1);
});

it('tells each setting that cannot be read, and goes no further', async () => {
  const { code, lines } = await doctor({ FEISHU_APP_ID: app, LOCALE: 'en-US', PORT: 'x' });
  expect(code).toBe(1);
  expect(lines.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
    '✗ Settings: PORT holds',
    '✗ Settings: FEISHU_APP_SECRET is',
    '✗ Settings: FEISHU_ENCRYPT_KEY is',
    '✗ Settings: FEISHU_VERIFICATION_TOKEN is',
  ]);
});

it('tells a database that is away, empty, behind, ahead, or of another app', async () => {
  const database = async (at: string) => {
    const { lines } = await faults({ ...served(), DATABASE_URL: at });
    return lines.join('\n');
  };
  expect(await database('postgresql://me:hunter2@127.0.0.1:1/branch')).toBe(
    '✗ Database: The database of DATABASE_URL (127.0.0.1:1/branch): no answer (ECONNREFUSED).',
  );
  const fresh = await emptyDatabase();
  onTestFinished(() => dropDatabase(fresh));
  expect(await database(fresh)).toMatch(/^! Database: PostgreSQL \S+, still empty;/);
  await migrate(fresh, log);
  await writeStamp(fresh, app);
  await change(fresh, `delete from _prisma_migrations where migration_name like '%_quiz'`);
  expect(await database(fresh)).toMatch(/^! Database: PostgreSQL \S+, 1 migrations wait/);
  await change(
    fresh,
    `update _prisma_migrations set migration_name = '2999_x' where migration_name like '%_leave'`,
  );
  expect(await database(fresh)).toContain('newer than the program, it holds the migration 2999_x');
  await change(fresh, `update stamp set app = 'cli_other'`);
  expect(await database(fresh)).toContain('✗ Database: it belongs to cli_other, but the settings');
});

it('in local mode says so and looks at what there is', async () => {
  const [corpus, data] = [path.join(dir, 'corpus'), path.join(dir, 'data')];
  mkdirSync(corpus);
  writeFileSync(path.join(corpus, '章程.md'), '# 章程\n');
  const local = { LOCALE: 'en-US', CORPUS_DIR: corpus };
  const first = await doctor(local);
  expect(first.code).toBe(0);
  expect(first.lines.slice(0, 3)).toEqual([
    '✓ Settings: all can be read.',
    expect.stringContaining('! Platform: FEISHU_APP_ID is not set, this is local mode'),
    `! Database: there is none in ${data}/local yet; the first start makes it.`,
  ]);
  expect(first.lines.join('\n')).toContain(`✓ Study documents: 1 files in ${corpus}`);

  const file = path.join(dir, 'file');
  writeFileSync(file, '');
  const closed = await faults({ ...local, DATA_DIR: file });
  expect(closed.lines.join('\n')).toContain(`✗ Data folder: ${file}/local cannot be written to`);
});

it('starts an embedded database that rests, and uses the one of a running Xueban', async () => {
  const data = path.join(dir, 'data');
  const resting = await startEmbedded({
    dir: path.join(data, 'local', 'postgres'),
    log,
    onLost: (error) => {
      throw error;
    },
  });
  await migrate(resting.url, log);
  await writeStamp(resting.url, 'local');
  await resting.stop();
  const local = { LOCALE: 'en-US', DATA_DIR: data };
  expect((await doctor(local)).lines[2]).toMatch(/^✓ Database: PostgreSQL \S+, all/);

  const free = createPort((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  const taken = await faults({ ...local, PORT: String(port) });
  expect(taken.lines).toContain(
    `✗ Port: ${port} is in use by another program. Stop it, or use another PORT.`,
  );
  free.close();
  await once(free, 'close');
  const running = appProcess(port, { PATH: process.env.PATH, ...local });
  onTestFinished(running.kill);
  await running.ready();
  const { lines } = await doctor({ ...local, PORT: String(port) });
  expect(lines[2]).toMatch(/^✓ Database: PostgreSQL \S+, all/);
  expect(lines).toContain(`✓ Running: Xueban runs on port ${port} and is ready.`);
  expect(await running.stop()).toBe(0);
}, 120_000);
