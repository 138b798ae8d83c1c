import { localDay, type Clock } from '../../base/clock.ts';
import { confidentialIn, stopConfidential } from '../../library/confidential/rules.ts';
import type { Db } from '../../database/db.ts';
import { must, Refusal } from '../../base/errors.ts';
import { BranchId, type PassageId, StandardId } from '../../base/ids.ts';
import { oneLine, shortLine } from '../../base/text.ts';
import { mayAnswer, scopeValues } from '../retrieval/permission.ts';
import { editionColumn } from '../retrieval/candidates.ts';
import type { PassageRange } from '../retrieval/excerpts.ts';
import type { Retrieval } from '../retrieval/retrieval.ts';
import type { EditionOf, Scope } from '../retrieval/types.ts';
import type { Branch, BranchScope, SecretaryScope } from '../../people/roster/types.ts';
import { createKeptStandards } from './kept.ts';
import { asksTheSame, plainQuestion, tellingTerms } from './rules.ts';
import { createSources } from './sources.ts';
import type {
  Change,
  ChangedStandard,
  Draft,
  Saved,
  Source,
  Standard,
  StandardList,
} from './types.ts';

interface StandardsNeeds {
  db: Db;
  clock: Clock;
  /** In which it is today. */
  zone: string;
  retrieval: Retrieval;
}
interface QuestionAndAnswer {
  question: string;
  answer: string;
}
interface DraftRequest {
  question: string;
  cites: PassageRange[];
  answer?: string;
  /** Of those of the scope, the ones it may be stored for. */
  branches?: BranchId[];
}
interface NewStandard extends QuestionAndAnswer {
  branch: BranchId;
  source: PassageRange;
  /** The one that was changed; its question may have been another. */
  replaces?: StandardId;
}
interface Row {
  id: StandardId;
  branch: Branch;
  question: string;
  answer: string;
  approvedAt: Date;
  quote: string;
  passage: PassageId;
  title: string;
  edition: EditionOf | null;
  heading: string;
  text: string;
}

export const longestQuestion = 200;
const longestAnswer = 1000;
/** More that share a word with a question are not compared with it. */
const mostCompared = 200;

const matching = `
  select s.id, jsonb_build_object('id', b.id, 'name', b.name) as branch, s.question, s.answer,
    s.approved_at as "approvedAt", s.quote, p.id as passage, d.title, d.edition, p.heading, p.text
  from standard_answer s join branch b on b.id = s.branch_id join passage p on p.id = s.passage_id
  join (select id, title, ${editionColumn} as edition from document where ${mayAnswer('$1', '$2', '$3')}) d on d.id = p.document_id
  where s.state = 'current' and s.branch_id = any($1::int[]) and (s.plain = $4 or s.terms && $5::text[])
  order by s.plain = $4 desc, s.approved_at desc, s.id desc limit ${mostCompared}`;

/** Answers that a branch approved: they come before what is found, while their source still answers. */
export function createStandards({ db, clock, zone, retrieval }: StandardsNeeds) {
  const sources = createSources({ db, retrieval });
  const today = () => localDay(clock.now(), zone);
  const kept = createKeptStandards({ db, clock, today });
  /** What rests on a passage that the branch's own committee alone may read is shown to nobody else. */
  const readableIn = (branches: BranchId[]): Scope => ({
    branches,
    committees: branches,
    day: today(),
  });

  function checked({ question, answer }: QuestionAndAnswer): QuestionAndAnswer {
    stopConfidential(confidentialIn(`${question}\n${answer}`, 'question'), 'TEXT');
    const text = answer.trim();
    if (text === '') throw new Refusal('PART_MISSING', { part: 'answer' });
    if ([...text].length > longestAnswer)
      throw new Refusal('TEXT_TOO_LONG', { part: 'answer', limit: longestAnswer });
    return { question: shortLine(question, 'question', longestQuestion), answer: text };
  }

  /** In place of what the branch had for this question; two at once stand one behind the other. */
  async function put(branch: Branch, words: QuestionAndAnswer, source: Source): Promise<Saved> {
    const { question, answer } = checked(words);
    const plain = plainQuestion(question);
    if (plain === '') throw new Refusal('PART_MISSING', { part: 'question' });
    const isReplaced = await kept.makeRoom(branch.id, plain);
    const approvedAt = clock.now();
    const { passage, title, text: quote } = source;
    const row = await db.client.standardAnswer.create({
      data: {
        ...{ branchId: branch.id, question, plain, terms: tellingTerms(question), answer },
        ...{ passageId: passage, title, quote, approvedAt },
      },
    });
    const id = StandardId.parse(row.id);
    return { standard: { id, branch, question, answer, approvedAt, source }, isReplaced };
  }

  /** A source that cannot be read in the branch it was to be stored for may be another one's. */
  async function whyNot(
    { ids }: SecretaryScope,
    source: PassageRange,
  ): Promise<'SOURCE_ELSEWHERE' | 'PASSAGE_GONE'> {
    const [elsewhere] = await sources.of([source], readableIn(ids));
    return elsewhere ? 'SOURCE_ELSEWHERE' : 'PASSAGE_GONE';
  }

  return {
    /** What an answer of one of these branches says, and whose it is. */
    async wordsOf(
      branches: BranchId[],
      id: StandardId,
    ): Promise<{ answer: string; branch: BranchId } | undefined> {
      const where = { id, branchId: { in: branches } };
      const row = await db.client.standardAnswer.findFirst({ where });
      return row ? { answer: row.answer, branch: BranchId.parse(row.branchId) } : undefined;
    },

    /** How many answers of a branch are not used until its secretaries have checked them: their source no longer answers. */
    async staleCount(branch: BranchId): Promise<number> {
      const [row] = await db.sql<{ count: number }>(
        `select count(*)::int as count from standard_answer s where s.branch_id = $1 and s.state = 'current'
           and not exists (select from passage p where p.id = s.passage_id and p.document_id in
             (select id from document where ${mayAnswer('array[$1]', 'array[$1]', '$2')}))`,
        ...[branch, today()],
      );
      return row?.count ?? 0;
    },
    /** The standard answer to a question, of a branch in this scope; undefined where there is none. */
    async meant(question: string, scope: Scope): Promise<Standard | undefined> {
      const rows = await db.sql<Row>(
        matching,
        ...[...scopeValues(scope), plainQuestion(question), tellingTerms(question)],
      );
      const found = rows.find((row) => asksTheSame(question, row.question));
      return found && standardOf(found);
    },

    /** What a secretary begins to write one with: the question, and passages to choose from. Not within a transaction. */
    async draft(
      scope: SecretaryScope,
      { branches: only, ...request }: DraftRequest,
    ): Promise<Draft> {
      const branches = scope.branches.filter(({ id }) => only?.includes(id) ?? true);
      const readable = readableIn(branches.map(({ id }) => id));
      const question = [...oneLine(request.question)].slice(0, longestQuestion).join('');
      const choice = await sources.choice(question, request.cites, readable);
      return { question, answer: request.answer, branches, sources: choice };
    },

    /** Stores one for a branch, in place of an older one to the same question. */
    save: (scope: SecretaryScope, request: NewStandard): Promise<Saved> =>
      db.atomic(async () => {
        const branch = scope.require(request.branch);
        const [source] = await sources.of([request.source], readableIn([branch.id]));
        if (!source)
          throw new Refusal(await whyNot(scope, request.source), { branch: branch.name });
        const { replaces } = request;
        // Afterwards: `put` waits for its turn first, and two who wait for one another's rows would both fail.
        const saved = await put(branch, request, source);
        const isChanged = replaces !== undefined && (await kept.giveWay(branch.id, replaces));
        return { ...saved, isReplaced: saved.isReplaced || isChanged };
      }),

    /** The same by word: the source as a title with its article or heading. */
    saveByWord: (
      scope: SecretaryScope,
      request: QuestionAndAnswer & { source: string },
    ): Promise<Saved> =>
      db.atomic(async () => {
        const branch = must(scope.branches[0]);
        const words = checked(request);
        const about = `${words.question} ${words.answer}`;
        const source = await sources.byWord(request.source, about, readableIn([branch.id]));
        return put(branch, words, source);
      }),

    /** Those of these branches, what waits for a look first. */
    async list({ branches }: BranchScope, search?: string): Promise<StandardList> {
      return { search, branches, standards: await kept.list(branches, search) };
    },

    /** One of them. */
    one: ({ branches }: BranchScope, id: StandardId) => kept.one(branches, id),

    /**
     * Retires one, brings it back, or approves it anew on the text in its source's place, where that still
     * says what is quoted. A second time changes nothing, and says so.
     */
    change: (
      { branches }: SecretaryScope,
      which: StandardId,
      change: Change,
    ): Promise<ChangedStandard> => db.atomic(() => kept.change(branches, which, change)),
  };
}
export type Standards = ReturnType<typeof createStandards>;

function standardOf({
  id,
  branch,
  question,
  answer,
  approvedAt,
  quote,
  edition,
  ...at
}: Row): Standard {
  const start = Math.max(0, at.text.indexOf(quote));
  const source = {
    ...at,
    ...(edition && { edition }),
    start,
    text: quote,
    isPart: quote !== at.text,
  };
  return { id, branch, question, answer, approvedAt, source };
}
