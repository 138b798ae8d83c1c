import type { Db } from '../database/db.ts';
import type { BranchId, ChatId } from '../base/ids.ts';
import type { Bookmark, Mark } from './bookmark.ts';
import type { PushOutcome, PushSlot, DocumentChange } from './types.ts';

interface Row {
  branchId: BranchId;
  branch: string;
  chatId: ChatId;
  group: string;
  at: Date;
  title: string;
  position: number;
  state: PushOutcome['state'];
}

/** Writes down what became of pushes. Only one that was sent moves the reading on. */
export function createPushOutcomes({ db, bookmark }: { db: Db; bookmark: Bookmark }) {
  const take = async ({ chatId, at }: PushSlot): Promise<Omit<Row, 'state'> | undefined> => {
    const [row] = await db.sql<Omit<Row, 'state'>>(
      `select d.branch_id as "branchId", b.name as branch, s.chat_id as "chatId", c.name as group,
         s.at, s.title, s.position
       from daily_slot s join daily d on d.chat_id = s.chat_id
         join chat c on c.id = s.chat_id join branch b on b.id = d.branch_id
       where s.state = 'waiting' and s.chat_id = $1 and s.at = $2 for update of s`,
      chatId,
      at,
    );
    return row;
  };

  /** Nothing moves where another document was chosen meanwhile. */
  async function moveBookmarkOn({
    branchId,
    chatId,
    title,
    position,
  }: Row): Promise<DocumentChange | undefined> {
    const [mark] = await db.sql<Mark>(
      `update daily set position = position + 1 where chat_id = $1 and title = $2 and position = $3
       returning document_id as document, title, position`,
      chatId,
      title,
      position,
    );
    const open = mark && (await bookmark(branchId, mark));
    if (!open || open.removed || open.position === mark.position) return undefined;
    await db.sql(
      `update daily set document_id = $2, title = $3, position = 0 where chat_id = $1`,
      chatId,
      open.book.id,
      open.book.title,
    );
    return { title, then: open.book.title };
  }

  async function writeOutcome(row: Row): Promise<PushOutcome> {
    const { branchId, branch, chatId, group, at, state } = row;
    await db.sql(
      `update daily_slot set state = $3 where chat_id = $1 and at = $2`,
      ...[chatId, at, state],
    );
    if (state === 'gone')
      await db.sql(`update daily set next_at = null where chat_id = $1`, chatId);
    const finished = state === 'sent' ? await moveBookmarkOn(row) : undefined;
    const about = { branch: { id: branchId, name: branch }, group: { id: chatId, name: group } };
    return { ...about, at, state, finished };
  }

  return {
    /** Pushes of which it is not written down yet what became of them. */
    waitingSlots: (): Promise<PushSlot[]> =>
      db.sql<PushSlot>(
        `select chat_id as "chatId", at from daily_slot where state = 'waiting' order by at`,
      ),

    /** Writes it down, once however many ask; undefined for all others. */
    recordOutcome: (
      slot: PushSlot,
      state: PushOutcome['state'],
    ): Promise<PushOutcome | undefined> =>
      db.atomic(async () => {
        const row = await take(slot);
        return row && writeOutcome({ ...row, state });
      }),
  };
}
