import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { card, plain } from '../../cards/bot/kit.ts';
import { Refusal } from '../../src/base/errors.ts';
import { createAccounts } from '../../src/feishu/accounts/accounts.ts';
import { privateTo } from '../../src/queue/outbox.ts';
import { createApiClient } from '../../src/feishu/api/api-client.ts';
import { askBotId, createMessenger } from '../../src/feishu/messages/messenger.ts';
import type { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import { openLog } from '../../src/base/log.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';

interface Asked {
  method: string;
  path: string;
  token?: string;
  body: Record<string, unknown>;
}
interface Said {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}
type Saying = (asked: Asked) => Said | 'silence' | 'hang up';

const secret = 'the app secret';
let home: FreshDatabase;
let chat: ChatId;
let lin: PersonId;
beforeAll(async () => {
  home = await freshDatabase();
  const group = { platformId: 'oc_group', kind: 'group' };
  chat = (await home.db.client.chat.create({ data: group })).id as ChatId;
  lin = (await home.db.client.person.create({ data: { openId: 'ou_lin' } })).id as PersonId;
});
afterAll(() => home.close());

let server: ReturnType<typeof createServer>;
let asked: Asked[];
let tokens: string[];
let says: Saying;
let lines: string[];
const usual: Saying = () => ({ body: { code: 0, data: { message_id: 'om_1' } } });

beforeEach(async () => {
  [asked, tokens, lines, says] = [[], [], [], usual];
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A platform that gives out tokens by itself; what else it says, the test says. */
async function answer(request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const isJson = request.headers['content-type']?.includes('json');
  const body = (isJson && text ? JSON.parse(text) : { text }) as Asked['body'];
  const { method = '', url: path = '' } = request;
  if (path.includes('tenant_access_token')) {
    tokens.push(`t-${tokens.length + 1}`);
    const token = { code: 0, tenant_access_token: tokens.at(-1), expire: 7200 };
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(token));
  }
  const token = request.headers.authorization?.replace('Bearer ', '');
  const one = { method, path, token, body };
  asked.push(one);
  const said = says(one);
  if (said === 'silence') return;
  if (said === 'hang up') return request.socket.destroy();
  const { status = 200, headers = {}, body: content = {} } = said;
  const isBytes = Buffer.isBuffer(content);
  const type = isBytes ? 'application/octet-stream' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(isBytes ? content : JSON.stringify(content));
}

function open() {
  const { port } = server.address() as AddressInfo;
  const log = openLog('trace', { write: (line) => void lines.push(line) });
  const platform = { appId: 'cli_a', appSecret: secret, baseUrl: `http://127.0.0.1:${port}` };
  const api = createApiClient({ ...platform, patience: 200 }, log);
  const accounts = createAccounts({ db: home.db, privateTo: privateTo(home.db) });
  return { api, messenger: createMessenger({ api, accounts }), log };
}
const sendText = (text = '你好', more: { replyTo?: MessageId } = {}) =>
  open().messenger.send({ chat }, { text }, { key: 'key-1', ...more });
const refusing = (code: number, more: Said = {}): Saying => {
  return () => ({ status: 400, body: { code, msg: 'no' }, ...more });
};

describe('a message', () => {
  it('goes to its chat or person under its key, with a token', async () => {
    const { messenger } = open();
    const sent = await messenger.send({ chat }, { text: '你好' }, { key: 'key-1' });
    await messenger.send({ person: lin }, { text: '你好' }, { key: 'key-2' });
    expect(sent).toEqual({ outcome: 'sent', message: 'om_1' });
    expect(asked).toMatchObject([
      {
        path: '/open-apis/im/v1/messages?receive_id_type=chat_id',
        token: 't-1',
        body: {
          receive_id: 'oc_group',
          msg_type: 'text',
          content: JSON.stringify({ text: '你好' }),
          uuid: 'key-1',
        },
      },
      {
        path: '/open-apis/im/v1/messages?receive_id_type=open_id',
        body: { receive_id: 'ou_lin', uuid: 'key-2' },
      },
    ]);
    expect(tokens).toHaveLength(1);
  });

  it('answers under another one, or beside it when that one is gone', async () => {
    const replyTo = 'om_asked' as MessageId;
    await sendText('答', { replyTo });
    expect(asked[0]?.path).toBe('/open-apis/im/v1/messages/om_asked/reply');
    says = ({ path }) =>
      path.includes('reply') ? refusing(230011)({} as Asked) : usual({} as Asked);
    expect((await sendText('答', { replyTo })).outcome).toBe('sent');
    expect(asked.at(-1)).toMatchObject({ body: { receive_id: 'oc_group', uuid: 'key-1' } });
  });

  it('mentions nobody by markup in its text', async () => {
    await sendText('<at user_id="all"></at>');
    expect(JSON.stringify(asked)).not.toContain('<at');
  });

  it('over the platform’s size is refused before it is sent', async () => {
    const { messenger } = open();
    const long = await messenger.send({ chat }, { text: '长'.repeat(60_000) }, { key: 'k' });
    const big = card('大', 'plain', [plain('长'.repeat(11_000))]);
    const many = card(
      '多',
      'plain',
      Array.from({ length: 150 }, () => plain('个')),
    );
    expect(long).toMatchObject({ outcome: 'refused' });
    for (const each of [big, many]) {
      const sent = await messenger.send({ chat }, { card: each }, { key: 'k' });
      expect(sent).toMatchObject({ outcome: 'refused' });
    }
    expect(asked).toEqual([]);
  });

  it('with a file uploads it first', async () => {
    says = ({ path }) =>
      path.includes('/files')
        ? { body: { code: 0, data: { file_key: 'file_1' } } }
        : usual({} as Asked);
    const file = { name: '表.xlsx', bytes: Buffer.from('bytes') };
    const sent = await open().messenger.send({ chat }, { file }, { key: 'k' });
    expect(sent.outcome).toBe('sent');
    expect(asked[1]?.body).toMatchObject({ msg_type: 'file', content: '{"file_key":"file_1"}' });
  });

  it('is changed and taken back by its id, and by nothing that is no id', async () => {
    const { messenger } = open();
    await messenger.update('om_1' as MessageId, { card: card('新', 'plain', []) });
    await messenger.recall('om_1' as MessageId);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PATCH /open-apis/im/v1/messages/om_1',
      'DELETE /open-apis/im/v1/messages/om_1',
    ]);
    const forged = await messenger.recall('om_1/../../chats/oc_1' as MessageId);
    expect(forged.outcome).toBe('refused');
    expect(asked).toHaveLength(2);
  });
});

describe('what became of it', () => {
  it.each([
    [230020, 'later'],
    [99991400, 'later'],
    [230049, 'later'],
    [230002, 'gone'],
    [230013, 'gone'],
    [230029, 'gone'],
    [230053, 'gone'],
    [232009, 'gone'],
    [230025, 'refused'],
    [230099, 'refused'],
    [99991403, 'refused'],
  ])('is read from code %i: %s, whatever the HTTP status', async (code, outcome) => {
    says = refusing(code);
    expect((await sendText()).outcome).toBe(outcome);
    says = () => ({ status: 200, body: { code, msg: 'no' } });
    expect((await sendText()).outcome).toBe(outcome);
  });

  it('after 429 is to be tried again when the platform says', async () => {
    says = refusing(99991400, { status: 429, headers: { 'x-ogw-ratelimit-reset': '3' } });
    expect(await sendText()).toMatchObject({ outcome: 'later', waitMs: 3000 });
  });

  it.each([
    ['no answer within its time', () => 'silence' as const],
    ['a connection that breaks', () => 'hang up' as const],
    ['an answer 500', () => ({ status: 500, body: {} })],
    ['an answer 502 that is no JSON', () => ({ status: 502, body: Buffer.from('<html>') })],
    ['an answer that names no message', () => ({ body: { code: 0, data: {} } })],
  ])('after %s is unknown', async (_, saying) => {
    says = saying;
    expect((await sendText()).outcome).toBe('unknown');
    expect(asked).toHaveLength(1);
  });

  it('after no connection at all is certain: not sent', async () => {
    const { messenger } = open();
    await new Promise((resolve) => server.close(resolve));
    expect((await messenger.send({ chat }, { text: 'x' }, { key: 'k' })).outcome).toBe('later');
    server = createServer().listen(0);
  });
});

describe('the token', () => {
  it('that is refused is asked for anew, once, and the call made again', async () => {
    const { messenger } = open();
    await messenger.send({ chat }, { text: '一' }, { key: 'k1' });
    says = ({ token }) => (token === 't-1' ? refusing(99991663)({} as Asked) : usual({} as Asked));
    const sent = await messenger.send({ chat }, { text: '二' }, { key: 'k2' });
    expect(sent.outcome).toBe('sent');
    expect(asked.map(({ token }) => token)).toEqual(['t-1', 't-1', 't-2']);
    says = refusing(99991663);
    expect((await messenger.send({ chat }, { text: '三' }, { key: 'k3' })).outcome).toBe('later');
    expect(asked).toHaveLength(5);
  });

  it('that is refused to a download is seen as well', async () => {
    says = ({ token }) =>
      token === 't-1' ? refusing(99991663)({} as Asked) : { body: Buffer.from('bytes') };
    const bytes = await open().messenger.fetchFile(
      { message: 'om_1' as MessageId, key: 'file_1', name: 'a' },
      100,
    );
    expect(Buffer.from(bytes).toString()).toBe('bytes');
  });
});

describe('a file that a person sent', () => {
  const file = { message: 'om_1' as MessageId, key: 'file_1', name: 'a.md' };

  it('is refused over the size, and when it is gone', async () => {
    says = () => ({ body: Buffer.alloc(101) });
    const { messenger } = open();
    await expect(messenger.fetchFile(file, 100)).rejects.toMatchObject({ code: 'FILE_TOO_BIG' });
    says = refusing(234003);
    await expect(messenger.fetchFile(file, 100)).rejects.toBeInstanceOf(Refusal);
    says = () => ({ status: 503 });
    await expect(messenger.fetchFile(file, 100)).rejects.toMatchObject({ kind: 'unknown' });
  });
});

describe('a group', () => {
  it('tells its name and owner', async () => {
    const data = { name: '支部群', owner_id: 'ou_lin', external: true };
    says = () => ({ body: { code: 0, data } });
    const group = await open().messenger.group(chat);
    expect(group).toEqual({ name: '支部群', owner: lin, external: true });
  });

  it('tells its members page by page, as long as there are more', async () => {
    const member = (name: string) => ({ member_id: `ou_${name}`, name });
    says = ({ path }) => ({
      body: {
        code: 0,
        data: path.includes('page_token=p2')
          ? { items: [member('c')], has_more: false, page_token: 'p3' }
          : { items: [member('a'), member('b')], has_more: true, page_token: 'p2' },
      },
    });
    const names: string[][] = [];
    for await (const page of open().messenger.members(chat))
      names.push(page.map(({ name }) => name));
    expect(names).toEqual([['a', 'b'], ['c']]);
  });

  it('that cannot be read is an error of a known kind, with its cause', async () => {
    says = refusing(232011);
    await expect(open().messenger.group(chat)).rejects.toMatchObject({
      name: 'PlatformError',
      kind: 'gone',
      answered: { code: 232011 },
      cause: expect.any(Error) as Error,
    });
  });
});

describe('the bot', () => {
  it('is told by the platform at the top of the answer', async () => {
    says = () => ({ body: { code: 0, bot: { open_id: 'ou_bot' } } });
    expect(await askBotId(open().api)).toBe('ou_bot');
    says = () => ({ body: { code: 0 } });
    await expect(askBotId(open().api)).rejects.toThrow();
  });
});

describe('around it', () => {
  it('no secret, token or word of a person reaches a log or an error', async () => {
    const { messenger, api, log } = open();
    const failures: unknown[] = [];
    for (const saying of [refusing(99991663), refusing(230099), () => 'silence' as const]) {
      says = saying;
      failures.push(await messenger.send({ chat }, { text: '悄悄话' }, { key: 'k' }));
      for (const call of [askBotId(api), messenger.group(chat)]) {
        const err = await call.catch((error: unknown) => error);
        log.error({ err }, 'failed');
        failures.push(inspect(err, { depth: 10 }));
      }
    }
    const all = lines.join('') + JSON.stringify(failures);
    expect(all).toContain('99991663');
    for (const word of [secret, ...tokens, '悄悄话']) expect(all).not.toContain(word);
  });

  it('a proxy of the environment is not asked for what is on this machine', async () => {
    const before = process.env.http_proxy;
    process.env.http_proxy = 'http://127.0.0.1:1';
    const sent = await sendText().finally(() => {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
    });
    expect(sent.outcome).toBe('sent');
  });
});
