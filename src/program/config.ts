import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { StartError } from '../base/errors.ts';
import { projectRoot } from '../base/project-root.ts';

/** The credentials of the app on the platform, and where the platform is. */
export interface FeishuConfig {
  readonly appId: string;
  readonly appSecret: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
}

/** An OpenAI-compatible endpoint of a model. */
export interface ModelConfig {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
}

export interface Config {
  /** `ws`: events come over a connection that we open; `webhook`: the platform calls us. */
  readonly eventMode: 'webhook' | 'ws';
  /** Undefined in local mode: there the simulator is the platform. */
  readonly feishu: FeishuConfig | undefined;
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** Undefined: the embedded database under `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Local mode has a folder of its own in it, already named here. */
  readonly dataDir: string;
  readonly timezone: string;
  readonly locale: 'zh-CN' | 'en-US';
  /** Ids by the platform's naming, to be read by its adapter only. */
  readonly admins: readonly string[];
  readonly corpusDir: string | undefined;
  /** Undefined: answers are quotes only. */
  readonly llm: ModelConfig | undefined;
  /** The model that compares meanings; undefined: passages are found by their words alone. */
  readonly embedding: ModelConfig | undefined;
  /** Bearer token that `/metrics` asks for; undefined: it answers this machine alone. */
  readonly metricsToken: string | undefined;
  readonly logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PLATFORMS: Record<string, string> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
};
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
const WEBHOOK_NEEDS = [
  'FEISHU_APP_ID',
  'FEISHU_APP_SECRET',
  'FEISHU_ENCRYPT_KEY',
  'FEISHU_VERIFICATION_TOKEN',
] as const;

// Events over the long connection are plain: whoever opens it has shown the secret.
const WS_NEEDS = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET'] as const;
/** The SDK opens no long connection for an id of another form. */
const WS_APP_ID = /^cli_[0-9a-fA-F]{16}$/;

const secret = z.string().optional();
const url = (protocols: RegExp) => z.url({ protocol: protocols }).transform(withoutSlash);
/** An endpoint of a model: useful whole or not at all. */
const ENDPOINTS = [
  ['LLM_BASE_URL', 'LLM_API_KEY', 'LLM_MODEL'],
  ['EMBEDDING_BASE_URL', 'EMBEDDING_API_KEY', 'EMBEDDING_MODEL'],
] as const;
const folder = z.string().transform((name) => path.resolve(projectRoot, name));

const Variables = z.object({
  NODE_ENV: z.string().optional(),
  FEISHU_APP_ID: z.string().regex(/^\S+$/).optional(),
  FEISHU_APP_SECRET: secret,
  FEISHU_ENCRYPT_KEY: secret,
  FEISHU_VERIFICATION_TOKEN: secret,
  FEISHU_DOMAIN: z
    .enum(['feishu', 'lark'])
    .transform((name) => PLATFORMS[name] ?? name)
    .or(url(/^https?$/))
    .default('https://open.feishu.cn'),
  FEISHU_EVENT_MODE: z.enum(['webhook', 'ws']).default('webhook'),
  HOST: z.string().regex(/^\S+$/).optional(),
  PORT: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(65_535)).default(3000),
  PUBLIC_URL: url(/^https?$/).optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .refine(namesHost)
    .optional(),
  DATA_DIR: folder.default(path.join(projectRoot, 'data')),
  TIMEZONE: z.string().refine(isZone).default('Asia/Shanghai'),
  LOCALE: z.enum(['zh-CN', 'en-US']).default('zh-CN'),
  ADMINS: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^ou_\w+$/)))
    .default([]),
  CORPUS_DIR: folder.refine(isFolder).optional(),
  METRICS_TOKEN: secret,
  LLM_BASE_URL: url(/^https?$/).optional(),
  LLM_API_KEY: secret,
  LLM_MODEL: z.string().optional(),
  EMBEDDING_BASE_URL: url(/^https?$/).optional(),
  EMBEDDING_API_KEY: secret,
  EMBEDDING_MODEL: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
type Values = z.infer<typeof Variables>;
type Name = keyof Values;
/** Everything that is read from the environment. */
export const variableNames = Object.keys(Variables.shape) as Name[];

/** What each variable should hold, for the line that says it does not. */
const SHOULD_HOLD: Record<Name, string> = {
  NODE_ENV: 'production, or nothing',
  FEISHU_APP_ID: 'the id of the app, such as cli_a1b2c3',
  FEISHU_APP_SECRET: 'the secret of the app',
  FEISHU_ENCRYPT_KEY: 'the encrypt key of the event subscription',
  FEISHU_VERIFICATION_TOKEN: 'the verification token of the event subscription',
  FEISHU_DOMAIN: 'feishu, lark, or a base URL such as http://127.0.0.1:9000',
  FEISHU_EVENT_MODE: 'webhook, or ws for the long connection',
  HOST: 'the address to listen on, such as 0.0.0.0',
  PORT: 'a port number from 0 to 65535',
  PUBLIC_URL: 'the address people open, such as https://xueban.example.com',
  DATABASE_URL: 'a PostgreSQL URL such as postgresql://user:password@host:5432/name',
  DATA_DIR: 'a folder',
  TIMEZONE: 'an IANA time zone such as Asia/Shanghai',
  LOCALE: 'zh-CN or en-US',
  ADMINS: 'open_ids with commas between them, such as ou_1a2b,ou_3c4d',
  CORPUS_DIR: 'a folder that exists and can be read',
  METRICS_TOKEN: 'the token that /metrics asks for',
  LLM_BASE_URL: 'the base URL of a chat endpoint such as https://llm.example.com/v1',
  LLM_API_KEY: 'the key of the chat endpoint',
  LLM_MODEL: 'the name of a chat model',
  EMBEDDING_BASE_URL: 'the base URL of an embedding endpoint such as https://llm.example.com/v1',
  EMBEDDING_API_KEY: 'the key of the embedding endpoint',
  EMBEDDING_MODEL: 'the name of an embedding model',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
};

/** These hold a secret, or a password inside: what they hold is never shown. */
const SECRET: readonly Name[] = [
  'FEISHU_APP_SECRET',
  'FEISHU_ENCRYPT_KEY',
  'FEISHU_VERIFICATION_TOKEN',
  'DATABASE_URL',
  'METRICS_TOKEN',
  'LLM_API_KEY',
  'EMBEDDING_API_KEY',
];

/** The real environment over the `.env` file beside `package.json`. */
export function readEnvironment(
  env: Environment,
  file = path.join(projectRoot, '.env'),
): Environment {
  return existsSync(file) ? { ...settingsIn(readFileSync(file, 'utf8')), ...env } : env;
}

/** Where a line sets nothing, or nothing but a space, Node's parser takes the next line for a part of it. */
function settingsIn(text: string): Environment {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  return parseEnv(lines.filter((line) => line.includes('=')).join('\n'));
}

/** The embedding model alone, for a program that needs nothing else; undefined unless all of it is set. */
export const readEmbedding = ({
  EMBEDDING_BASE_URL: baseUrl,
  EMBEDDING_API_KEY: apiKey,
  EMBEDDING_MODEL: model,
}: Environment) => toModel(baseUrl && withoutSlash(baseUrl), apiKey, model);

/** Reads the settings once, or fails with one line for every fault. An empty variable counts as unset. */
export function readConfig(environment: Environment): Config {
  const env = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Variables.safeParse(env);
  const wrong = new Set(parsed.error?.issues.map((issue) => issue.path[0] as Name));
  const faults = [
    ...[...wrong].map((name) => describe(name, env)),
    ...missing(env),
    ...ENDPOINTS.flatMap((names) => missingOf(names, env)),
  ];
  const isOpen = env.HOST !== undefined && !LOOPBACK.includes(env.HOST);
  if (!env.FEISHU_APP_ID && isOpen && !wrong.has('HOST')) {
    faults.push(
      `HOST holds "${env.HOST}" and should hold ${LOOPBACK.join(', ')} or nothing in local mode.`,
    );
  }
  if (env.FEISHU_EVENT_MODE === 'ws' && env.FEISHU_APP_ID && !WS_APP_ID.test(env.FEISHU_APP_ID)) {
    faults.push(
      `FEISHU_APP_ID holds "${env.FEISHU_APP_ID}" and should hold cli_ and 16 hexadecimal digits for the long connection.`,
    );
  }
  if (!parsed.success || faults.length > 0) throw new StartError(faults.join('\n'));
  return toConfig(parsed.data);
}

function describe(name: Name, env: Environment): string {
  const held = SECRET.includes(name) ? 'something else (not shown)' : JSON.stringify(env[name]);
  return `${name} holds ${held} and should hold ${SHOULD_HOLD[name]}.`;
}

/** Local mode is meant only where nothing of an app is set, and never in production. */
function missing(env: Environment): string[] {
  const given = WEBHOOK_NEEDS.filter((name) => env[name]);
  if (given.length === 0 && env.NODE_ENV !== 'production') return [];
  const needed = env.FEISHU_EVENT_MODE === 'ws' ? WS_NEEDS : WEBHOOK_NEEDS;
  return needed
    .filter((name) => !env[name])
    .map((name) => `${name} is missing and should hold ${SHOULD_HOLD[name]}.`);
}

/** Of names that belong together, those without a value where another has one. */
function missingOf(names: readonly Name[], env: Environment): string[] {
  const given = names.find((name) => env[name]);
  return names
    .filter((name) => given && !env[name])
    .map((name) => `${name} is missing beside ${given} and should hold ${SHOULD_HOLD[name]}.`);
}

function toConfig(values: Values): Config {
  const feishu = toFeishu(values);
  return {
    feishu,
    eventMode: feishu ? values.FEISHU_EVENT_MODE : 'webhook',
    host: values.HOST ?? (feishu ? '0.0.0.0' : '127.0.0.1'),
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    databaseUrl: values.DATABASE_URL,
    dataDir: feishu ? values.DATA_DIR : path.join(values.DATA_DIR, 'local'),
    timezone: values.TIMEZONE,
    locale: values.LOCALE,
    admins: values.ADMINS,
    corpusDir: values.CORPUS_DIR,
    llm: toModel(values.LLM_BASE_URL, values.LLM_API_KEY, values.LLM_MODEL),
    embedding: toModel(values.EMBEDDING_BASE_URL, values.EMBEDDING_API_KEY, values.EMBEDDING_MODEL),
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
  };
}

function toFeishu(values: Values): FeishuConfig | undefined {
  if (!values.FEISHU_APP_ID) return undefined;
  return {
    appId: values.FEISHU_APP_ID,
    appSecret: values.FEISHU_APP_SECRET ?? '',
    encryptKey: values.FEISHU_ENCRYPT_KEY ?? '',
    verificationToken: values.FEISHU_VERIFICATION_TOKEN ?? '',
    baseUrl: values.FEISHU_DOMAIN,
  };
}

/** Whole or not at all: half of it is a fault that was told before. */
function toModel(baseUrl?: string, apiKey?: string, model?: string): ModelConfig | undefined {
  return baseUrl && apiKey && model ? { baseUrl, apiKey, model } : undefined;
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

/** In the address, or as a parameter, where the folder of a socket may stand. */
function namesHost(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, searchParams } = new URL(address);
  return hostname !== '' || Boolean(searchParams.get('host'));
}

/** A bare offset would pass for a zone in newer engines, but knows no summer time. */
function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** One that is closed to us, or below a file, is none. */
function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch {
    return false;
  }
}
