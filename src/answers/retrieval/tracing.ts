import type { Db } from '../../database/db.ts';
import type { DocumentId } from '../../base/ids.ts';
import { editionColumn } from './find.ts';
import { mayAnswer, scopeValues } from './permission.ts';
import type { EditionOf, Hit, Scope, Trace } from './types.ts';

/** What is needed to have a hit again without searching. */
export const traceOf = ({ passage, score, confidence, band, quote }: Hit): Trace => ({
  ...{ passage, score, confidence, band, quote },
});

interface Row extends Pick<Hit, 'passage' | 'heading' | 'text'> {
  id: DocumentId;
  title: string;
  edition: EditionOf | null;
}

/** The hits of these traces in their order, of those whose documents still may answer. */
export async function hitsOf(db: Db, traces: readonly Trace[], scope: Scope): Promise<Hit[]> {
  const rows = await db.sql<Row>(
    `select p.id as passage, d.id, d.title, p.heading, p.text, ${editionColumn} as edition
     from passage p join document d on d.id = p.document_id
     where p.id = any($4::int[]) and ${mayAnswer('$1', '$2', '$3')}`,
    ...scopeValues(scope),
    traces.map(({ passage }) => passage),
  );
  const byPassage = new Map(rows.map((row) => [row.passage, row]));
  return traces.flatMap((trace) => {
    const row = byPassage.get(trace.passage);
    if (!row) return [];
    const { id, title, edition, heading, text } = row;
    return [{ ...trace, document: { id, title, ...(edition && { edition }) }, heading, text }];
  });
}
