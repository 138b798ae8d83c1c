import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Equal, in a time that tells nothing about where two secrets differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

/** The platform's signature over the raw bytes: a plain SHA-256 over timestamp, nonce, key and body. */
export function isSigned(
  raw: Uint8Array,
  { timestamp, nonce, signature }: { timestamp: string; nonce: string; signature: string },
  encryptKey: string,
): boolean {
  const expected = sha256(timestamp, nonce, encryptKey, raw).toString('hex');
  return isSameSecret(expected, signature.toLowerCase());
}

/** Opens `{"encrypt": …}`: AES-256-CBC, the key is the hash of the encrypt key, the first block the IV. Throws. */
export function decrypt(sealed: string, encryptKey: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', sha256(encryptKey), bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
}
