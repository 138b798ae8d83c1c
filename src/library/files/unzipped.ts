import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { Refusal } from '../../base/errors.ts';

/** So much may a packed office file hold when it is unpacked: far more than any that people write. */
const mostBytes = 100 * 1024 * 1024;
const mostEntries = 5_000;

/**
 * Unpacks an office file and gives those parts back whose names are like this. Refuses what unpacks to more
 * than its readers should hold, in parts that are not asked for too: the sizes that a zip declares are not believed.
 */
export async function unzipped(
  bytes: Uint8Array,
  like: RegExp,
  limit = mostBytes,
): Promise<Map<string, Buffer>> {
  try {
    return await partsOf(bytes, like, limit);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('FILE_DAMAGED', {}, { cause: error });
  }
}

async function partsOf(bytes: Uint8Array, like: RegExp, limit: number) {
  // Names are compared and never become paths, and sizes are measured: neither is a reason to refuse.
  const options = { decodeStrings: false, validateEntrySizes: false };
  const zip = await yauzl.fromBufferPromise(withoutTail(bytes), options);
  if (zip.entryCount > mostEntries) throw new Refusal('FILE_TOO_HEAVY');
  const parts = new Map<string, Buffer>();
  let left = limit;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new Refusal('FILE_LOCKED');
    const name = entry.fileNameRaw.toString('utf8');
    const content = await zip.openReadStreamPromise(entry);
    const part = await contentOf(content, left, like.test(name));
    left -= part.size;
    if (like.test(name)) parts.set(name, Buffer.concat(part.chunks));
  }
  return parts;
}

async function contentOf(content: Readable, most: number, isKept: boolean) {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new Refusal('FILE_TOO_HEAVY');
    if (isKept) chunks.push(chunk);
  }
  return { chunks, size };
}

/** A zip ends with its directory; what some disks and gateways put after it is not read. */
function withoutTail(bytes: Uint8Array): Buffer {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const isWhole = end >= 0 && end + 22 <= zip.length;
  return isWhole ? zip.subarray(0, end + 22 + zip.readUInt16LE(end + 20)) : zip;
}
