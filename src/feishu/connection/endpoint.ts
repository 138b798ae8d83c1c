import type { WSClient } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import { oneLine } from '../../base/text.ts';
import { createHttp } from '../api/api-client.ts';
import { type Answered, failureOf } from '../api/failure.ts';

type Http = NonNullable<ConstructorParameters<typeof WSClient>[0]['httpInstance']>;

const EndpointAnswer = z.object({
  code: z.number().optional().catch(undefined),
  msg: z.string().catch(''),
  data: z.object({ URL: z.string() }).optional().catch(undefined),
});

/** The numbers of the endpoint, by what an operator can do about them. */
const meanings: Readonly<Record<number, string>> = {
  1: 'the platform is busy',
  403: 'the platform does not let this app use the long connection',
  514: 'the platform does not take FEISHU_APP_ID and FEISHU_APP_SECRET',
  1000040343: 'the platform has trouble of its own',
  1000040350: 'this app has too many long connections already',
};

/** Why the platform gave no address for a long connection; undefined where it gave one. */
export function whyNoAddress(answer: unknown): string | undefined {
  const { code, msg, data } = EndpointAnswer.catch({ msg: '' }).parse(answer);
  if (code === 0 && data) return undefined;
  return reasonOf({ code, msg });
}

/** Why the platform could not be asked. */
export const whyUnasked = (error: unknown): string => reasonOf(failureOf(error).answered);

function reasonOf({ code, msg = '', status }: Answered): string {
  const said = oneLine(msg).slice(0, 200);
  if (code !== undefined && code !== 0) {
    const meaning = meanings[code] ?? 'the platform refused';
    return `${meaning} (${[code, said].filter(Boolean).join(' ')})`;
  }
  if (status !== undefined) return `the platform answered HTTP ${status}`;
  return said ? `the platform cannot be reached (${said})` : 'the platform gave no address';
}

/** HTTP for the SDK's client. The client does not say why it cannot connect, so `tell` is called with the reason. */
export function createEndpointHttp(domain: string, tell: (why: string | undefined) => void): Http {
  const http = createHttp(domain, 15_000);
  const request: Http['request'] = async (options) => {
    try {
      const answer: unknown = await http.request(options);
      tell(whyNoAddress(answer));
      return answer as never;
    } catch (error) {
      tell(whyUnasked(error));
      throw error;
    }
  };
  return { ...http, request };
}
