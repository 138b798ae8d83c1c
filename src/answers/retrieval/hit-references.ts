import type { Db } from '../../database/db.ts';
import type { DocumentId } from '../../base/ids.ts';
import { editionColumn } from './candidates.ts';
import { mayAnswer, scopeValues } from './permission.ts';
import type { EditionOf, Hit, Scope, HitReference } from './types.ts';

/** What is kept of a hit to load it again without searching. */
export const referenceTo = ({ passage, score, confidence, band, quote }: Hit): HitReference => ({
  ...{ passage, score, confidence, band, quote },
});

interface Row extends Pick<Hit, 'passage' | 'heading' | 'text'> {
  id: DocumentId;
  title: string;
  edition: EditionOf | null;
}

/** The hits of these references in their order, as far as their documents may still answer. */
export async function hitsOfReferences(
  db: Db,
  references: readonly HitReference[],
  scope: Scope,
): Promise<Hit[]> {
  const rows = await db.sql<Row>(
    `select p.id as passage, d.id, d.title, p.heading, p.text, ${editionColumn} as edition
     from passage p join document d on d.id = p.document_id
     where p.id = any($4::int[]) and ${mayAnswer('$1', '$2', '$3')}`,
    ...scopeValues(scope),
    references.map(({ passage }) => passage),
  );
  const byPassage = new Map(rows.map((row) => [row.passage, row]));
  return references.flatMap((reference) => {
    const row = byPassage.get(reference.passage);
    if (!row) return [];
    const { id, title, edition, heading, text } = row;
    return [{ ...reference, document: { id, title, ...(edition && { edition }) }, heading, text }];
  });
}
