import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { BranchId, ChatId, PersonId, RoundId } from '../ids.ts';
import type { Queue } from '../jobs/job.ts';
import type { Roster } from '../roster/service.ts';
import { createAnswering, type Answering } from './answering.ts';
import { createFinding } from './finding.ts';
import { aheadOf, checkOpen, defaultEnd, roundTitle, type Span } from './rules.ts';
import type { Answered, Edit, Round, RoundKind } from './types.ts';

interface RoundsNeeds {
  db: Db;
  clock: Clock;
  queue: Queue;
  roster: Roster;
  kinds: readonly RoundKind[];
  /** The zone in which a day ends. */
  zone: string;
}
interface Opening {
  kind: string;
  branch: BranchId;
  /** The group its card goes to. */
  chat: ChatId;
  title: string;
  by: PersonId;
  closesAt?: Date;
}
/** A secretary's decision about a round, and when they spoke. */
interface Decision {
  round: RoundId;
  by: PersonId;
  at: Date;
}

/** The card follows the answers, but not more often than this. */
const refreshEvery = 1_000;

const membersOf = `(select m.person_id from chat_member m join chat c on c.id = m.chat_id
  where c.branch_id = $1 and c.gone_at is null and m.until is null)`;

/** Ask these people this, by then; count; close. What an answer is, each kind says itself. */
export function createRounds({ db, clock, queue, roster, kinds, zone }: RoundsNeeds) {
  const finding = createFinding(db, clock, roster);
  const kindOf = (name: string): RoundKind => {
    const kind = kinds.find((each) => each.name === name);
    if (!kind) throw new Error(`No such kind of round: ${name}`);
    return kind;
  };
  const takeAnswer = createAnswering(db, kindOf);

  const group = (round: RoundId) => `round:${round}`;
  const closeAt = (round: RoundId, at: Date) =>
    queue.add('round.close', { round }, { at, key: `round.close:${round}:${at.getTime()}` });
  const refreshNow = (round: RoundId) =>
    queue.add('round.refresh', { round }, { group: group(round) });

  /**
   * One refresh for all that happens within a second. It runs at that second's end, so that no answer
   * is told by a job that had read the count already.
   */
  function refreshSoon(round: RoundId) {
    const slot = Math.floor(clock.now().getTime() / refreshEvery) + 1;
    const at = new Date(slot * refreshEvery);
    const key = `round.refresh:${round}:${slot}`;
    return queue.add('round.refresh', { round }, { at, key, group: group(round) });
  }

  /** Runs `change` on an open round that nobody else changes meanwhile, if `by` is its secretary. */
  const onOpen = ({ round, by, at }: Decision, change: (number: number) => Promise<unknown>) =>
    db.atomic(async () => {
      const { number } = await owned(round, by);
      const [span] = await db.sql<Span>(
        `select closes_at as "closesAt", closed_at as "closedAt", recalled_at as "recalledAt"
         from round where id = $1 for no key update`,
        round,
      );
      checkOpen(span!, at, number);
      await change(number);
      await refreshNow(round);
      return finding.find(round);
    });

  async function owned(id: RoundId, by: PersonId): Promise<Round> {
    const round = await finding.find(id);
    await roster.requireSecretary(by, round.branch.id);
    return round;
  }

  /** Numbers and stores the round. Holding the branch's row keeps members from changing meanwhile. */
  async function insert({ kind, branch, chat, by }: Opening, title: string, closesAt: Date) {
    const now = clock.now();
    const [next] = await db.sql<{ number: number }>(
      `update branch set next_number = next_number + 1 where id = $1 returning next_number - 1 as number`,
      branch,
    );
    const data = { branchId: branch, chatId: chat, openedBy: by, openedAt: now };
    const row = await db.client.round.create({
      data: { ...data, number: next!.number, kind, title, closesAt },
      select: { id: true },
    });
    await db.sql(
      `insert into round_person (round_id, person_id) select distinct $2::int, person_id from ${membersOf} m`,
      branch,
      row.id,
    );
    return row.id as RoundId;
  }

  return {
    ...finding,

    /** Opens a round for everybody who is in the branch now. Only its secretary may. */
    open: (opening: Opening): Promise<Round> =>
      db.atomic(async () => {
        await roster.requireSecretary(opening.by, opening.branch);
        const now = clock.now();
        const title = roundTitle(opening.title);
        const closesAt = aheadOf(opening.closesAt ?? defaultEnd(now, zone), now);
        const round = await insert(opening, title, closesAt);
        await closeAt(round, closesAt);
        return finding.find(round);
      }),

    /** Takes an answer; it counts once per person, whatever is repeated or raced. */
    answer: (answering: Answering): Promise<Answered> =>
      db.atomic(async () => {
        const answered = await takeAnswer(answering);
        if (answered.outcome !== 'kept') await refreshSoon(answering.round);
        return answered;
      }),

    /** Ends a round by its secretary's word. Of two at once, one closes it and the other hears so. */
    close: (decision: Decision): Promise<Round> =>
      onOpen(decision, () =>
        db.client.round.update({
          where: { id: decision.round },
          data: { closedAt: decision.at },
        }),
      ),

    /**
     * Ends a round whose time has come; undefined when there is nothing to end (any more). Woken too
     * early, by a clock ahead of ours or because the end was moved, it asks to be woken again.
     */
    closeDue: (round: RoundId): Promise<Round | undefined> =>
      db.atomic(async () => {
        const ended = await db.sql(
          `update round set closed_at = closes_at where id = $1 and closed_at is null
             and recalled_at is null and closes_at <= $2 returning id`,
          round,
          clock.now(),
        );
        const found = await finding.find(round);
        if (ended.length === 0) {
          if (found.state === 'open') await closeAt(round, found.closesAt);
          return undefined;
        }
        await refreshNow(round);
        return found;
      }),

    /** Takes a round back, open or closed. Its answers are kept, but it no longer counts. */
    recall: ({ round, by, at }: Decision): Promise<Round> =>
      db.atomic(async () => {
        const { number } = await owned(round, by);
        const { count } = await db.client.round.updateMany({
          where: { id: round, recalledAt: null },
          data: { recalledAt: at },
        });
        if (count === 0) throw new Refusal('ROUND_RECALLED', { number });
        await refreshNow(round);
        return finding.find(round);
      }),

    /** Changes title or end of an open round. */
    edit: (decision: Decision, edit: Edit): Promise<Round> =>
      onOpen(decision, async () => {
        if (edit.title === undefined && edit.closesAt === undefined)
          throw new Refusal('PART_MISSING', { part: 'title' });
        const title = edit.title === undefined ? undefined : roundTitle(edit.title);
        const closesAt = edit.closesAt && aheadOf(edit.closesAt, clock.now());
        await db.client.round.update({
          where: { id: decision.round },
          data: { title, closesAt },
        });
        if (closesAt) await closeAt(decision.round, closesAt);
      }),

    /**
     * Brings the open rounds of a branch in step with its members: who joined is asked too, who left is
     * no longer waited for, and what they had answered stays. Call it after members changed.
     */
    keepInStep: (branch: BranchId): Promise<void> =>
      db.atomic(async () => {
        await db.sql(`select id from branch where id = $1 for no key update`, branch);
        const open = `r.branch_id = $1 and r.closed_at is null and r.recalled_at is null and r.closes_at > $2`;
        const changed = await db.sql<{ id: RoundId }>(
          `with came as (
             insert into round_person as p (round_id, person_id)
             select distinct r.id, m.person_id from round r, ${membersOf} m where ${open}
             on conflict (round_id, person_id) do update set left_at = null where p.left_at is not null
             returning round_id as id),
           went as (
             update round_person p set left_at = $2 from round r
             where r.id = p.round_id and ${open} and p.left_at is null and p.person_id not in ${membersOf}
             returning p.round_id as id)
           select id from came union select id from went`,
          branch,
          clock.now(),
        );
        for (const { id } of changed) await refreshSoon(id);
      }),
  };
}
export type Rounds = ReturnType<typeof createRounds>;
