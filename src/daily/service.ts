import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { Fault, Refusal } from '../base/errors.ts';
import type { BranchId, ChatId } from '../base/ids.ts';
import type { Library } from '../library/service.ts';
import type { Acting } from '../people/roster/service.ts';
import type { Branch } from '../people/roster/types.ts';
import { createBookmark, type Mark, marked } from './bookmark.ts';
import { createClaiming } from './claiming.ts';
import { bookMeant, type Days, nextSlot, unknownYear } from './rules.ts';
import { createPushOutcomes } from './settling.ts';
import type { Daily, Times } from './types.ts';

interface DailiesNeeds extends Days {
  db: Db;
  clock: Clock;
  library: Library;
}
interface DailyQuery extends Pick<Acting, 'scope' | 'branch'> {
  /** Of this group alone; without one, of all groups of the branch. */
  only?: ChatId;
}
interface SwitchingOn extends Acting, Times {
  /** (Part of) a document's title. */
  from?: string;
}
interface Row extends Times, Mark {
  branchId: BranchId;
  chatId: ChatId;
  group: string;
  next: Date | null;
}

const rowsOf = `
  select d.branch_id as "branchId", d.chat_id as "chatId", c.name as group, d.minute, d.workdays,
    d.next_at as next, d.document_id as document, d.title, d.position
  from daily d join chat c on c.id = d.chat_id`;

/** 每日一学: a passage a day in the group where it was switched on, documents from beginning to end. */
export function createDailies(needs: DailiesNeeds) {
  const { db, clock, library } = needs;
  const bookmark = createBookmark(library);

  async function asItStands(branch: Branch, row: Row): Promise<Daily> {
    const { minute, workdays, chatId: id, group: name } = row;
    const open = await bookmark(branch.id, row);
    const next = row.next ?? undefined;
    return {
      ...{ branch, minute, workdays, next, group: { id, name } },
      title: open?.book.title ?? row.title,
      read: open?.position ?? row.position,
      total: open?.book.passages ?? 0,
      unknownYear: next && unknownYear(next, workdays, needs),
    };
  }

  /** One after the other: they may share a transaction. */
  async function all(branch: Branch, rows: Row[]): Promise<Daily[]> {
    const dailies: Daily[] = [];
    for (const row of rows) dailies.push(await asItStands(branch, row));
    return dailies;
  }

  async function rowsOfBranch({ scope, branch, only }: DailyQuery): Promise<Row[]> {
    scope.require(branch.id);
    const where =
      ' where d.branch_id = $1 and ($2::int is null or d.chat_id = $2) order by c.bound_at, c.id';
    return db.sql<Row>(rowsOf + where, branch.id, only ?? null);
  }

  /** What is to be read from here on: what is asked for, else what was being read, else the first. */
  async function chosen(branch: BranchId, before: Row | undefined, from?: string): Promise<Mark> {
    const books = await library.books.of(branch);
    if (books.length === 0) throw new Refusal('NO_DOCUMENT');
    const current = before && marked(books, before);
    const book = from === undefined ? (current ?? books[0]) : bookMeant(books, from);
    if (!book) throw new Refusal('NO_DOCUMENT');
    const position = before && book.id === current?.id ? before.position : 0;
    return { document: book.id, title: book.title, position };
  }

  return {
    ...createClaiming({ ...needs, bookmark }),
    ...createPushOutcomes({ db, bookmark }),

    /** Switches the reading of this group on, or changes it. A document that was begun goes on where it was. */
    switchOn: ({ scope, branch, group, from, minute, workdays }: SwitchingOn): Promise<Daily> =>
      db.atomic(async () => {
        scope.require(branch.id);
        const where = ' where d.chat_id = $1 and d.branch_id = $2 for update of d';
        const [before] = await db.sql<Row>(rowsOf + where, group, branch.id);
        const mark = await chosen(branch.id, before, from);
        const next = nextSlot(clock.now(), { minute, workdays }, needs);
        const year = unknownYear(next, workdays, needs);
        await keep(db, { group, branch, minute, workdays, next, mark, year });
        const [row] = await db.sql<Row>(`${rowsOf} where d.chat_id = $1`, group);
        if (!row) throw new Fault('what was just written is not there');
        return asItStands(branch, row);
      }),

    /** Switches it off. Returns those that were on. */
    switchOff: (query: DailyQuery): Promise<Daily[]> =>
      db.atomic(async () => {
        const on = (await rowsOfBranch(query)).filter(({ next }) => next !== null);
        const groups = on.map(({ chatId }) => chatId);
        await db.sql(`update daily set next_at = null where chat_id = any($1::int[])`, groups);
        return all(query.branch, on);
      }),

    /** How it stands; empty where it never was on. */
    show: async (query: DailyQuery): Promise<Daily[]> =>
      all(query.branch, await rowsOfBranch(query)),
  };
}
export type Dailies = ReturnType<typeof createDailies>;

interface Keeping extends Times {
  group: ChatId;
  branch: Branch;
  next: Date;
  mark: Mark;
  /** Without known holidays, which is told with the answer. */
  year?: number;
}

function keep(db: Db, { group, branch, minute, workdays, next, mark, year }: Keeping) {
  return db.sql(
    `insert into daily (chat_id, branch_id, minute, workdays, next_at, document_id, title, position,
       told_year)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (chat_id) do update set branch_id = $2, minute = $3, workdays = $4, next_at = $5,
       document_id = $6, title = $7, position = $8, told_year = coalesce($9, daily.told_year)`,
    group,
    branch.id,
    minute,
    workdays,
    next,
    mark.document,
    mark.title,
    mark.position,
    year ?? null,
  );
}
