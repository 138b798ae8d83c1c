import { z } from 'zod';
import { reportCard, reports, type RoundEnding } from '../../cards/round-news.ts';
import type { RoundFaces } from '../../cards/rounds.ts';
import type { Reader } from '../bot/talk.ts';
import type { Db } from '../db.ts';
import type { RoundId } from '../ids.ts';
import type { Roster } from '../roster/service.ts';
import type { Rounds } from '../rounds/service.ts';
import { defineJob } from './job.ts';
import type { Outbox } from './outbox.ts';

interface CloseRoundNeeds {
  db: Db;
  rounds: Rounds;
  roster: Roster;
  outbox: Outbox;
  faces: RoundFaces;
  ending: RoundEnding;
  reader: () => Reader;
}

/** Ends a round at its time. Its secretaries hear in private how it went; the group sees counts only. */
export const createCloseRound = (needs: CloseRoundNeeds) =>
  defineJob({
    name: 'round.close',
    payload: z.object({ round: z.int() }),
    run: (asked) =>
      needs.db.atomic(async () => {
        const { rounds, roster, outbox, faces, ending, reader } = needs;
        const ended = await rounds.closeDue(asked.round as RoundId);
        if (!ended) return;
        await ending.settle(ended);
        const round = await rounds.find(ended.id);
        const [missing, onLeave] = [await rounds.waiting(round.id), await rounds.onLeave(round.id)];
        const report = reportCard(reader(), faces, round, missing, onLeave);
        const secretaries = await roster.secretaries(round.branch.id);
        for (const each of [report, ...(await ending.reports(reader(), round))])
          await outbox.put(reports(secretaries, each));
      }),
  });
