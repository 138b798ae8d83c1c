import type { ServerResponse } from 'node:http';
import type { BadDay } from './bad-day-names.ts';
import type { ApiAnswer, Call } from './api-call.ts';
import type { Switches } from './switches.ts';

/** What writes into chats: only there a bad day can lose a message or make two of one. */
const writes = /^\/(?:im\/v1\/(?:messages|files)|cardkit\/)/;
const json = { 'content-type': 'application/json; charset=utf-8' };
const serverError = { code: 1500, msg: 'internal error' };
const tooMany = { code: 99991400, msg: 'request trigger frequency limit' };

type Trouble = (work: () => Promise<ApiAnswer>, response: ServerResponse) => Promise<void>;

/** Stands before the Open API and spoils each so-manyth call that writes, as the switch says. */
export function createBadDays(switches: Switches, forgetTokens: () => void) {
  let calls = 0;
  const spoilt = new Set<string>();
  const troubles: Record<BadDay, Trouble> = {
    'error-before': async (_, response) => refuse(response, 500, serverError),
    'error-after': async (work, response) => {
      await work();
      refuse(response, 500, serverError);
    },
    reset: async (_, response) => void response.destroy(),
    'lost-reply': async (work, response) => {
      await work();
      response.destroy();
    },
    timeout: async (work, response) => {
      await work();
      // Nothing comes until the app gives up by itself.
      await new Promise((resolve) => response.once('close', resolve));
    },
    'too-many': async (_, response) =>
      refuse(response, 429, tooMany, { 'x-ogw-ratelimit-reset': '1' }),
    'expired-token': async (work, response) => {
      forgetTokens();
      answerWith(response, await work());
    },
    // Refused where the cards are, not here.
    'no-streaming': async (work, response) => answerWith(response, await work()),
    repeated: arriveTwice,
    'repeated-silent': arriveTwice,
  };

  return {
    /** The trouble that this call meets; nothing on a good day. */
    of(call: Call): Trouble | undefined {
      const { badDay, badEvery, badRepeats } = switches;
      if (!badDay || call.method === 'GET' || !writes.test(call.path)) return undefined;
      const key = badRepeats ? '' : keyOf(call);
      if (spoilt.has(key)) return undefined;
      calls += 1;
      if (calls % badEvery !== 1 % badEvery) return undefined;
      if (key) spoilt.add(key);
      return troubles[badDay];
    },
  };
}
export type BadDays = ReturnType<typeof createBadDays>;

const keyOf = ({ method, path, body }: Call) =>
  `${method} ${path} ${Buffer.from(body).toString('latin1')}`;

const arriveTwice: Trouble = async (work, response) => {
  await work();
  answerWith(response, await work());
};

export function answerWith(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}

function refuse(response: ServerResponse, status: number, body: object, more = {}): void {
  answerWith(response, { status, headers: { ...json, ...more }, body: JSON.stringify(body) });
}
