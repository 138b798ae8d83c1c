import { localDay, type Clock } from '../../base/clock.ts';
import { confidentialIn, stopConfidential } from '../../library/confidential/rules.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, FeedbackId, PersonId, StandardId } from '../../base/ids.ts';
import { oneLine } from '../../base/text.ts';
import { readExcerpts } from '../retrieval/excerpts.ts';
import type { Scope } from '../retrieval/types.ts';
import type { BranchScope, SecretaryScope } from '../../people/roster/types.ts';
import type { Standards } from '../standard/service.ts';
import type { Cited, CitedPlace, Mark, Marked, MarkedAnswer, MarkedList } from './types.ts';

interface FeedbackNeeds {
  db: Db;
  clock: Clock;
  /** In which it is today. */
  zone: string;
  standards: Pick<Standards, 'wordsOf'>;
}
/** Where somebody marks an answer. */
interface Marker {
  person: PersonId;
  /** Whose secretaries hear of it. */
  branches: BranchId[];
  /** Whose documents they may read there. */
  reads: Pick<Scope, 'branches' | 'committees'>;
}
/** What a button brings back. It is untrusted. */
interface NewMark extends Marker {
  answer: string;
  mark: Mark;
  question: string;
  cites: CitedPlace[];
  /** The answer was this standard answer. */
  standard?: StandardId;
}
/** What is kept of an answer that did not help. */
interface KeptWords {
  question: string;
  cites: Cited[];
  text: string | null;
  branches: BranchId[];
}
interface Row extends Omit<MarkedAnswer, 'text'> {
  text: string | null;
}

const longestCited = 600;
const mostShown = 30;

/** Some branch of `$1` that sees it has not dealt with it. */
const isOpen = `exists (select unnest(branch_ids) intersect select unnest($1::int[]) except select unnest(done_branch_ids))`;
const rowsOf = `
  select id, kind as mark, question, cites, text, branch_ids as branches, not ${isOpen} as "isDone"
  from feedback where kind <> 'helpful' and branch_ids && $1::int[]`;

/** What people think of answers. Their secretaries read it without names. */
export function createFeedback({ db, clock, zone, standards }: FeedbackNeeds) {
  const today = () => localDay(clock.now(), zone);

  /** The words of an answer that was more than its citations, and whose they are where it is one branch's. */
  async function saidIn({ answer, standard }: NewMark, here: BranchId[]) {
    if (standard === undefined) {
      const shown = await db.client.shownAnswer.findUnique({ where: { answerId: answer } });
      return { text: shown?.text ?? null };
    }
    const found = await standards.wordsOf(here, standard);
    return { text: found?.answer ?? null, owner: found?.branch };
  }

  /** What belongs to one branch alone is shown to its secretaries only. */
  async function wordsOf(newMark: NewMark): Promise<KeptWords> {
    const here = newMark.branches;
    stopConfidential(confidentialIn(newMark.question, 'question'), 'TEXT');
    const scope = { ...newMark.reads, day: today() };
    const found = await readExcerpts(db, newMark.cites, scope, longestCited);
    if (found.length === 0) throw new Refusal('PASSAGE_GONE');
    const said = await saidIn(newMark, here);
    const owner = said.owner ?? found.find(({ branch }) => branch !== null)?.branch;
    const shared = found.filter(({ branch }) => branch === null || branch === owner);
    const branches = owner ? [owner] : here;
    const cites = shared.map(({ passage, title, edition, heading, start, text }): Cited => {
      return { passage, title, ...(edition && { edition }), heading, start, text };
    });
    // A text may repeat what is not listed, because it is another branch's or has given way since.
    const text = shared.length === newMark.cites.length ? said.text : null;
    return { question: oneLine(newMark.question), cites, text, branches };
  }

  /** One marked answer of these branches; of others there is none. */
  async function one({ ids }: BranchScope, id: FeedbackId): Promise<MarkedAnswer> {
    const [row] = await db.sql<Row>(`${rowsOf} and id = $2::int`, ids, id);
    if (!row) throw new Refusal('FEEDBACK_UNKNOWN', { number: id });
    return withoutNull(row);
  }

  return {
    /** How many marks a branch has not dealt with. */
    async openCount(branch: BranchId): Promise<number> {
      const [row] = await db.sql<{ count: number }>(
        `select count(*)::int as count from feedback where $1::int = any(branch_ids) and kind <> 'helpful'
           and $1::int <> all(done_branch_ids)`,
        branch,
      );
      return row?.count ?? 0;
    },

    /** Deletes what this person marked; returns how much it was. */
    async forgetOf(person: PersonId): Promise<number> {
      return (await db.client.feedback.deleteMany({ where: { personId: person } })).count;
    },

    /** Marks are kept for 90 days, the words of an answer that nobody marked for 14. */
    async forget(before: (days: number) => Date): Promise<void> {
      await db.client.feedback.deleteMany({ where: { markedAt: { lt: before(90) } } });
      await db.client.shownAnswer.deleteMany({ where: { shownAt: { lt: before(14) } } });
    },

    /** Keeps the words of an answer that is not made of citations alone, for the case that it is marked. */
    async remember({ answer, text }: { answer: string; text: string }): Promise<void> {
      const data = { answerId: answer, text, shownAt: clock.now() };
      await db.client.shownAnswer.createMany({ data, skipDuplicates: true });
    },

    /**
     * Records what somebody thinks of an answer: one mark a person and answer, the last one counts, the same
     * again changes nothing. Its words are kept only where it was not helpful. Refuses passages this person may
     * not read here.
     */
    mark: (newMark: NewMark): Promise<Marked> =>
      db.atomic(async () => {
        const { answer, person, mark, branches: here } = newMark;
        const words = mark === 'helpful' ? undefined : await wordsOf(newMark);
        const branches = words?.branches ?? here;
        // The key decides between two presses at once, and the condition whether anything changes.
        const [row] = await db.sql<{ isNew: boolean }>(
          `insert into feedback as f (answer_id, person_id, kind, branch_ids, question, cites, text, marked_at)
           values ($1::uuid, $2, $3, $4::int[], $5, $6::jsonb, $7, $8)
           on conflict (answer_id, person_id) do update set kind = excluded.kind, branch_ids = excluded.branch_ids,
             question = excluded.question, cites = excluded.cites, text = excluded.text,
             marked_at = excluded.marked_at, done_branch_ids = '{}'
           where f.kind <> excluded.kind returning f.xmax = 0 as "isNew"`,
          ...[answer, person, mark, branches, words?.question ?? null],
          ...[words ? JSON.stringify(words.cites) : null, words?.text ?? null, clock.now()],
        );
        const how = row ? (row.isNew ? 'new' : 'changed') : 'same';
        return { mark, how, branches };
      }),

    /** What was marked in these branches, what is open first. */
    async list({ ids: branches }: BranchScope): Promise<MarkedList> {
      const rows = await db.sql<Row>(
        `${rowsOf} order by ${isOpen} desc, id desc limit ${mostShown}`,
        branches,
      );
      const [counts] = await db.sql<{ open: number; helpful: number }>(
        `select count(*) filter (where kind <> 'helpful' and ${isOpen})::int as open,
           count(*) filter (where kind = 'helpful')::int as helpful
         from feedback where branch_ids && $1::int[]`,
        branches,
      );
      return {
        answers: rows.map(withoutNull),
        open: counts?.open ?? 0,
        helpful: counts?.helpful ?? 0,
      };
    },

    one,

    /** A secretary has dealt with it, for these branches; done a second time it says so. */
    async finish(
      scope: SecretaryScope,
      id: FeedbackId,
    ): Promise<{ id: FeedbackId; how: 'done' | 'before' }> {
      await one(scope, id);
      const rows = await db.sql(
        `update feedback set done_branch_ids = done_branch_ids || $1::int[]
         where id = $2::int and ${isOpen} returning id`,
        ...[scope.ids, id],
      );
      return { id, how: rows.length > 0 ? 'done' : 'before' };
    },
  };
}
export type Feedback = ReturnType<typeof createFeedback>;

const withoutNull = ({ text, ...row }: Row): MarkedAnswer => ({
  ...row,
  ...(text !== null && { text }),
});
