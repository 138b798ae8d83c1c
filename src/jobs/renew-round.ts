import { z } from 'zod';
import { faceOf, type RoundFaces } from '../../cards/rounds.ts';
import type { Reader } from '../bot/talk.ts';
import type { Db } from '../db.ts';
import type { RoundId } from '../ids.ts';
import type { Rounds } from '../rounds/service.ts';
import { subjectOf } from '../rounds/types.ts';
import { defineJob } from './job.ts';
import type { Outbox } from './outbox.ts';

interface RenewRoundNeeds {
  db: Db;
  rounds: Rounds;
  outbox: Outbox;
  faces: RoundFaces;
  reader: () => Reader;
}

/** Sends a long round's card anew before the platform lets go of the old one, which then says so. */
export const createRenewRound = ({ db, rounds, outbox, faces, reader }: RenewRoundNeeds) =>
  defineJob({
    name: 'round.renew',
    payload: z.object({ round: z.int(), card: z.int() }),
    run: (asked) =>
      db.atomic(async () => {
        const round = await rounds.renewed(asked.round as RoundId, asked.card);
        if (!round) return;
        const face = faceOf(faces, round.kind);
        const before = subjectOf({ id: round.id, card: round.card - 1 });
        await outbox.refresh(before, face.movedCard(reader(), round));
        const content = { card: face.card(reader(), round) };
        await outbox.put([{ to: { chat: round.chat }, content, subject: subjectOf(round) }]);
      }),
  });
