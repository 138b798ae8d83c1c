import { localDay, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { BranchId, DocumentId } from '../../base/ids.ts';
import type { Branch, BranchScope } from '../../people/roster/types.ts';
import type { EditionKind, ListedDocument } from '../types.ts';
import { standingOf } from './rules.ts';

export interface ListedDocumentsNeeds {
  db: Db;
  clock: Clock;
  zone: string;
}

interface Row extends Omit<ListedDocument, 'standing' | 'edition' | 'branch'> {
  branch: BranchId | null;
  state: string;
  day: string | null;
  kind: EditionKind | null;
  from: string | null;
  to: string | null;
  superseded: string | null;
}

const rowsOf = `
  select d.id, d.branch_id as branch, d.title, d.source, d.passage_count as passages, d.committee, d.state,
    d.edition_on::text as day, d.edition_kind as kind, d.valid_from::text as "from", d.valid_to::text as to,
    d.superseded_on::text as superseded,
    (select count(*)::int from document o where o.branch_id = d.branch_id and o.title = d.title
      and o.replaced_by_id is not null) as older,
    (select coalesce(jsonb_agg(jsonb_build_object('group', c.name, 'read', y.position) order by c.bound_at), '[]')
      from daily y join chat c on c.id = y.chat_id where y.branch_id = d.branch_id and y.next_at is not null
      and (y.document_id = d.id or y.title = d.title)) as readings
  from document d where d.replaced_by_id is null`;

/** Reads documents with what their secretaries see of them: edition, standing, older editions, daily readings. */
export function createListedDocuments({ db, clock, zone }: ListedDocumentsNeeds) {
  const byTitle = new Intl.Collator('zh', { numeric: true });
  const today = () => localDay(clock.now(), zone);

  function listed(row: Row, branches: readonly Branch[]): ListedDocument {
    const { branch: id, state, day, kind, from, to, superseded, ...rest } = row;
    const edition = {
      ...(day && kind && { edition: { day, kind } }),
      ...(from && { from }),
      ...(to && { to }),
    };
    const standing = standingOf({ state, from, to, superseded }, today());
    return { ...rest, edition, standing, branch: branches.find((each) => each.id === id) };
  }

  return {
    today,

    /** The documents of these branches, by title. */
    async ofBranches({ branches, ids }: BranchScope): Promise<ListedDocument[]> {
      const rows = await db.sql<Row>(`${rowsOf} and d.branch_id = any($1::int[])`, ids);
      return rows
        .map((row) => listed(row, branches))
        .sort((one, other) => byTitle.compare(one.title, other.title));
    },

    /** The documents that all branches share: their number, and some whose title contains `search`. */
    async shared(search: string | undefined) {
      const rows = await db.sql<Row>(
        `${rowsOf} and d.branch_id is null and $1 <> '' and position(lower($1) in lower(d.title)) > 0
         order by length(d.title), d.id limit 5`,
        search ?? '',
      );
      const where = { branchId: null, replacedById: null };
      const total = await db.client.document.count({ where });
      return { total, documents: rows.map((row) => listed(row, [])) };
    },

    /** A branch's document by its id, with its branch as `branchOf` tells it; undefined where there is none. */
    async byId(
      document: DocumentId,
      branchOf: (id: BranchId) => Branch,
    ): Promise<ListedDocument | undefined> {
      const [row] = await db.sql<Row>(`${rowsOf} and d.id = $1::int`, document);
      return row?.branch ? listed(row, [branchOf(row.branch)]) : undefined;
    },
  };
}
export type ListedDocuments = ReturnType<typeof createListedDocuments>;
