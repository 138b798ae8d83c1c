import { Refusal } from '../../base/errors.ts';

const mark = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encrypted = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * A password puts an office file into the container of the old formats: refused as locked. What merely bears
 * the new name is refused as of the old kind.
 */
export function stopOldContainer(bytes: Uint8Array, kind: '.doc' | '.xls'): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, mark.length).equals(mark)) return;
  if (file.includes(encrypted)) throw new Refusal('FILE_LOCKED');
  throw new Refusal('FILE_OLD_KIND', { kind });
}
