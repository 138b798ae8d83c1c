import { once } from 'node:events';
import { connect } from 'node:net';
import Router from '@koa/router';
import { afterEach, describe, expect, it } from 'vitest';
import { openLog } from '../../src/base/log.ts';
import type { Check } from '../../src/server/health.ts';
import { createHttpServer, type HttpServer } from '../../src/server/server.ts';

const lines: string[] = [];
const log = openLog('debug', { write: (line) => void lines.push(line) });

let server: HttpServer;
let port: number;

async function serve(checks: Check[], limits: Parameters<typeof createHttpServer>[1] = {}) {
  const router = new Router();
  router.get('/broken', () => {
    throw new Error('the inner reason');
  });
  router.get('/wrong', (ctx) => ctx.throw(400, 'Not like this'));
  router.get('/slow', async (ctx) => {
    slow.arrived();
    await slow.released;
    ctx.body = 'at last';
  });
  router.post('/body', async (ctx) => {
    for await (const _ of ctx.req);
    ctx.body = 'read';
  });
  server = createHttpServer({ log, checks, routers: [router] }, limits);
  port = await server.listen('127.0.0.1', 0);
}

/** A request that stays in hand until it is released. */
const slow = gate();
function gate() {
  let arrived = () => {};
  let release = () => {};
  const here = new Promise<void>((resolve) => (arrived = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  return { here, released, arrived: () => arrived(), release: () => release() };
}

const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
const ready = (name: string): Check => ({ name, ready: async () => true });

afterEach(async () => {
  await server.close(0);
  lines.length = 0;
});

describe('health', () => {
  it('lives as long as the process, whatever is missing', async () => {
    await serve([{ name: 'database', ready: async () => 'is not there' }]);
    expect((await get('/healthz')).status).toBe(200);
  });

  it('is ready once every check is', async () => {
    await serve([ready('database'), { ...ready('import'), tells: () => '3 of 5 files' }]);
    const answer = await get('/readyz');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ready: true, missing: [], running: ['3 of 5 files'] });
  });

  it('says what is missing, also of a check that throws', async () => {
    const broken: Check = { name: 'jobs', ready: () => Promise.reject(new Error('secret detail')) };
    await serve([ready('database'), broken, { name: 'import', ready: async () => 'is running' }]);
    const answer = await get('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      ready: false,
      missing: [
        { name: 'jobs', why: 'does not work' },
        { name: 'import', why: 'is running' },
      ],
      running: [],
    });
  });

  it('does not wait for ever for a check', async () => {
    await serve([{ name: 'database', ready: () => new Promise(() => {}) }]);
    const answer = await get('/readyz');
    expect(await answer.json()).toMatchObject({
      missing: [{ name: 'database', why: 'does not answer' }],
    });
  });
});

describe('a request', () => {
  it('that fails is answered without the reason, whose kind and place the log has under the same id', async () => {
    await serve([]);
    const answer = await get('/broken');
    const body = (await answer.json()) as { error: string; request: string };
    expect(answer.status).toBe(500);
    expect(body.error).not.toContain('inner');
    expect(answer.headers.get('x-request-id')).toBe(body.request);
    const logged = lines.find((line) => line.includes(body.request) && line.includes('"err"'));
    // Its kind and place; the words of an error may quote people.
    expect(logged).toContain('server.test.ts');
    expect(logged).not.toContain('the inner reason');
  });

  it('that is wrong hears why', async () => {
    await serve([]);
    const answer = await get('/wrong');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'Not like this' });
  });

  it.each(['/simulator/', '/console/', '/'])('for %s finds nothing', async (path) => {
    await serve([]);
    expect((await get(path)).status).toBe(404);
  });

  it('whose body dribbles in is cut off', async () => {
    await serve([], { requestTimeout: 200, headersTimeout: 200, connectionsCheckingInterval: 50 });
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{');
    socket.resume();
    await once(socket, 'close');
    expect((await get('/healthz')).status).toBe(200);
  });

  it('with a flood of headers is refused', async () => {
    await serve([]);
    const headers = { 'x-flood': 'a'.repeat(20_000) };
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { headers });
    expect(answer.status).toBe(431);
  });
});

describe('closing', () => {
  it('lets a request in hand end and takes no new one', async () => {
    await serve([]);
    const answer = get('/slow');
    await slow.here;
    const closed = server.close(5_000);
    await expect(get('/healthz')).rejects.toThrow();
    slow.release();
    expect(await (await answer).text()).toBe('at last');
    await closed;
  });

  it('cuts off what does not end in time', async () => {
    await serve([]);
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{');
    await get('/healthz');
    const ended = once(socket, 'close');
    socket.resume();
    await server.close(50);
    await ended;
  });

  it('names a port that is in use', async () => {
    await serve([]);
    const second = createHttpServer({ log, checks: [], routers: [] });
    await expect(second.listen('127.0.0.1', port)).rejects.toThrow(`Port ${port} is in use.`);
  });
});
