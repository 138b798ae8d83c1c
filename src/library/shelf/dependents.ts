import type { Db } from '../../database/db.ts';
import type { BranchId, DocumentId } from '../../base/ids.ts';
import type { Branch } from '../../people/roster/types.ts';
import { restsOn } from '../rules.ts';
import type { Resting } from '../types.ts';

/** A text that gives way to another, or to nothing. */
interface Given {
  title: string;
  document?: DocumentId;
  /** Of this branch alone; without it, of all. */
  branch?: BranchId;
}
interface Source {
  branch: BranchId;
  name: string;
  source: string;
  count: number;
  first: string;
}

const shown = 5;

/** What rests on a document, so that a secretary can look at it when its text changes. */
export function createResting(db: Db) {
  const sources = ({ branch }: Given) =>
    db.sql<Source>(
      `select b.id as branch, b.name, q.source, count(*)::int as count, min(q.text) as first
       from question q join branch b on b.id = q.branch_id
       where q.source <> '' and ($1::int is null or b.id = $1) group by b.id, q.source order by q.source`,
      branch ?? null,
    );

  const readings = ({ title, document, branch }: Given) =>
    db.sql<{ branch: BranchId; name: string; group: string }>(
      `select b.id as branch, b.name, c.name as group
       from daily d join chat c on c.id = d.chat_id join branch b on b.id = d.branch_id
       where d.next_at is not null and (d.title = $1 or d.document_id = $2)
         and ($3::int is null or b.id = $3) order by c.bound_at, c.id`,
      title,
      document ?? null,
      branch ?? null,
    );

  const standards = ({ title, document, branch }: Given) =>
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
     * By branch: questions whose source names the document, daily readings of it, and standard answers that
     * quote it; none without any.
     */
    async on(given: Given): Promise<Resting[]> {
      const found = new Map<BranchId, Resting>();
      const of = (branch: Branch) => {
        const resting = found.get(branch.id) ?? {
          branch,
          questions: 0,
          some: [],
          readings: [],
          standards: [],
        };
        found.set(branch.id, resting);
        return resting;
      };
      for (const { branch: id, name, source, count, first } of await sources(given)) {
        if (!restsOn(source, given.title)) continue;
        const resting = of({ id, name });
        resting.questions += count;
        if (resting.some.length < shown) resting.some.push(first);
      }
      for (const { branch: id, name, group } of await readings(given))
        of({ id, name }).readings.push(group);
      for (const { branch: id, name, question } of await standards(given))
        of({ id, name }).standards.push(question);
      return [...found.values()];
    },
  };
}
export type RestingOn = ReturnType<typeof createResting>;
