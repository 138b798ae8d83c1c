import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, RoundId } from '../../base/ids.ts';
import { usualCount } from './rules.ts';

interface Wanted {
  branch: BranchId;
  /** The name of a bank or a tag; every question of the branch where nothing is said. */
  bank?: string;
  count?: number;
}

// Exactly this bank or tag; where there is none, banks that have it in their name.
const inBank = (like: string) =>
  `exists (select from bank_question x join question_bank b on b.id = x.bank_id
     where x.question_id = k.id and ${like})`;
const named = `(${inBank('lower(b.title) = lower($2)')}
  or exists (select from question_tag t where t.question_id = k.id and lower(t.tag) = lower($2)))`;
const likely = inBank('position(lower($2) in lower(b.title)) > 0');

/** Which questions a quiz asks. */
export function createPool(db: Db) {
  async function found(branch: BranchId, bank: string | undefined): Promise<number[]> {
    const pick = async (where: string, ...values: unknown[]) => {
      const rows = await db.sql<{ id: number }>(
        `select k.id from question k where k.branch_id = $1 and ${where}
         order by (select count(*) from quiz_question q where q.question_id = k.id), random()`,
        branch,
        ...values,
      );
      return rows.map(({ id }) => id);
    };
    if (bank === undefined) return pick('true');
    const exact = await pick(named, bank);
    return exact.length > 0 ? exact : pick(likely, bank);
  }

  async function refuse(branch: BranchId, bank = ''): Promise<never> {
    const banks = await db.client.questionBank.findMany({
      where: { branchId: branch },
      select: { title: true },
      orderBy: { id: 'desc' },
      take: 5,
    });
    if (banks.length === 0) throw new Refusal('NO_BANK');
    const names = banks.map(({ title }) => title);
    throw new Refusal('BANK_UNKNOWN', { said: bank, banks: names.join('\n') });
  }

  return {
    /**
     * Picks as many questions as are wanted, those asked least so far first and then by lot. Refuses
     * where there is no such bank or tag, or too few.
     */
    async pick({ branch, bank, count }: Wanted): Promise<number[]> {
      const ids = await found(branch, bank);
      if (ids.length === 0) return refuse(branch, bank);
      if (count !== undefined && count > ids.length)
        throw new Refusal('TOO_FEW_QUESTIONS', { there: ids.length });
      return ids.slice(0, count ?? usualCount);
    },

    /** Writes the questions into the quiz as they are now. */
    async write(round: RoundId, ids: number[]): Promise<void> {
      await db.sql(
        `insert into quiz_question
           (round_id, position, question_id, kind, text, options, answer, explanation, source)
         select $1, p.place - 1, k.id, k.kind, k.text, k.options, k.answer, k.explanation, k.source
         from unnest($2::int[]) with ordinality as p (id, place) join question k on k.id = p.id`,
        round,
        ids,
      );
    },
  };
}
