import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { BranchId, ChatId, PersonId } from '../ids.ts';
import type { Library } from '../library/service.ts';
import type { Roster } from '../roster/service.ts';
import type { ActingBranch, Branch, Where } from '../roster/types.ts';
import { createBookmark, type Mark, marked } from './bookmark.ts';
import { createClaiming } from './claiming.ts';
import { bookMeant, type Days, nextSlot, unknownYear } from './rules.ts';
import { createSettling } from './settling.ts';
import type { Daily, Times } from './types.ts';

interface DailiesNeeds extends Days {
  db: Db;
  clock: Clock;
  roster: Roster;
  library: Library;
}
interface Asking {
  person: PersonId;
  place: Where;
}
interface SwitchingOn extends Asking, Times {
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
  const { db, clock, roster, library } = needs;
  const bookmark = createBookmark(library);

  async function secretarysBranch({ person, place }: Asking): Promise<ActingBranch> {
    const here = await roster.branchHere(person, place);
    await roster.requireSecretary(person, here.branch.id);
    return here;
  }

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

  /** In a group its own; in private all of the branch. */
  async function rowsHere({ place }: Asking, branch: Branch): Promise<Row[]> {
    const only = place.kind === 'group' ? place.id : null;
    const where =
      ' where d.branch_id = $1 and ($2::int is null or d.chat_id = $2) order by c.bound_at, c.id';
    return db.sql<Row>(rowsOf + where, branch.id, only);
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
    ...createSettling({ db, bookmark }),

    /**
     * Switches the reading of this group on, or changes it. In private it is the branch's first group.
     * A document that was begun goes on where it was.
     */
    switchOn: ({ from, minute, workdays, ...asking }: SwitchingOn): Promise<Daily> =>
      db.atomic(async () => {
        const { branch, group } = await secretarysBranch(asking);
        const where = ' where d.chat_id = $1 and d.branch_id = $2 for update of d';
        const [before] = await db.sql<Row>(rowsOf + where, group, branch.id);
        const mark = await chosen(branch.id, before, from);
        const next = nextSlot(clock.now(), { minute, workdays }, needs);
        const year = unknownYear(next, workdays, needs);
        await keep(db, { group, branch, minute, workdays, next, mark, year });
        const [row] = await db.sql<Row>(`${rowsOf} where d.chat_id = $1`, group);
        if (!row) throw new Error('what was just written is not there');
        return asItStands(branch, row);
      }),

    /** Switches it off here, in private in every group of the branch. Returns those that were on. */
    switchOff: (asking: Asking): Promise<Daily[]> =>
      db.atomic(async () => {
        const { branch } = await secretarysBranch(asking);
        const on = (await rowsHere(asking, branch)).filter(({ next }) => next !== null);
        const groups = on.map(({ chatId }) => chatId);
        await db.sql(`update daily set next_at = null where chat_id = any($1::int[])`, groups);
        return all(branch, on);
      }),

    /** How it stands here, in private in every group of the branch; empty where it never was on. */
    async show(asking: Asking): Promise<Daily[]> {
      const { branch } = await secretarysBranch(asking);
      return all(branch, await rowsHere(asking, branch));
    },
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
