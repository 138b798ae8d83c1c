import type { RoundFaces } from '../../cards/rounds/rounds.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { Db } from '../../src/database/db.ts';
import { renewRoundJob } from '../../src/rounds/jobs.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { subjectOf } from '../../src/rounds/rules.ts';
import type { WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

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
      const round = await rounds.renewCard(asked.round, asked.card);
      if (!round) return;
      const { face } = kinds.of(round.kind);
      const before = subjectOf({ id: round.id, card: round.card - 1 });
      await outbox.refresh(before, face.movedCard(reader(), round));
      const content = { card: face.card(reader(), round) };
      await outbox.put([{ to: { chat: round.chat }, content, subject: subjectOf(round) }]);
    }),
  );
