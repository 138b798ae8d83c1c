import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** The app's own secrets, as its console page would show them. */
export interface AppKeys {
  id: string;
  secret: string;
  encryptKey: string;
  verificationToken: string;
}

/** `payload` as the platform encrypts it: AES-256-CBC under the hash of the key, the IV in front. */
export function encrypted(payload: unknown, encryptKey: string): string {
  const key = createHash('sha256').update(encryptKey).digest();
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const text = cipher.update(JSON.stringify(payload), 'utf8');
  const encrypt = Buffer.concat([iv, text, cipher.final()]).toString('base64');
  return JSON.stringify({ encrypt });
}

/** The headers that prove `body` comes from the platform. */
export function signed(body: string, encryptKey: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = createHash('sha256')
    .update(timestamp + nonce + encryptKey + body)
    .digest('hex');
  return {
    'Content-Type': 'application/json;charset=utf-8',
    'X-Lark-Request-Timestamp': timestamp,
    'X-Lark-Request-Nonce': nonce,
    'X-Lark-Signature': signature,
  };
}

/** A body as it goes over the wire, with its proof. */
export interface Sealed {
  /** What is inside, as it goes over a long connection. */
  plain: string;
  body: string;
  headers: Record<string, string>;
}
