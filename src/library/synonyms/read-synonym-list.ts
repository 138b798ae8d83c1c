import { confidentialIn, confidentialName, stopConfidential } from '../confidential/rules.ts';
import { Refusal } from '../../base/errors.ts';
import { decode } from '../files/decode.ts';
import { readSynonyms } from '../../answers/words/synonyms.ts';
import type { ReadSynonyms } from '../../answers/words/types.ts';

export interface ReadSynonymList extends ReadSynonyms {
  /** As it was written, to be sent back for editing. */
  text: string;
}

/** Far more than people write by hand, in bytes and in groups. */
const largestList = 256 * 1024;
const mostGroups = 2_000;

/** A list of synonyms in a file; one with comments alone is an empty list. Refuses what is no text. */
export function readSynonymList(name: string, bytes: Uint8Array): ReadSynonymList {
  if (bytes.length === 0) throw new Refusal('FILE_EMPTY');
  if (bytes.length > largestList) throw new Refusal('SYNONYMS_TOO_LONG', { limit: mostGroups });
  const { text } = decode(bytes);
  stopConfidential(confidentialName(name) ?? confidentialIn(text, 'document'), 'FILE');
  const read = readSynonyms(text);
  if (read.groups.length > mostGroups)
    throw new Refusal('SYNONYMS_TOO_LONG', { limit: mostGroups });
  return { ...read, text };
}
