import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, readEnvironment, variableNames } from '../../src/program/config.ts';
import { projectRoot } from '../../src/base/project-root.ts';

const app = {
  FEISHU_APP_ID: 'cli_a',
  FEISHU_APP_SECRET: 'secret-of-the-app',
  FEISHU_ENCRYPT_KEY: 'key-of-the-app',
  FEISHU_VERIFICATION_TOKEN: 'token-of-the-app',
};

function faults(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

describe('the settings', () => {
  it('are those of local mode when nothing is set', () => {
    expect(readConfig({})).toEqual({
      feishu: undefined,
      eventMode: 'webhook',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      databaseUrl: undefined,
      dataDir: path.join(projectRoot, 'data', 'local'),
      timezone: 'Asia/Shanghai',
      locale: 'zh-CN',
      admins: [],
      corpusDir: undefined,
      llm: undefined,
      metricsToken: undefined,
      logLevel: 'info',
    });
  });

  it('serve the platform when the app is named', () => {
    expect(readConfig({ ...app, PORT: '8080', DATA_DIR: '/srv/x' })).toMatchObject({
      feishu: {
        appId: 'cli_a',
        appSecret: 'secret-of-the-app',
        encryptKey: 'key-of-the-app',
        verificationToken: 'token-of-the-app',
        baseUrl: 'https://open.feishu.cn',
      },
      host: '0.0.0.0',
      publicUrl: 'http://localhost:8080',
      dataDir: '/srv/x',
    });
  });

  it.each([
    ['feishu', 'https://open.feishu.cn'],
    ['lark', 'https://open.larksuite.com'],
    ['http://127.0.0.1:9000/', 'http://127.0.0.1:9000'],
  ])('read the platform %s as %s', (domain, baseUrl) => {
    expect(readConfig({ ...app, FEISHU_DOMAIN: domain }).feishu?.baseUrl).toBe(baseUrl);
  });

  it('take an empty variable as one that is not set', () => {
    const empty = { FEISHU_APP_ID: '', PORT: '', TIMEZONE: '', DATABASE_URL: '', NODE_ENV: '' };
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('read a list of administrators', () => {
    expect(readConfig({ ADMINS: 'ou_a, ou_b,' }).admins).toEqual(['ou_a', 'ou_b']);
  });
});

describe('a fault', () => {
  it.each([
    ['PORT', '80a', 'PORT holds "80a" and should hold a port number from 0 to 65535.'],
    ['PORT', '65536', 'PORT holds "65536" and should hold a port number from 0 to 65535.'],
    ['TIMEZONE', 'Asia/Peking', 'TIMEZONE holds "Asia/Peking" and should hold an IANA time zone'],
    ['TIMEZONE', '+08:00', 'TIMEZONE holds "+08:00" and should hold an IANA time zone'],
    ['LOCALE', 'zh', 'LOCALE holds "zh" and should hold zh-CN or en-US.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL holds "loud" and should hold fatal, error,'],
    ['ADMINS', 'ou_a,lin', 'ADMINS holds "ou_a,lin" and should hold open_ids'],
    ['PUBLIC_URL', 'xueban', 'PUBLIC_URL holds "xueban" and should hold the address people open'],
    ['FEISHU_DOMAIN', 'open.feishu.cn', 'FEISHU_DOMAIN holds "open.feishu.cn" and should hold'],
    [
      'FEISHU_EVENT_MODE',
      'socket',
      'FEISHU_EVENT_MODE holds "socket" and should hold webhook, or ws',
    ],
    ['CORPUS_DIR', '/nowhere/at/all', 'CORPUS_DIR holds "/nowhere/at/all" and should hold a'],
    ['CORPUS_DIR', '/dev/null/below', 'CORPUS_DIR holds "/dev/null/below" and should hold a'],
    ['DATABASE_URL', 'postgres://', 'DATABASE_URL holds something else (not shown) and should'],
    ['DATABASE_URL', 'postgres:///branch', 'DATABASE_URL holds something else (not shown)'],
  ])('in %s (%s) is one line', (name, value, line) => {
    const [first, ...rest] = faults({ ...app, [name]: value });
    expect(first).toContain(line);
    expect(rest).toEqual([]);
  });

  it('never shows a password', () => {
    const [line] = faults({ DATABASE_URL: 'mysql://me:hunter2@host/db' });
    expect(line).toContain('DATABASE_URL holds something else (not shown)');
    expect(line).not.toContain('hunter2');
  });

  it('is an address of a model that is none, or one without its key and model', () => {
    const llm = { LLM_BASE_URL: 'https://llm.example.com/v1', LLM_API_KEY: 'k', LLM_MODEL: 'm' };
    expect(readConfig({ ...llm, LLM_BASE_URL: 'https://llm.example.com/v1/' }).llm).toEqual({
      ...{ baseUrl: 'https://llm.example.com/v1', apiKey: 'k', model: 'm' },
    });
    expect(faults({ ...llm, LLM_BASE_URL: 'llm.example.com' })).toEqual([
      'LLM_BASE_URL holds "llm.example.com" and should hold the base URL of a chat endpoint such as https://llm.example.com/v1.',
    ]);
    const names = (lines: string[]) => lines.map((line) => line.split(' ', 5).join(' '));
    expect(names(faults({ EMBEDDING_API_KEY: 'hunter2' }))).toEqual([
      'EMBEDDING_BASE_URL is missing beside EMBEDDING_API_KEY',
      'EMBEDDING_MODEL is missing beside EMBEDDING_API_KEY',
    ]);
  });

  it('is not a database behind a socket', () => {
    expect(faults({ DATABASE_URL: 'postgresql:///branch?host=/var/run/postgresql' })).toEqual([]);
  });

  it('does not hide another', () => {
    expect(faults({ PORT: 'x', LOCALE: 'y', TIMEZONE: 'z' })).toHaveLength(3);
  });

  it('is every missing name in production, never local mode', () => {
    const lines = faults({ NODE_ENV: 'production', PORT: 'x' });
    expect(lines.map((line) => line.split(' ', 3).join(' '))).toEqual([
      'PORT holds "x"',
      'FEISHU_APP_ID is missing',
      'FEISHU_APP_SECRET is missing',
      'FEISHU_ENCRYPT_KEY is missing',
      'FEISHU_VERIFICATION_TOKEN is missing',
    ]);
  });

  it('is half a set of credentials', () => {
    const { FEISHU_ENCRYPT_KEY: _key, ...withoutKey } = app;
    expect(faults(withoutKey)[0]).toContain('FEISHU_ENCRYPT_KEY is missing');
    expect(faults({ FEISHU_APP_SECRET: 's' })[0]).toContain('FEISHU_APP_ID is missing');
  });

  it('is not what only the webhook needs, over the long connection', () => {
    const ws = { FEISHU_EVENT_MODE: 'ws', FEISHU_APP_ID: 'cli_0123456789abcdef' };
    expect(faults({ ...ws, FEISHU_APP_SECRET: 's' })).toEqual([]);
    expect(faults(ws)[0]).toContain('FEISHU_APP_SECRET is missing');
    expect(faults({ ...ws, FEISHU_APP_SECRET: 's', FEISHU_APP_ID: 'cli_x' })[0]).toContain(
      'cli_ and 16 hexadecimal digits',
    );
  });

  it('is local mode that other machines could reach', () => {
    expect(faults({ HOST: '0.0.0.0' })[0]).toContain('in local mode');
    expect(faults({ HOST: 'a b' })).toHaveLength(1);
    expect(faults({ ...app, HOST: '0.0.0.0' })).toEqual([]);
  });
});

describe('the .env file', () => {
  it('is read, and real variables win', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'env-'));
    const file = path.join(folder, '.env');
    writeFileSync(file, 'PORT=4000\nLOCALE="en-US" # English\nLOG_LEVEL=debug\n');
    const config = readConfig(readEnvironment({ PORT: '5000', LOG_LEVEL: '' }, file));
    expect(config).toMatchObject({ port: 5000, locale: 'en-US', logLevel: 'info' });
    rmSync(folder, { recursive: true });
  });

  it('may be written on Windows, with settings left empty and lines that set nothing', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'env-'));
    const file = path.join(folder, '.env');
    const lines = ['\ufeffPORT=4000', 'HOST= ', 'LOCALE=en-US', 'later', "LOG_LEVEL='debug'", ''];
    writeFileSync(file, lines.join('\r\n'));
    const config = readConfig(readEnvironment({}, file));
    expect(config).toMatchObject({ port: 4000, locale: 'en-US', logLevel: 'debug' });
    expect(config.host).toBe(readConfig({}).host);
    rmSync(folder, { recursive: true });
  });

  it('has an example that names every setting there is, with what it is for, and no other', () => {
    const lines = readFileSync(path.join(projectRoot, '.env.example'), 'utf8').split('\n');
    const named = lines.flatMap((line) => /^(\w+)=$/.exec(line)?.[1] ?? []);
    // It says how the process runs, not how it is set up, and belongs into the real environment.
    const settings = variableNames.filter((name) => name !== 'NODE_ENV');
    expect(named.toSorted()).toEqual(settings.toSorted());
    expect(lines.filter((line) => !/^(#.*|\w+=|)$/.test(line))).toEqual([]);
    // Each stands below a comment, its own or that of the settings it belongs to.
    for (const part of lines.join('\n').trim().split('\n\n')) expect(part).toMatch(/^#/);
  });

  it('may be absent', () => {
    expect(readEnvironment({ PORT: '1' }, '/nowhere/.env')).toEqual({ PORT: '1' });
  });
});
