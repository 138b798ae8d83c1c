import { reminders } from '../../cards/rounds/nudges.ts';
import type { RoundFaces } from '../../cards/rounds/rounds.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { Db } from '../../src/database/db.ts';
import { sendHeldJob } from '../../src/rounds/nudges/jobs.ts';
import type { Nudges } from '../../src/rounds/nudges/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import type { WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface SendHeldNeeds {
  queue: WorkQueue;
  db: Db;
  nudges: Nudges;
  rounds: Rounds;
  outbox: Outbox;
  kinds: RoundFaces;
  reader: () => Reader;
}

/** Sends the reminders that waited for the end of quiet hours, to those who are still waited for. */
export function registerSendHeld(needs: SendHeldNeeds) {
  const { db, queue, nudges, rounds, outbox, kinds, reader } = needs;
  queue.on(sendHeldJob, ({ until }) =>
    db.atomic(async () => {
      const nudged = await nudges.released(new Date(until));
      const about = await rounds.findAll([...new Set(nudged.flatMap((each) => each.rounds))]);
      await outbox.put(reminders(reader(), kinds, nudged, about));
    }),
  );
}
