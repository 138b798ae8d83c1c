import { afterEach, expect, it } from 'vitest';
import { openLog } from '../src/log.ts';
import { createHttpServer, type HttpServer } from '../src/server/server.ts';

let server: HttpServer;
afterEach(() => server.close(0));

async function metrics(metricsToken: string | undefined, authorization?: string) {
  const log = openLog('silent');
  server = createHttpServer({ log, checks: [], routers: [], metricsToken });
  const port = await server.listen('127.0.0.1', 0);
  const headers: Record<string, string> = authorization ? { authorization } : {};
  return fetch(`http://127.0.0.1:${port}/metrics`, { headers });
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
    const answer = await metrics('s3cret', authorization);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toMatch(/xueban_|s3cret/);
  },
);

it('opens to who brings the token', async () => {
  expect((await metrics('s3cret', 'Bearer s3cret')).status).toBe(200);
});
