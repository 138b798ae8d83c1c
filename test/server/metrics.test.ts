import os from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { openLog } from '../../src/base/log.ts';
import { createHttpServer, type HttpServer } from '../../src/server/server.ts';

let server: HttpServer;
afterEach(() => server.close(0));

async function metrics(
  metricsToken: string | undefined,
  headers: Record<string, string> = {},
  host = '127.0.0.1',
) {
  const log = openLog('silent');
  server = createHttpServer({ log, checks: [], routers: [], metricsToken });
  const port = await server.listen(host, 0);
  return fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`, { headers });
}

it('tells what Prometheus reads', async () => {
  const answer = await metrics(undefined);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  const text = await answer.text();
  for (const name of ['events', 'messages', 'dead_letters'])
    expect(text).toContain(`# TYPE xueban_${name}_total counter`);
  expect(text).toContain('# TYPE xueban_answer_seconds histogram');
});

it.each([undefined, 'Bearer wrong', 'Bearer ', 'Basic s3cret', 's3cret'])(
  'is closed by its token to %s',
  async (authorization) => {
    const answer = await metrics('s3cret', authorization ? { authorization } : {});
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toMatch(/xueban_|s3cret/);
  },
);

it('opens to who brings the token', async () => {
  const authorization = 'Bearer s3cret';
  const answer = await metrics('s3cret', { authorization, 'X-Forwarded-For': '203.0.113.7' });
  expect(answer.status).toBe(200);
});

const unknown = async () => {
  const port = await server.listen('127.0.0.1', 0);
  return (await fetch(`http://127.0.0.1:${port}/nothing-here`)).text();
};

it.each([
  ['X-Forwarded-For', '127.0.0.1'],
  ['X-Forwarded-Proto', 'https'],
  ['Forwarded', 'for=127.0.0.1'],
  ['X-Real-IP', '127.0.0.1'],
  ['Via', '1.1 a-proxy'],
  ['CF-Connecting-IP', '203.0.113.7'],
  ['True-Client-IP', '203.0.113.7'],
  ['X-Forwarded-For', ''],
])(
  'is not there, without a token, for what comes through a proxy (%s: %s)',
  async (name, value) => {
    const answer = await metrics(undefined, { [name]: value });
    expect(answer.status).toBe(404);
    const said = await answer.text();
    await server.close(0);
    server = createHttpServer({ log: openLog('silent'), checks: [], routers: [] });
    expect(said).toBe(await unknown());
  },
);

it('is there, without a token, for this machine over either kind of address', async () => {
  for (const host of ['127.0.0.1', ...(hasIpv6() ? ['::1'] : [])]) {
    expect((await metrics(undefined, {}, host)).status).toBe(200);
    await server.close(0);
  }
});

// An address of this machine that is not its loopback stands for any other one.
it.runIf(outerAddress())('is not there, without a token, for another address', async () => {
  expect((await metrics(undefined, {}, outerAddress())).status).toBe(404);
});

function outerAddress(): string | undefined {
  const all = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

function hasIpv6(): boolean {
  return (os.networkInterfaces().lo ?? []).some(({ address }) => address === '::1');
}
