import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { must, Refusal } from '../errors.ts';
import type { RoundId } from '../ids.ts';
import type { SecretaryScope } from '../roster/types.ts';
import type { Finding } from './finding.ts';
import { aheadOf, checkOpen, checkSpan, roundTitle } from './rules.ts';
import type { Decision, Edit, Edited, Round } from './types.ts';
import type { Waking } from './waking.ts';

interface DecidingNeeds {
  db: Db;
  clock: Clock;
  finding: Finding;
  waking: Waking;
}
/** What a secretary decides about a round that is there: its end, its words, that it should not be. */
export function createDeciding({ db, clock, finding, waking }: DecidingNeeds) {
  async function owned(scope: SecretaryScope, id: RoundId): Promise<Round> {
    const round = await finding.find(id);
    scope.require(round.branch.id);
    return round;
  }

  /**
   * Runs `change` on an open round that nobody else changes meanwhile, if it is within their scope. Of two
   * at once the second is given what the first made of it.
   */
  const onOpen = (
    { scope, round: id, at }: Decision,
    change: (before: Round) => Promise<unknown>,
  ): Promise<Edited> =>
    db.atomic(async () => {
      const { number } = await owned(scope, id);
      await db.sql(`select id from round where id = $1 for no key update`, id);
      checkOpen(await db.client.round.findUniqueOrThrow({ where: { id } }), at, number);
      const before = await finding.find(id);
      await change(before);
      await waking.refreshNow(id);
      return { before, round: await finding.find(id) };
    });

  /** What an edit writes: where only the start moves, the end moves along. */
  function changeOf(edit: Edit, round: Round) {
    if (Object.values(edit).every((part) => part === undefined))
      throw new Refusal('PART_MISSING', { part: 'change' });
    const startsAt = edit.startsAt && aheadOf(edit.startsAt, clock.now());
    const moved = startsAt && startsAt.getTime() - must(round.startsAt).getTime();
    const along = moved === undefined ? undefined : new Date(round.closesAt.getTime() + moved);
    const closesAt = edit.closesAt ? aheadOf(edit.closesAt, clock.now()) : along;
    checkSpan(startsAt ?? round.startsAt, closesAt ?? round.closesAt, round.number);
    const title = edit.title === undefined ? undefined : roundTitle(edit.title);
    const spec = edit.spec && { ...round.spec, ...edit.spec };
    return { title, startsAt, closesAt, spec };
  }

  return {
    /** Ends a round by its secretary's word. Of two at once, one closes it and the other hears so. */
    async close(decision: Decision): Promise<Round> {
      const data = { closedAt: decision.at };
      const close = () => db.client.round.update({ where: { id: decision.round }, data });
      return (await onOpen(decision, close)).round;
    },

    /** Takes a round back, open or closed. Its answers are kept, but it no longer counts. */
    recall: ({ scope, round, at }: Decision): Promise<Round> =>
      db.atomic(async () => {
        const { number } = await owned(scope, round);
        const where = { id: round, recalledAt: null };
        const { count } = await db.client.round.updateMany({ where, data: { recalledAt: at } });
        if (count === 0) throw new Refusal('ROUND_RECALLED', { number });
        await waking.refreshNow(round);
        return finding.find(round);
      }),

    /** Changes what an open round is called, when it begins and ends, and what it says about itself. */
    edit: (decision: Decision, edit: Edit): Promise<Edited> =>
      onOpen(decision, async (before) => {
        const data = changeOf(edit, before);
        await db.client.round.update({ where: { id: decision.round }, data });
        if (!data.closesAt) return;
        await waking.closeAt(decision.round, data.closesAt);
        await waking.renewInTime(await finding.find(decision.round));
      }),
  };
}
