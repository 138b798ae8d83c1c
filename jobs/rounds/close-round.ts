import { reports } from '../../cards/rounds/round-news.ts';
import type { KnownFeatures } from '../../cards/rounds/round-feature.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { Db } from '../../src/database/db.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import { closeRoundJob } from '../../src/rounds/jobs.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { createEnding } from './end-round.ts';
import type { WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface CloseRoundNeeds {
  queue: WorkQueue;
  db: Db;
  rounds: Rounds;
  roster: Roster;
  outbox: Outbox;
  kinds: KnownFeatures;
  reader: () => Reader;
}

/** Ends a round at its time. Its secretaries hear in private how it went; the group sees counts only. */
export function registerCloseRound(needs: CloseRoundNeeds) {
  const { db, queue, rounds, roster, outbox, reader } = needs;
  const ending = createEnding(needs);
  queue.on(closeRoundJob, (asked) =>
    db.atomic(async () => {
      const ended = await rounds.closeDue(asked.round);
      if (!ended) return;
      await outbox.put(await ending.afterClosing(reader(), ended));
      const round = await rounds.find(ended.id);
      const secretaries = await roster.secretaries(round.branch.id);
      const scope = roster.asHouse(round.branch, 'a round has ended');
      for (const each of await ending.reports({ reader: reader(), scope, round }))
        await outbox.put(reports(secretaries, each));
    }),
  );
}
