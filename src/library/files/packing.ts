import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflateSync, inflate } from 'node:zlib';
import { Refusal } from '../../base/errors.ts';

/** The most that is stored of one file, in bytes: several times the size of the largest real file. */
const largestPacked = 32 * 1024 * 1024;

/** Packs what was read, for the database. Refuses what is too large. */
export function pack(read: unknown): Uint8Array {
  const packed = deflateSync(serialize(read), { level: 1 });
  if (packed.length > largestPacked) throw new Refusal('FILE_TOO_HEAVY');
  return new Uint8Array(packed);
}

/** Unpacks it; undefined where another version of the program or of Node packed it differently. */
export async function unpack(packed: Uint8Array): Promise<unknown> {
  try {
    return deserialize(await promisify(inflate)(packed));
  } catch {
    return undefined;
  }
}
