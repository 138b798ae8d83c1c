import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { must } from '../base/errors.ts';
import type { BranchId, ChatId } from '../base/ids.ts';
import type { Library } from '../library/service.ts';
import type { Bookmark, Mark, Opened } from './bookmark.ts';
import { bookAfter, type Days, latest, slotsUntil, unknownYear, subjectOfPush } from './rules.ts';
import type { DueReading, Reading, Times } from './types.ts';

interface ClaimingNeeds extends Days {
  db: Db;
  clock: Clock;
  library: Library;
  bookmark: Bookmark;
}
interface Row extends Times, Mark {
  branchId: BranchId;
  branch: string;
  chatId: ChatId;
  group: string;
  next: Date;
  toldYear: number | null;
  /** The bot is not in the group any more, or the group is another branch's. */
  isLost: boolean;
}

/** Claims the pushes that are due. Rows that another replica has locked are skipped; the first commit gets the slot. */
export function createClaiming({ db, clock, library, bookmark, ...days }: ClaimingNeeds) {
  const take = async (chat: ChatId): Promise<Row | undefined> => {
    const [row] = await db.sql<Row>(
      `select d.branch_id as "branchId", b.name as branch, d.chat_id as "chatId", c.name as group,
         d.minute, d.workdays, d.next_at as next, d.document_id as document, d.title, d.position,
         d.told_year as "toldYear",
         (c.gone_at is not null or c.branch_id is distinct from d.branch_id) as "isLost"
       from daily d join chat c on c.id = d.chat_id join branch b on b.id = d.branch_id
       where d.chat_id = $1 and d.next_at <= $2 for update of d skip locked`,
      chat,
      clock.now(),
    );
    return row;
  };

  const off = (chat: ChatId) => db.sql(`update daily set next_at = null where chat_id = $1`, chat);

  /** Writes slots down; returns those that were not there before. */
  async function addSlots(chat: ChatId, at: Date[], mark: Mark, state: 'waiting' | 'missed') {
    const rows = await db.sql<{ at: Date }>(
      `insert into daily_slot (chat_id, at, title, position, state)
       select $1, v.at, $3, $4, $5 from unnest($2::timestamptz[]) as v(at)
       on conflict do nothing returning at`,
      chat,
      at,
      mark.title,
      mark.position,
      state,
    );
    return rows.map((row) => row.at).sort((one, other) => one.getTime() - other.getTime());
  }

  async function reading({ book, position, books }: Opened): Promise<Reading> {
    const { title, passages: total } = book;
    const { heading, text } = must(await library.books.passage(book.id, position));
    const then = position + 1 === total ? bookAfter(books, book)?.title : undefined;
    return { title, heading, text, number: position + 1, total, then };
  }

  const moveOn = (chat: ChatId, next: Date, { document, title, position }: Mark, year?: number) =>
    db.sql(
      `update daily set next_at = $2, document_id = $3, title = $4, position = $5,
         told_year = coalesce($6, told_year) where chat_id = $1`,
      chat,
      next,
      document,
      title,
      position,
      year ?? null,
    );

  async function carryOn(row: Row, open: Opened): Promise<Omit<DueReading, 'branch' | 'group'>> {
    const { chatId: chat, workdays } = row;
    const now = clock.now();
    const { due, next } = slotsUntil(now, row.next, row, days);
    const isLate = (at: Date) => now.getTime() - at.getTime() > latest;
    const mark = { document: open.book.id, title: open.book.title, position: open.position };
    const missed = await addSlots(chat, due.filter(isLate), mark, 'missed');
    const [slot] = await addSlots(chat, due.filter((at) => !isLate(at)).slice(-1), mark, 'waiting');
    const year = unknownYear(next, workdays, days);
    await moveOn(chat, next, mark, year);
    return {
      push: slot && {
        reading: await reading(open),
        subject: subjectOfPush({ chatId: chat, at: slot }),
        until: new Date(slot.getTime() + latest),
      },
      ...{ missed, next, removed: open.removed },
      unknownYear: year === row.toldYear ? undefined : year,
    };
  }

  return {
    /** The groups in which something is due, the longest waiting first. */
    async dueGroups(): Promise<ChatId[]> {
      const rows = await db.sql<{ chatId: ChatId }>(
        `select chat_id as "chatId" from daily where next_at <= $1 order by next_at, chat_id`,
        clock.now(),
      );
      return rows.map(({ chatId }) => chatId);
    },

    /** When the next one is due, passed ones too. */
    async nextSlot(): Promise<Date | undefined> {
      const [row] = await db.sql<{ at: Date | null }>(`select min(next_at) as at from daily`);
      return row?.at ?? undefined;
    },

    /**
     * Takes what is due in a group, once however many ask; undefined for all others. Call it in the
     * transaction that sends what it returns.
     */
    claim: (chat: ChatId): Promise<DueReading | undefined> =>
      db.atomic(async () => {
        const row = await take(chat);
        if (!row) return undefined;
        const branch = { id: row.branchId, name: row.branch };
        const about = { branch, group: { id: row.chatId, name: row.group }, missed: [] };
        const open = row.isLost ? undefined : await bookmark(row.branchId, row);
        if (open) return { ...about, ...(await carryOn(row, open)) };
        await off(row.chatId);
        return { ...about, stopped: row.isLost ? 'group-gone' : 'no-document' };
      }),
  };
}
