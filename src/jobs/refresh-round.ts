import type { RoundFaces } from '../../cards/rounds.ts';
import type { Reader } from '../bot/talk.ts';
import type { RoundId } from '../ids.ts';
import { refreshRoundJob } from '../rounds/jobs.ts';
import type { Rounds } from '../rounds/service.ts';
import { subjectOf } from '../rounds/types.ts';
import type { WorkQueue } from './job.ts';
import type { Outbox } from './outbox.ts';

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
    const round = await rounds.find(asked.round as RoundId);
    const { face } = kinds.of(round.kind);
    await outbox.refresh(subjectOf(round), face.card(reader(), round));
    for (const { subject, card } of face.others?.(reader(), round) ?? [])
      await outbox.refresh(subject, card);
  });
