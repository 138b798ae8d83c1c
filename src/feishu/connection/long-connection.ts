import { Fault } from '../../base/errors.ts';
import { type EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';
import type { Log } from '../../base/log.ts';
import type { Platform } from '../api/api-client.ts';
import { createEndpointHttp } from './endpoint.ts';
import { count, type AcceptEvent } from '../events/accept-event.ts';
import { envelopeOf } from './verify.ts';

interface ConnectionNeeds {
  platform: Platform;
  log: Log;
  accept: AcceptEvent;
  /** Milliseconds until the first new attempt after a connection is lost; doubled up to a minute. */
  firstPause?: number;
}

const lookEvery = 250;
const longestPause = 60_000;
/** An attempt without any result is given up after this long. */
const tooLong = 30_000;
/** A connection that lasted this long was good: the pause before the next attempt starts small again. */
const settled = 10_000;
const quiet = () => {}; // the SDK's messages hold people's words
// The SDK says nothing at all of any other id, and does not connect.
const wellFormed = /^cli_[0-9a-f]{16}$/i;

/**
 * The long connection: the platform's events over a socket that we open, so no public address is needed.
 * The SDK gives up for good in several states (too many connections, a count set by the server, a
 * refused id): here one client is one attempt, and whatever ends it, the next attempt follows.
 */
export function createLongConnection({
  platform,
  log,
  accept,
  firstPause = 1_000,
}: ConnectionNeeds) {
  let client: WSClient | undefined;
  let watching: NodeJS.Timeout | undefined;
  let startedAt = 0;
  let nextAt = 0;
  let pauseMs = firstPause;
  let lastSeen = 'idle';
  let standsSince = 0;
  let stopping = false;
  let why = wellFormed.test(platform.appId)
    ? 'it has not been opened yet'
    : 'FEISHU_APP_ID is not cli_ and 16 hexadecimal digits';
  const inHand = new Set<Promise<unknown>>();

  /** Acknowledged once it resolves; what it rejects with makes the platform send the event again. */
  async function invoke(event: unknown): Promise<object | undefined> {
    const envelope = envelopeOf(event);
    if (envelope?.app !== platform.appId) {
      count('refused');
      throw new Fault('no event of this app');
    }
    if (stopping) throw new Fault('stopping');
    const accepting = accept(envelope, Buffer.from(JSON.stringify(event)));
    inHand.add(accepting);
    const { status, body } = await accepting.finally(() => inHand.delete(accepting));
    if (status !== 200) throw new Fault(`not taken: ${status}`);
    return Object.keys(body).length > 0 ? body : undefined;
  }

  /** What came of asking for the address. One that was given may still lead nowhere. */
  function asked(trouble: string | undefined) {
    why = trouble ?? 'the address that the platform gave does not answer';
    if (trouble) log.warn({ why }, 'the long connection was refused');
  }

  function attempt() {
    const { appId, appSecret, baseUrl: domain } = platform;
    startedAt = performance.now();
    client = new WSClient({
      ...{ appId, appSecret, domain, autoReconnect: false, handshakeTimeoutMs: 10_000 },
      logger: { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet },
      loggerLevel: LoggerLevel.error,
      httpInstance: createEndpointHttp(domain, asked),
      // A half-open socket shows itself by the ping that nobody answers.
      wsConfig: { pingTimeout: 10 },
    });
    const eventDispatcher = { invoke } as unknown as EventDispatcher;
    client.start({ eventDispatcher }).catch((err: unknown) => {
      log.warn({ err }, 'the long connection failed');
    });
  }

  function giveUp() {
    client?.close({ force: true });
    client = undefined;
    nextAt = performance.now() + pauseMs * (0.5 + Math.random() / 2);
    pauseMs = Math.min(pauseMs * 2, longestPause);
  }

  function look() {
    const state = client?.getConnectionStatus().state ?? 'away';
    if (state === 'connected' && lastSeen !== state) {
      log.info('the long connection stands');
      standsSince = performance.now();
    }
    // A connection that opens and drops at once does not reset the pause.
    if (state === 'connected' && performance.now() - standsSince > settled) pauseMs = firstPause;
    if (lastSeen === 'connected' && state !== 'connected') {
      why = 'it was lost';
      log.warn({ state }, 'the long connection was lost');
    }
    lastSeen = state;
    const now = performance.now();
    if (!client) return now >= nextAt ? attempt() : undefined;
    const isTrying = state === 'connecting' && now - startedAt < tooLong;
    // Just started, it has not said anything yet.
    const isFresh = state === 'idle' && now - startedAt < 1_000;
    if (state !== 'connected' && !isTrying && !isFresh) giveUp();
  }

  return {
    start() {
      attempt();
      watching = setInterval(look, lookEvery);
    },
    /** True while it stands; else why it does not. */
    ready: (): true | string =>
      client?.getConnectionStatus().state === 'connected' || `the long connection is away: ${why}`,
    /** Takes nothing new, lets what is in hand be answered, and closes. */
    async stop() {
      clearInterval(watching);
      stopping = true;
      await Promise.allSettled(inHand);
      // The answers are sent when the handlers of their promises have run.
      await new Promise(setImmediate);
      client?.close();
      client = undefined;
    },
  };
}
