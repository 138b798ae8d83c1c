import type { RoundFaces } from '../../cards/rounds.ts';
import type { Reader } from '../bot/talk.ts';
import type { Db } from '../db.ts';
import type { RoundId } from '../ids.ts';
import { renewRoundJob } from '../rounds/jobs.ts';
import type { Rounds } from '../rounds/service.ts';
import { subjectOf } from '../rounds/types.ts';
import type { WorkQueue } from './job.ts';
import type { Outbox } from './outbox.ts';

export interface RenewRoundNeeds {
  queue: WorkQueue;
  db: Db;
  rounds: Rounds;
  outbox: Outbox;
  kinds: RoundFaces;
  reader: () => Reader;
}

/** Sends a long round's card anew before the platform lets go of the old one, which then says so. */
export const registerRenewRound = ({ db, queue, rounds, outbox, kinds, reader }: RenewRoundNeeds) =>
  queue.on(renewRoundJob, (asked) =>
    db.atomic(async () => {
      const round = await rounds.renewed(asked.round as RoundId, asked.card);
      if (!round) return;
      const { face } = kinds.of(round.kind);
      const before = subjectOf({ id: round.id, card: round.card - 1 });
      await outbox.refresh(before, face.movedCard(reader(), round));
      const content = { card: face.card(reader(), round) };
      await outbox.put([{ to: { chat: round.chat }, content, subject: subjectOf(round) }]);
    }),
  );
