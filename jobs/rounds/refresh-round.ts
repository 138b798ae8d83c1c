import type { RoundFaces } from '../../cards/rounds/rounds.ts';
import type { Reader } from '../../src/bot/talk.ts';
import { refreshRoundJob } from '../../src/rounds/jobs.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { subjectOf } from '../../src/rounds/rules.ts';
import type { WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface RefreshRoundNeeds {
  queue: WorkQueue;
  rounds: Rounds;
  outbox: Outbox;
  kinds: RoundFaces;
  reader: () => Reader;
}

/** Shows a round's cards as the round stands when this runs. */
export const registerRefreshRound = ({ queue, rounds, outbox, kinds, reader }: RefreshRoundNeeds) =>
  queue.on(refreshRoundJob, async (asked) => {
    const round = await rounds.find(asked.round);
    const { face } = kinds.of(round.kind);
    await outbox.refresh(subjectOf(round), face.card(reader(), round));
    for (const { subject, card } of face.others?.(reader(), round) ?? [])
      await outbox.refresh(subject, card);
  });
