import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { DocumentId } from '../../base/ids.ts';
import type { BranchScope, SecretaryScope } from '../../people/roster/types.ts';
import type { ChangedDocument, ListedDocument } from '../types.ts';
import type { DependentsLookup } from './dependents.ts';
import type { ListedDocuments } from './listed-documents.ts';
import { documentsMeant } from './rules.ts';
import { withOlder } from './superseding.ts';

interface RetirementNeeds {
  db: Db;
  documents: ListedDocuments;
  dependents: DependentsLookup;
}
type Change = ChangedDocument['change'];

/** Lets secretaries retire documents of their branch, which then do not answer, and restore them. */
export function createRetirement({ db, documents, dependents }: RetirementNeeds) {
  async function find(scope: BranchScope, which: string): Promise<ListedDocument> {
    const found = documentsMeant(await documents.ofBranches(scope), which);
    if (found.length === 1 && found[0]) return found[0];
    if (found.length > 1) {
      const titles = found.slice(0, 5).map(({ id, title }) => `${id} ${title}`);
      throw new Refusal('DOCS_AMBIGUOUS', { said: which, titles: titles.join('\n') });
    }
    const others = (await documents.shared(which)).documents;
    throw new Refusal(others.length > 0 ? 'DOCS_SHARED' : 'DOCS_UNKNOWN', { said: which });
  }

  /**
   * Retires or restores a document together with older ones that answer until it comes into force. A second
   * request changes nothing and says so.
   */
  async function apply(document: ListedDocument, change: Change): Promise<ChangedDocument> {
    const [state, before] = change === 'retire' ? ['retired', 'current'] : ['current', 'retired'];
    const rows = await db.sql(
      `${withOlder} update document set state = $2 where id in (select id from older) and state = $3
         and (replaced_by_id is null or superseded_on > $4::date) returning id`,
      ...[document.id, state, before, documents.today()],
    );
    const { id, title, branch } = document;
    const about = { document: id, title, branch: branch?.id };
    const [found] = change === 'retire' && branch ? await dependents.of(about) : [];
    const how = rows.length > 0 ? 'done' : 'before';
    return { document, change, how, dependents: found };
  }

  return {
    /** Retires or restores a document, by its number, its title or a part of it. Answers follow at once. */
    change: (scope: SecretaryScope, which: string, change: Change): Promise<ChangedDocument> =>
      db.atomic(async () => apply(await find(scope, which), change)),

    /** The same for a document on a card. */
    changeById: (scope: SecretaryScope, id: DocumentId, change: Change): Promise<ChangedDocument> =>
      db.atomic(async () => {
        const document = await documents.byId(id, (branch) => scope.require(branch));
        if (!document) throw new Refusal('DOCS_UNKNOWN');
        return apply(document, change);
      }),
  };
}
