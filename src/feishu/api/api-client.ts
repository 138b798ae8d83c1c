import { Readable } from 'node:stream';
import { Client, type Cache, LoggerLevel } from '@larksuiteoapi/node-sdk';
import axios, { isAxiosError } from 'axios';
import type { Log } from '../../base/log.ts';
import { failureOf, failureWith, PlatformError } from './failure.ts';

type HttpInstance = NonNullable<ConstructorParameters<typeof Client>[0]['httpInstance']>;

export interface Platform {
  appId: string;
  appSecret: string;
  /** Base URL without a slash at its end; asked for at the first call, since local mode learns its port late. */
  readonly baseUrl: string;
  /** Milliseconds a call may take. */
  patience?: number;
}

const usualPatience = 8_000;

/**
 * The SDK's client, with what it lacks: a timeout, a cache whose rejected token can be dropped, a log
 * without secrets, and every answer whose code is not 0 as an error.
 */
export function createApiClient(platform: Platform, log: Log) {
  const tokens: Tokens = new Map();
  let made: Client | undefined;
  const client = () => (made ??= createClient(platform, tokens));

  /** Runs one call; a rejected token is dropped and the call made once more. Throws a PlatformError. */
  async function call<T>(name: string, work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await once(work);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.kind !== 'token') throw error;
      log.info({ call: name }, 'the token was refused and is asked for anew');
      tokens.clear();
      return once(work);
    }
  }
  async function once<T>(work: (client: Client) => Promise<T>): Promise<T> {
    let answer: T;
    try {
      answer = await work(client());
    } catch (error) {
      throw failureOf(error);
    }
    const { code, msg } = (answer ?? {}) as { code?: number; msg?: string };
    if (code !== undefined && code !== 0) throw failureWith({ code, msg });
    return answer;
  }
  return { call };
}
type Tokens = Map<string, { value: unknown; until: number }>;

function createClient(platform: Platform, tokens: Tokens): Client {
  const { appId, appSecret, baseUrl: domain, patience = usualPatience } = platform;
  const cache: Cache = {
    get: (key) => {
      const kept = tokens.get(String(key));
      return Promise.resolve(kept && kept.until > Date.now() ? kept.value : undefined);
    },
    set: (key, value, until = Number.POSITIVE_INFINITY) => {
      tokens.set(String(key), { value, until });
      return Promise.resolve(true);
    },
  };
  const quiet = () => {}; // its messages hold tokens, secrets and people's words; ours say what failed
  const logger = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };
  const loggerLevel = LoggerLevel.error;
  const httpInstance = createHttp(domain, patience);
  return new Client({ appId, appSecret, domain, cache, httpInstance, logger, loggerLevel });
}

/** HTTP with a timeout, unwrapped the way the SDK expects it. */
export function createHttp(domain: string, timeout: number): HttpInstance {
  // A proxy of the environment cannot reach this machine's own addresses.
  const http = axios.create({ timeout, ...(isLoopback(domain) && { proxy: false }) });
  http.interceptors.response.use((response) => {
    const config = response.config as typeof response.config & { $return_headers?: boolean };
    const { data, headers } = response as { data: unknown; headers: unknown };
    return (config.$return_headers ? { data, headers } : data) as never;
  }, withReason);
  return http as unknown as HttpInstance;
}

/** Reads the reason of a refused download, which comes as a stream, so that its code is known. */
async function withReason(error: unknown): Promise<never> {
  const response = isAxiosError(error) ? error.response : undefined;
  if (response?.data instanceof Readable) {
    const body = response.data.setEncoding('utf8').take(16);
    const text = (await body.toArray().catch(() => [])).join('');
    response.data = await new Response(text).json().catch(() => ({}));
  }
  throw error;
}

export type ApiClient = ReturnType<typeof createApiClient>;

const isLoopback = (url: string) =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** The platform's ids go into paths, where the SDK encodes nothing: only harmless ones pass. */
export function safeId(id: string): string {
  if (!/^[\w-]{1,200}$/.test(id)) throw failureWith({ msg: 'not an id' });
  return id;
}
