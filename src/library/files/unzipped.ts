import { inflateRawSync } from 'node:zlib';
import { Refusal } from '../../base/errors.ts';

/** So much may a packed office file hold when it is unpacked: far more than any that people write. */
const mostBytes = 100 * 1024 * 1024;
const mostEntries = 5_000;

/**
 * Refuses a zip that unpacks to more than its readers should hold. The sizes it declares are not
 * believed: each part is unpacked once, as far as the limit allows.
 */
export function checkUnzipped(bytes: Uint8Array, limit = mostBytes): void {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = limit;
  for (const entry of entriesOf(zip)) left -= unpackedSize(zip, entry, left);
}

/** The text of the parts of an office file whose names are like this. */
export function unzippedParts(bytes: Uint8Array, like: RegExp): string[] {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wanted = entriesOf(zip).filter(({ name }) => like.test(name));
  return wanted.map((entry) => contentOf(zip, entry, mostBytes).toString('utf8'));
}

interface Entry {
  name: string;
  method: number;
  size: number;
  offset: number;
}

/** The entries of the central directory, which is what readers go by. */
function entriesOf(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > zip.length) throw new Refusal('FILE_DAMAGED');
  const count = zip.readUInt16LE(end + 10);
  if (count > mostEntries) throw new Refusal('FILE_TOO_HEAVY');
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50)
      throw new Refusal('FILE_DAMAGED');
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    entries.push({ name, method, size, offset: zip.readUInt32LE(at + 42) });
    const after = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    at += after.reduce((sum, length) => sum + length, 46);
  }
  return entries;
}

const unpackedSize = (zip: Buffer, entry: Entry, left: number): number =>
  contentOf(zip, entry, left).length;

function contentOf(zip: Buffer, { method, size, offset }: Entry, left: number): Buffer {
  if (offset + 30 > zip.length) throw new Refusal('FILE_DAMAGED');
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const packed = zip.subarray(start, start + size);
  if (method === 0 && packed.length <= left) return packed;
  if (method !== 8 || left <= 0) throw new Refusal('FILE_TOO_HEAVY');
  try {
    return inflateRawSync(packed, { maxOutputLength: left });
  } catch (error) {
    const isTooMuch = error instanceof RangeError;
    throw new Refusal(isTooMuch ? 'FILE_TOO_HEAVY' : 'FILE_DAMAGED', {}, { cause: error });
  }
}
