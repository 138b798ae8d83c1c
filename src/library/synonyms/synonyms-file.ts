import type { FileSource, PendingUpload, FileDestination } from '../files/types.ts';
import type { Branch } from '../../people/roster/types.ts';
import { synonymNames } from '../formats/document-kinds.ts';
import type { ReadSynonymList } from './read-synonym-list.ts';
import type { KeptSynonymList, SynonymListPreview } from '../types.ts';
import type { StoredSynonymLists } from './stored-synonym-lists.ts';

type Read = ReadSynonymList & { title: string };

/** A list of synonyms, known by its name alone. */
export const synonymsSource: FileSource = {
  kind: 'synonyms',
  claims: { name: synonymNames },
  reader: new URL('./synonyms-reader.ts', import.meta.url),
  form: 1,
};

/** How lists of synonyms are shown and stored. */
export function createSynonymsFile(lists: StoredSynonymLists) {
  return {
    async preview(
      { groups, faults }: Read,
      held: PendingUpload,
      branches: Branch[],
    ): Promise<SynonymListPreview> {
      const { upload, name, until, hash } = held;
      const places: SynonymListPreview['places'] = [];
      for (const { id, name: called } of branches) {
        const before = await lists.find(id);
        const already = before ? (before.hash === hash ? 'same' : 'older') : 'none';
        places.push({ branch: { id, name: called }, already });
      }
      return { upload, name, until, groups, faults, places };
    },

    async keep(
      { groups, text }: Read,
      { branch, hash }: FileDestination,
    ): Promise<KeptSynonymList> {
      const how = await lists.put({ branch: branch.id, text, hash });
      return { branch, groups: groups.length, how };
    },
  };
}
