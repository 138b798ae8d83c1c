import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { Refusal } from '../base/errors.ts';
import type { RoundId } from '../base/ids.ts';
import type { SecretaryScope } from '../people/roster/types.ts';
import type { Finding } from './finding.ts';
import { aheadOf, checkOpen, roundTitle } from './rules.ts';
import type { Decision, Edit, Edited, Round } from './types.ts';
import type { Scheduling } from './scheduling.ts';

interface DecisionsNeeds {
  db: Db;
  clock: Clock;
  finding: Finding;
  scheduling: Scheduling;
}
/** What an edit comes to, from the round as it is while nobody else changes it. */
type EditDecision = (before: Round) => Edit | Promise<Edit>;

/** What a secretary decides about a round that is there: its end, its words, that it should not be. */
export function createDecisions({ db, clock, finding, scheduling }: DecisionsNeeds) {
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
      await scheduling.refreshNow(id);
      return { before, round: await finding.find(id) };
    });

  /** What an edit writes. */
  function changeOf({ title, closesAt, spec }: Edit, before: Round) {
    if (title === undefined && !closesAt && !spec)
      throw new Refusal('PART_MISSING', { part: 'change' });
    return {
      title: title === undefined ? undefined : roundTitle(title),
      closesAt: closesAt && aheadOf(closesAt, clock.now()),
      spec: spec && { ...before.spec, ...spec },
    };
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
        await scheduling.refreshNow(round);
        return finding.find(round);
      }),

    /** Changes what an open round is called, when it ends, and what it says about itself. */
    edit: (decision: Decision, decide: EditDecision): Promise<Edited> =>
      onOpen(decision, async (before) => {
        const data = changeOf(await decide(before), before);
        await db.client.round.update({ where: { id: decision.round }, data });
        if (data.closesAt) await scheduling.planForEnd(await finding.find(decision.round));
      }),
  };
}
