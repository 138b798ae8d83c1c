import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflateSync, inflate } from 'node:zlib';
import { Refusal } from '../../base/errors.ts';

/** More than this is not kept of one file: several times what the largest one that people write comes to. */
const largestPacked = 32 * 1024 * 1024;

/** What was read, as it lies in the database until it is confirmed. Refuses what would be too much. */
export function pack(read: unknown): Uint8Array {
  const packed = deflateSync(serialize(read), { level: 1 });
  if (packed.length > largestPacked) throw new Refusal('FILE_TOO_HEAVY');
  return new Uint8Array(packed);
}

/** The same again; undefined where another program, or another Node, had packed it otherwise. */
export async function unpack(packed: Uint8Array): Promise<unknown> {
  try {
    return deserialize(await promisify(inflate)(packed));
  } catch {
    return undefined;
  }
}
