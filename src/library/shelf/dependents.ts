import type { Db } from '../../database/db.ts';
import type { BranchId, DocumentId } from '../../base/ids.ts';
import type { Branch } from '../../people/roster/types.ts';
import { namesDocument } from './rules.ts';
import type { Dependents } from '../types.ts';

/** A document whose text is replaced or retired. */
interface ReplacedText {
  title: string;
  document?: DocumentId;
  /** The branch it belongs to; undefined where all branches share it. */
  branch?: BranchId;
}
interface CitedSource {
  branch: BranchId;
  name: string;
  source: string;
  count: number;
  first: string;
}

const mostExamples = 5;

/** Finds what depends on a document, so that a secretary can check it when the text changes. */
export function createDependentsLookup(db: Db) {
  const citedSources = ({ branch }: ReplacedText) =>
    db.sql<CitedSource>(
      `select b.id as branch, b.name, q.source, count(*)::int as count, min(q.text) as first
       from question q join branch b on b.id = q.branch_id
       where q.source <> '' and ($1::int is null or b.id = $1) group by b.id, q.source order by q.source`,
      branch ?? null,
    );

  const dailyReadings = ({ title, document, branch }: ReplacedText) =>
    db.sql<{ branch: BranchId; name: string; group: string }>(
      `select b.id as branch, b.name, c.name as group
       from daily d join chat c on c.id = d.chat_id join branch b on b.id = d.branch_id
       where d.next_at is not null and (d.title = $1 or d.document_id = $2)
         and ($3::int is null or b.id = $3) order by c.bound_at, c.id`,
      title,
      document ?? null,
      branch ?? null,
    );

  const standardAnswers = ({ title, document, branch }: ReplacedText) =>
    db.sql<{ branch: BranchId; name: string; question: string }>(
      `select b.id as branch, b.name, s.question from standard_answer s join branch b on b.id = s.branch_id
       left join passage p on p.id = s.passage_id left join document d on d.id = p.document_id
       where s.state = 'current'
         and (d.id = $2 or (s.title = $1 and (d.id is null or ($2::int is null and d.branch_id = $3))))
         and ($3::int is null or b.id = $3) order by s.id`,
      title,
      document ?? null,
      branch ?? null,
    );

  return {
    /**
     * By branch: questions whose source names the document, daily readings of it, and standard answers which
     * quote it. Branches where nothing depends on it are left out.
     */
    async of(replaced: ReplacedText): Promise<Dependents[]> {
      const found = new Map<BranchId, Dependents>();
      const entryOf = (branch: Branch) => {
        const entry = found.get(branch.id) ?? {
          branch,
          questions: 0,
          examples: [],
          readings: [],
          standards: [],
        };
        found.set(branch.id, entry);
        return entry;
      };
      for (const { branch: id, name, source, count, first } of await citedSources(replaced)) {
        if (!namesDocument(source, replaced.title)) continue;
        const entry = entryOf({ id, name });
        entry.questions += count;
        if (entry.examples.length < mostExamples) entry.examples.push(first);
      }
      for (const { branch: id, name, group } of await dailyReadings(replaced))
        entryOf({ id, name }).readings.push(group);
      for (const { branch: id, name, question } of await standardAnswers(replaced))
        entryOf({ id, name }).standards.push(question);
      return [...found.values()];
    },
  };
}
export type DependentsLookup = ReturnType<typeof createDependentsLookup>;
