import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from '../../base/errors.ts';
import { largestFile } from '../files/claims.ts';
import { sha256 } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import { isGone } from './scan.ts';
import { readSynonymList } from '../synonyms/read-synonym-list.ts';
import type { HashedFile } from './rules.ts';
import type { NotTaken } from '../types.ts';
import type { StoredSynonymLists } from '../synonyms/stored-synonym-lists.ts';

interface SharedSynonymsNeeds {
  lists: StoredSynonymLists;
  log: Log;
  folder: string;
}

/** The list of synonyms for all branches: the synonym files of the folder, one after another. */
export function createSharedSynonyms({ lists, log, folder }: SharedSynonymsNeeds) {
  const failed = new Set<string>();
  const keyOf = ({ path: name, hash }: HashedFile) => `${hash} ${name}`;

  async function textOf(file: HashedFile): Promise<string | NotTaken> {
    try {
      if (file.hash.endsWith(' bytes'))
        throw new Refusal('FILE_TOO_BIG', { limit: largestFile / 1024 / 1024 });
      const bytes = await readFile(path.join(folder, file.path));
      const { text, faults } = readSynonymList(file.path, bytes);
      const lines = faults.map(({ line }) => line);
      if (lines.length > 0)
        log.warn({ path: file.path, lines }, 'lines of a list of synonyms could not be read');
      return text;
    } catch (error) {
      // It is gone; the next scan leaves it out.
      if (isGone(error)) return '';
      failed.add(keyOf(file));
      const why = error instanceof Refusal ? { code: error.code, facts: error.facts } : undefined;
      const reason = why ? { code: why.code } : { err: error };
      log.warn({ path: file.path, ...reason }, 'a list of synonyms could not be read');
      return { path: file.path, hash: file.hash, why };
    }
  }

  return {
    /**
     * Brings the list in step with the files that lie there now and returns those that were refused. With
     * `mayRemove` false a list whose files are gone stays.
     */
    async sync(found: HashedFile[], { mayRemove }: { mayRemove: boolean }): Promise<NotTaken[]> {
      const files = found.filter((file) => !failed.has(keyOf(file)));
      if (files.length === 0) {
        const isGone = found.length === 0 && mayRemove && (await lists.removeShared());
        if (isGone) log.info('the shared list of synonyms removed');
        return [];
      }
      const hash = sha256(files.map(keyOf).join('\n'));
      if ((await lists.find())?.hash === hash) return [];
      const read: (string | NotTaken)[] = [];
      for (const file of files) read.push(await textOf(file));
      const texts = read.filter((each) => typeof each === 'string');
      const refused = read.filter((each) => typeof each !== 'string');
      // The second run leaves out what was refused, and takes the rest.
      if (refused.length > 0) return [...refused, ...(await this.sync(found, { mayRemove }))];
      await lists.put({ text: texts.join('\n'), hash });
      log.info({ files: files.length }, 'shared list of synonyms in step');
      return [];
    },
  };
}
