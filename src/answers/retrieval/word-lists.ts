import type { Db } from '../../database/db.ts';
import type { BranchId } from '../../base/ids.ts';
import { defaultSynonyms } from '../words/default-synonyms.ts';
import { everydayWords } from '../words/everyday-words.ts';
import { readSynonyms, wordListOf, type WordList } from '../words/synonyms.ts';

/** The stamps of the lists that stand in the database, by branch; under `0` the one of all. */
export type Stamps = Readonly<Record<string, string>>;

/**
 * Which stamps count for a search, as a column: it travels with the passages, so that a question asks for
 * nothing more as long as no list changes. `branches` says where their ids stand, such as `$4`.
 */
export const stampsFor = (branches: string): string => `
  (select coalesce(jsonb_object_agg(coalesce(branch_id, 0), hash), '{}') from synonym_list
   where branch_id is null or branch_id = any(${branches}::int[]))`;

const shipped = wordListOf(readSynonyms(defaultSynonyms + everydayWords).groups);
const ofAll = 0;

/** The lists of synonyms as this process last saw them; `isStale` tells when a search was made with old ones. */
export function createWordLists(db: Db) {
  const seen = new Map<number, { hash: string; list: WordList }>();
  const keysOf = (branches: readonly BranchId[]): number[] => [ofAll, ...branches];

  return {
    /** What counts for people of these branches: the shipped list, that of all, and their branches' own. */
    for: (branches: readonly BranchId[]): WordList[] => [
      shipped,
      ...keysOf(branches).flatMap((key) => seen.get(key)?.list ?? []),
    ],

    isStale: (branches: readonly BranchId[], stamps: Stamps): boolean =>
      keysOf(branches).some((key) => seen.get(key)?.hash !== stamps[key]),

    async refresh(branches: readonly BranchId[]): Promise<void> {
      const rows = await db.sql<{ key: number; hash: string; text: string }>(
        `select coalesce(branch_id, 0) as key, hash, text from synonym_list
         where branch_id is null or branch_id = any($1::int[])`,
        [...branches],
      );
      for (const key of keysOf(branches)) seen.delete(key);
      for (const { key, hash, text } of rows)
        seen.set(key, { hash, list: wordListOf(readSynonyms(text).groups) });
    },
  };
}
