import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createEndpointHttp, whyNoAddress } from '../../src/feishu/connection/endpoint.ts';
import { createLongConnection } from '../../src/feishu/connection/long-connection.ts';
import { openLog } from '../../src/base/log.ts';

it.each([
  [{ code: 0, msg: '', data: { URL: 'ws://x' } }, undefined],
  [{ code: 0, msg: '' }, 'the platform gave no address'],
  ['<html>', 'the platform gave no address'],
  [{ code: 1, msg: 'busy' }, 'the platform is busy (1 busy)'],
  [{ code: 403 }, 'the platform does not let this app use the long connection (403)'],
  [{ code: 7, msg: 'new\nkind' }, 'the platform refused (7 new kind)'],
])('reads %j', (answer, why) => {
  expect(whyNoAddress(answer)).toBe(why);
});

/** What is told of asking an address for the endpoint. */
async function told(domain: string) {
  const heard: (string | undefined)[] = [];
  const http = createEndpointHttp(domain, (why) => heard.push(why));
  await http.request({ method: 'post', url: `${domain}/callback/ws/endpoint` }).catch(() => {});
  return heard;
}

it('says that the platform cannot be reached, or answers with a fault', async () => {
  const server = createServer((_, response) => response.writeHead(502).end('bad gateway'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const domain = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await told(domain)).toEqual(['the platform answered HTTP 502']);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  // Nobody listens on the first port.
  expect(await told('http://127.0.0.1:1')).toEqual([
    'the platform cannot be reached (ECONNREFUSED)',
  ]);
});

it('says that an app id of another form cannot connect', () => {
  const platform = { appId: 'my app', appSecret: 'secret', baseUrl: 'http://127.0.0.1:1' };
  const accept = () => Promise.resolve({ status: 200, body: {} });
  const connection = createLongConnection({ platform, log: openLog('silent'), accept });
  expect(connection.ready()).toContain('FEISHU_APP_ID is not cli_ and 16 hexadecimal digits');
});
