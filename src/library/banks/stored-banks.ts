import type { Db } from '../../database/db.ts';
import { must } from '../../base/errors.ts';
import type { BranchId } from '../../base/ids.ts';
import type { Branch } from '../../people/roster/types.ts';
import { questionHash, contentHash } from './question-hash.ts';
import type { BankQuestion, BankComparison, KeptBank, ReadBank } from '../types.ts';

/** The bank to store: a branch has one of each title. */
interface BankPlace {
  branch: Branch;
  title: string;
  source: string;
  hash: string;
}

/**
 * Question banks of branches. A branch has each question once: a later file replaces its content, and one
 * question may belong to several banks.
 */
export function createStoredBanks({ db }: { db: Db }) {
  /** The questions which the branch has already: what is asked, with the hash of the whole question. */
  async function known(branch: BranchId, asked: string[]) {
    const rows = await db.sql<{ hash: string; whole: string }>(
      `select hash, whole from question where branch_id = $1 and hash = any($2::text[])`,
      branch,
      asked,
    );
    return new Map(rows.map(({ hash, whole }) => [hash, whole]));
  }

  async function compare(branch: Branch, questions: BankQuestion[]): Promise<BankComparison> {
    const asked = questions.map(({ question }) => questionHash(question));
    const before = await known(branch.id, asked);
    const { id, name } = branch;
    const found: BankComparison = { branch: { id, name }, added: [], changed: [], same: [] };
    questions.forEach(({ row, question }, i) => {
      const whole = before.get(asked[i] ?? '');
      if (whole === undefined) found.added.push(row);
      else found[whole === contentHash(question) ? 'same' : 'changed'].push(row);
    });
    return found;
  }

  async function bankOf({ branch, title, source, hash }: BankPlace): Promise<number> {
    const [row] = await db.sql<{ id: number }>(
      `insert into question_bank (branch_id, title, source, hash) values ($1, $2, $3, $4)
       on conflict (branch_id, title) do update set source = excluded.source, hash = excluded.hash
       returning id`,
      ...[branch.id, title, source, hash],
    );
    return must(row).id;
  }

  async function store(branch: BranchId, bank: number, questions: BankQuestion[]) {
    const rows = questions.map(({ question }) => {
      return { ...question, hash: questionHash(question), whole: contentHash(question) };
    });
    const asked = [branch, JSON.stringify(rows)];
    const read = `jsonb_to_recordset($2::jsonb) as q (kind text, text text, options text[], answer int[],
      explanation text, source text, tags text[], hash text, whole text)`;
    await db.sql(
      `insert into question (branch_id, kind, text, options, answer, explanation, source, hash, whole)
       select $1, q.kind, q.text, q.options, q.answer, q.explanation, q.source, q.hash, q.whole from ${read}
       on conflict (branch_id, hash) do update set text = excluded.text, options = excluded.options,
         answer = excluded.answer, explanation = excluded.explanation, source = excluded.source,
         whole = excluded.whole where question.whole <> excluded.whole`,
      ...asked,
    );
    const here = `${read} join question k on k.branch_id = $1 and k.hash = q.hash`;
    await db.sql(`delete from question_tag t using ${here} where t.question_id = k.id`, ...asked);
    await db.sql(
      `insert into question_tag (question_id, tag)
       select distinct k.id, tag from ${here}, unnest(q.tags) tag`,
      ...asked,
    );
    await db.sql(
      `insert into bank_question (bank_id, question_id) select $3, k.id from ${here}
       on conflict do nothing`,
      ...asked,
      bank,
    );
  }

  return {
    /** What adding these questions to a branch would do. */
    compare,

    /** Adds the questions to the branch's bank of this title, which is made if it is new. */
    put: (place: BankPlace, { questions }: ReadBank): Promise<KeptBank> =>
      db.atomic(async () => {
        const { id, name } = place.branch;
        // Of two files for one branch at the same moment the second waits, and then sees what the first stored.
        await db.sql(`select pg_advisory_xact_lock(hashtextextended('bank', $1))::text`, id);
        const { added, changed, same } = await compare(place.branch, questions);
        await store(id, await bankOf(place), questions);
        const [counts, branch] = [
          { added: added.length, changed: changed.length },
          { id, name },
        ];
        return { branch, title: place.title, ...counts, same: same.length };
      }),
  };
}
export type StoredBanks = ReturnType<typeof createStoredBanks>;
