import { createHash } from 'node:crypto';

/** SHA-256 as 64 hexadecimal digits: the same bytes, or the same text in UTF-8, are known again by it. */
export const sha256 = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex');
