import { z } from 'zod';
import { faceOf, type RoundFaces } from '../../cards/rounds.ts';
import type { Reader } from '../bot/talk.ts';
import type { RoundId } from '../ids.ts';
import type { Rounds } from '../rounds/service.ts';
import { subjectOf } from '../rounds/types.ts';
import { defineJob } from './job.ts';
import type { Outbox } from './outbox.ts';

interface RefreshRoundNeeds {
  rounds: Rounds;
  outbox: Outbox;
  faces: RoundFaces;
  reader: () => Reader;
}

/** Shows a round's cards as the round stands when this runs. */
export const createRefreshRound = ({ rounds, outbox, faces, reader }: RefreshRoundNeeds) =>
  defineJob({
    name: 'round.refresh',
    payload: z.object({ round: z.int() }),
    async run(asked) {
      const round = await rounds.find(asked.round as RoundId);
      const face = faceOf(faces, round.kind);
      await outbox.refresh(subjectOf(round), face.card(reader(), round));
      for (const { subject, card } of face.others?.(reader(), round) ?? [])
        await outbox.refresh(subject, card);
    },
  });
