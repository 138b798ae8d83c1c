import { localDay, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, DocumentId } from '../../base/ids.ts';
import type { Branch, BranchScope, SecretaryScope } from '../../people/roster/types.ts';
import type { DependentsLookup } from './dependents.ts';
import { documentsMeant, standingOf } from './rules.ts';
import { withOlder } from './shelf.ts';
import type {
  BranchSynonyms,
  Catalogue,
  ChangedDocument,
  EditionKind,
  ListedDocument,
  ImportProgress,
} from '../types.ts';
import type { StoredSynonymLists } from '../synonyms/stored-synonym-lists.ts';

interface CatalogueNeeds {
  db: Db;
  clock: Clock;
  zone: string;
  dependents: DependentsLookup;
  lists: StoredSynonymLists;
  progress: () => ImportProgress;
}
type Change = 'retire' | 'restore';

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

/** A branch's documents as its secretaries see and keep them. Nobody else changes anything here. */
export function createCatalogue(needs: CatalogueNeeds) {
  const { db, clock, zone, dependents, lists, progress } = needs;
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

  async function ofBranches({ branches, ids }: BranchScope): Promise<ListedDocument[]> {
    const rows = await db.sql<Row>(`${rowsOf} and d.branch_id = any($1::int[])`, ids);
    return rows
      .map((row) => listed(row, branches))
      .sort((one, other) => byTitle.compare(one.title, other.title));
  }

  /** The documents that all share: how many there are, and those whose title has this in it. */
  async function shared(search: string | undefined) {
    const rows = await db.sql<Row>(
      `${rowsOf} and d.branch_id is null and $1 <> '' and position(lower($1) in lower(d.title)) > 0
       order by length(d.title), d.id limit 5`,
      search ?? '',
    );
    const where = { branchId: null, replacedById: null };
    const total = await db.client.document.count({ where });
    return { total, documents: rows.map((row) => listed(row, [])) };
  }

  async function find(scope: BranchScope, which: string): Promise<ListedDocument> {
    const found = documentsMeant(await ofBranches(scope), which);
    if (found.length === 1 && found[0]) return found[0];
    if (found.length > 1) {
      const titles = found.slice(0, 5).map(({ id, title }) => `${id} ${title}`);
      throw new Refusal('DOCS_AMBIGUOUS', { said: which, titles: titles.join('\n') });
    }
    const others = (await shared(which)).documents;
    throw new Refusal(others.length > 0 ? 'DOCS_SHARED' : 'DOCS_UNKNOWN', { said: which });
  }

  /**
   * With those that answer until it holds. The row decides who was first: a second time changes nothing, and
   * says so.
   */
  async function set(document: ListedDocument, change: Change): Promise<ChangedDocument> {
    const [state, before] = change === 'retire' ? ['retired', 'current'] : ['current', 'retired'];
    const rows = await db.sql(
      `${withOlder} update document set state = $2 where id in (select id from older) and state = $3
         and (replaced_by_id is null or superseded_on > $4::date) returning id`,
      ...[document.id, state, before, today()],
    );
    const { id, title, branch } = document;
    const about = { document: id, title, branch: branch?.id };
    const [found] = change === 'retire' && branch ? await dependents.of(about) : [];
    const how = rows.length > 0 ? 'done' : 'before';
    return { document, change, how, dependents: found };
  }

  return {
    /** The documents of these branches, those with `search` in title or file name. */
    async list(scope: BranchScope, search?: string): Promise<Catalogue> {
      const { branches } = scope;
      const all = await ofBranches(scope);
      const documents = search === undefined ? all : documentsMeant(all, search);
      const { running, done, total } = progress();
      const importing = running ? { done, total } : undefined;
      return { search, branches, documents, shared: await shared(search), importing };
    },

    /** The lists of synonyms of these branches, to be edited. */
    async synonyms({ branches }: BranchScope): Promise<BranchSynonyms[]> {
      const all: BranchSynonyms[] = [];
      for (const branch of branches) all.push({ branch, ...(await lists.toEdit(branch.id)) });
      return all;
    },

    /** Retires a document or brings it back, by (a part of) its title or its number; its answers follow at once. */
    change: (scope: SecretaryScope, which: string, change: Change): Promise<ChangedDocument> =>
      db.atomic(async () => set(await find(scope, which), change)),

    /** The same for a document on a card. */
    changeById: (
      scope: SecretaryScope,
      document: DocumentId,
      change: Change,
    ): Promise<ChangedDocument> =>
      db.atomic(async () => {
        const [row] = await db.sql<Row>(`${rowsOf} and d.id = $1::int`, document);
        if (!row?.branch) throw new Refusal('DOCS_UNKNOWN');
        return set(listed(row, [scope.require(row.branch)]), change);
      }),
  };
}
export type DocumentCatalogue = ReturnType<typeof createCatalogue>;
