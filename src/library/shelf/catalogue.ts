import type { BranchScope } from '../../people/roster/types.ts';
import type { Catalogue, ImportProgress } from '../types.ts';
import type { ListedDocuments } from './listed-documents.ts';
import { documentsMeant } from './rules.ts';

interface CatalogueNeeds {
  documents: ListedDocuments;
  progress: () => ImportProgress;
}

/** The documents of branches, as their secretaries see them. */
export function createCatalogue({ documents, progress }: CatalogueNeeds) {
  return {
    /** The documents of these branches; with `search` those whose title or file name contains it. */
    async list(scope: BranchScope, search?: string): Promise<Catalogue> {
      const { branches } = scope;
      const all = await documents.ofBranches(scope);
      const found = search === undefined ? all : documentsMeant(all, search);
      const { running, done, total } = progress();
      const importing = running ? { done, total } : undefined;
      const shared = await documents.shared(search);
      return { search, branches, documents: found, shared, importing };
    },
  };
}
