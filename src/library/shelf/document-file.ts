import { linkedNamePattern } from '../files/linked-document.ts';
import type { FileSource, PendingUpload, FileDestination } from '../files/types.ts';
import type { Branch } from '../../people/roster/types.ts';
import { documentEndings } from '../formats/document-kinds.ts';
import type { DependentsLookup } from './dependents.ts';
import type { Shelf } from './shelf.ts';
import type { DocumentPreview, ReadPassages, ShelvedDocument } from '../types.ts';

/** A study document, known by how its name ends. */
export const documentSource: FileSource = {
  kind: 'document',
  claims: { endings: documentEndings },
  reader: new URL('../articles/document-reader.ts', import.meta.url),
  form: 1,
};

/** A document of the platform, which was fetched by its link. */
export const linkedSource: FileSource = {
  kind: 'linked',
  claims: { link: linkedNamePattern },
  reader: new URL('../articles/linked-document-reader.ts', import.meta.url),
  form: 1,
};

/** How study documents are shown and stored, whichever way they came. */
export function createDocumentFile({
  shelf,
  dependents,
}: {
  shelf: Shelf;
  dependents: DependentsLookup;
}) {
  return {
    async preview(
      read: ReadPassages,
      held: PendingUpload,
      branches: Branch[],
    ): Promise<DocumentPreview> {
      const { upload, name, hash, until } = held;
      const { title, passages, lost, edition } = read;
      const places: DocumentPreview['places'] = [];
      for (const { id, name: called } of branches) {
        const already = await shelf.already(id, title, hash);
        const [found] = already === 'older' ? await dependents.of({ title, branch: id }) : [];
        places.push({ branch: { id, name: called }, already, dependents: found });
      }
      const headings = [...new Set(passages.map(({ heading }) => heading).filter(Boolean))];
      const what = { title, passages: passages.length, headings: headings.slice(0, 6) };
      const opening = passages[0]?.text ?? '';
      return { upload, name, until, ...what, opening, lost, edition, places };
    },

    async keep(
      read: ReadPassages,
      { branch, ...place }: FileDestination,
    ): Promise<ShelvedDocument> {
      const { title, edition, passages } = read;
      const { committee } = place;
      const shelving = { branch: branch.id, title, edition, ...place };
      const { how, before } = await shelf.put(shelving, read);
      const replaced = before && { title, branch: branch.id, document: before.id };
      const [found] = replaced ? await dependents.of(replaced) : [];
      const shelved = { branch, title, passages: passages.length, how, committee, edition };
      return { ...shelved, dependents: found };
    },
  };
}
