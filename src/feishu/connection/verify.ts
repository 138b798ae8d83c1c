import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { decrypt, isSameSecret, isSigned } from './crypto.ts';

export interface Secrets {
  appId: string;
  encryptKey: string;
  verificationToken: string;
}
/** The result of checking a request: the URL check, a genuine event, or the reason why it is refused. */
export type Verdict =
  | { is: 'challenge'; challenge: string }
  | { is: 'event'; event: Envelope; raw: Buffer }
  | { is: 'refused'; status: 400 | 401; why: string };

const eventId = z.string().regex(/^[\x21-\x7e]{1,200}$/);
const Header = z.object({
  event_id: eventId,
  event_type: z.string().min(1).max(200),
  create_time: z.string().optional().catch(undefined),
  // Over the long connection there may be none, and none is needed.
  token: z.string().default(''),
  app_id: z.string(),
  tenant_key: z.string().optional(),
});
const Current = z.object({
  schema: z.literal('2.0'),
  header: Header,
  event: z.record(z.string(), z.unknown()),
});
const Older = z.object({
  uuid: eventId,
  token: z.string(),
  type: z.literal('event_callback'),
  event: z
    .object({ type: z.string(), app_id: z.string().optional(), tenant_key: z.string().optional() })
    .loose(),
});
const Challenge = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().max(1000),
  // Without a token it is still a challenge, but not a genuine one.
  token: z.string().catch(''),
});
const Sealed = z.object({ encrypt: z.string() });

/** An event in one shape, whichever schema it came in. */
export interface Envelope {
  id: string;
  type: string;
  token: string;
  app: string;
  tenant?: string;
  /** When it was made, in the platform's words. */
  made?: string;
  event: Record<string, unknown>;
}

// The platform repeats for about seven hours, perhaps with its first headers; clocks differ by little.
const oldest = 8 * 3_600_000;
const ahead = 5 * 60_000;
const refused = (status: 400 | 401, why: string): Verdict => ({ is: 'refused', status, why });

/**
 * Judges one request by its raw bytes. The URL check may come unsigned, plain or encrypted, but needs the
 * token. Everything else has to be signed, fresh and encrypted, and to carry our token and app id.
 */
export function verify(
  raw: Buffer,
  headers: IncomingHttpHeaders,
  secrets: Secrets,
  now: Date,
): Verdict {
  const outer = parsed(raw);
  if (outer === undefined) return refused(400, 'not JSON');
  const sealed = Sealed.safeParse(outer).data;
  const bytes = sealed ? opened(sealed.encrypt, secrets.encryptKey) : raw;
  const inner = sealed ? bytes && parsed(bytes) : outer;
  const challenge = Challenge.safeParse(inner).data;
  if (challenge) {
    if (!isSameSecret(challenge.token, secrets.verificationToken)) return refused(401, 'token');
    return { is: 'challenge', challenge: challenge.challenge };
  }
  const isEnvelope = typeof outer === 'object' && outer !== null && !Array.isArray(outer);
  if (!isEnvelope || !(sealed || looksLikeEvent(outer))) return refused(400, 'not an event');
  const stamp = signatureOf(headers);
  if (!stamp || !isSigned(raw, stamp, secrets.encryptKey)) return refused(401, 'signature');
  const age = now.getTime() - Number(stamp.timestamp) * 1000;
  if (!(age <= oldest && age >= -ahead)) return refused(401, 'timestamp');
  if (!sealed) return refused(401, 'in the clear');
  if (!bytes || inner === undefined) return refused(401, 'decryption');
  return judged(inner, bytes, secrets);
}

function judged(inner: unknown, raw: Buffer, secrets: Secrets): Verdict {
  const event = envelopeOf(inner);
  if (!event) return refused(400, 'not an event');
  if (!isSameSecret(event.token, secrets.verificationToken)) return refused(401, 'token');
  if (event.app !== secrets.appId) return refused(401, 'app');
  return { is: 'event', event, raw };
}

const looksLikeEvent = (outer: object) => 'header' in outer || 'event' in outer;

/** Reads an opened event; undefined where it is none. */
export function envelopeOf(inner: unknown): Envelope | undefined {
  const current = Current.safeParse(inner).data;
  if (current) {
    const { event_id: id, event_type: type, app_id: app, ...rest } = current.header;
    const { token, tenant_key: tenant, create_time: made } = rest;
    return { id, type, token, app, tenant, made, event: current.event };
  }
  const older = Older.safeParse(inner).data;
  if (!older) return undefined;
  const { type, app_id: app = '', tenant_key: tenant } = older.event;
  return { id: older.uuid, type, token: older.token, app, tenant, event: older.event };
}

function signatureOf(headers: IncomingHttpHeaders) {
  const timestamp = headers['x-lark-request-timestamp'];
  const nonce = headers['x-lark-request-nonce'];
  const signature = headers['x-lark-signature'];
  if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string')
    return undefined;
  return /^\d{1,12}$/.test(timestamp) ? { timestamp, nonce, signature } : undefined;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function opened(sealed: string, encryptKey: string): Buffer | undefined {
  try {
    return decrypt(sealed, encryptKey);
  } catch {
    return undefined;
  }
}
