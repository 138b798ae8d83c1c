import { PlatformFault } from './platform-fault.ts';

/** One request of the app to the Open API, the path without `/open-apis`. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: Uint8Array;
}
export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

/** A route's own work: gives what stands in `data`, or the bytes of a download, or throws a fault. */
export type Work = (call: Call, id: string, key: string) => unknown;
export interface Route {
  method: string;
  /** `:id` and `:key` are handed to the work. */
  path: string;
  work: Work;
  /** The answer as it is, not under `data`. */
  bare?: true;
  /** Not counted among the calls of a second or a minute. */
  uncounted?: true;
  /** Asked for without a token. */
  open?: true;
}
export interface Download {
  bytes: Uint8Array;
  name: string;
}

/** The JSON object in the body of `call`, or the platform's complaint. */
export function jsonBody(call: Call): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(Buffer.from(call.body).toString('utf8'));
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new PlatformFault(9499, 'Bad Request');
}
