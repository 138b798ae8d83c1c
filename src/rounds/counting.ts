import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { must } from '../base/errors.ts';
import type { BranchId, ChatId, PersonId, RoundId } from '../base/ids.ts';
import { createByKind } from './kinds/service.ts';
import { liveCard } from './rules.ts';
import type { KnownKinds, Round, Spec } from './types.ts';

/** A round as it is read: with its branch's name and its counts. */
export interface RoundRow {
  id: RoundId;
  number: number;
  kind: string;
  title: string;
  branch_id: BranchId;
  branch_name: string;
  chat_id: ChatId;
  opened_by: PersonId;
  opened_at: Date;
  closes_at: Date;
  closed_at: Date | null;
  recalled_at: Date | null;
  spec: Spec;
  asked: number;
  done: number;
  on_leave: number;
  made_up: number;
}

// Whoever left without an answer is no longer asked; whoever answered and left still counts as both.
const counted = `
  select r.id, r.number, r.kind, r.title, r.branch_id, b.name as branch_name, r.chat_id, r.opened_by, r.opened_at,
    r.closes_at, r.closed_at, r.recalled_at, r.spec,
    (select count(*) from round_person p where p.round_id = r.id and (p.left_at is null
      or exists (select from answer a where a.round_id = r.id and a.person_id = p.person_id)))::int as asked,
    (select count(*) from answer a where a.round_id = r.id)::int as done,
    (select count(*) from round_leave l join round_person p using (round_id, person_id)
      where l.round_id = r.id and p.left_at is null and not exists (select from answer a
        where a.round_id = r.id and a.person_id = l.person_id) and not exists (select from round_makeup m
        where m.round_id = r.id and m.person_id = l.person_id))::int as on_leave,
    (select count(*) from round_makeup m where m.round_id = r.id and not exists (select from answer a
      where a.round_id = r.id and a.person_id = m.person_id))::int as made_up`;
const from = ` from round r join branch b on b.id = r.branch_id `;

/** Reads rounds `r`, always counted; `where` may name more parameters, `and` more columns. */
export function createCounting(db: Db, clock: Clock, kinds: KnownKinds) {
  const { withOwn } = createByKind(kinds);
  const toRound = (row: RoundRow): Round => ({
    id: row.id,
    number: row.number,
    kind: row.kind,
    title: row.title,
    branch: { id: row.branch_id, name: row.branch_name },
    chat: row.chat_id,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    closesAt: row.closes_at,
    state: stateOf(row, clock.now()),
    closedAt: row.closed_at ?? undefined,
    tally: {
      asked: row.asked,
      done: row.done,
      onLeave: row.on_leave,
      madeUp: row.made_up,
    },
    spec: row.spec,
    card: liveCard(row.opened_at, row.closes_at, clock.now()),
  });
  return {
    async select(where: string, ...values: unknown[]): Promise<Round[]> {
      const rows = await db.sql<RoundRow>(counted + from + where, ...values);
      return withOwn(rows.map(toRound));
    },
    /** With further columns, which come back as they are. */
    async selectWith(more: string, where: string, ...values: unknown[]) {
      const rows = await db.sql<RoundRow & Record<string, unknown>>(
        `${counted}, ${more} ${from} ${where}`,
        ...values,
      );
      const rounds = await withOwn(rows.map(toRound));
      return rounds.map((round, i) => ({ round, row: must(rows[i]) }));
    },
  };
}

function stateOf(row: RoundRow, now: Date): Round['state'] {
  if (row.recalled_at) return 'recalled';
  return row.closed_at || row.closes_at <= now ? 'closed' : 'open';
}
