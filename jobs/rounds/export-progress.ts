import { v5 as uuid } from 'uuid';
import { madeCard, notMadeCard, progressCard } from '../../cards/rounds/export.ts';
import type { Card, Reader } from '../../src/bot/talk.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/db.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

interface ProgressNeeds {
  db: Db;
  clock: Clock;
  outbox: Outbox;
  reader: () => Reader;
}
interface ExportUnderWay {
  /** Of the export. */
  id: string;
  person: PersonId;
  name: string;
  /** How many rows it will have, or nearly. */
  total: number;
}

/** People wait so long without a word, and then hear as often how far it is. */
const everyMs = 2_000;

/** Under it the card of an export is sent. */
export const progressSubject = (id: string) => `export:${id}`;

/** One card that tells how far an export is, where it takes longer than people like to wait. */
export function createProgress(needs: ProgressNeeds, { id, person, name, total }: ExportUnderWay) {
  const { db, clock, outbox, reader } = needs;
  const subject = progressSubject(id);
  let [told, isShown] = [clock.now().getTime(), false];

  // The same id however often the job begins anew: one export has one card.
  const show = (card: Card) =>
    outbox.put([{ id: uuid('progress', id), to: { person }, subject, content: { card } }]);

  return {
    /** So many rows are written. */
    async reached(rows: number): Promise<void> {
      const now = clock.now().getTime();
      if (now - told < everyMs) return;
      told = now;
      const percent = Math.min(99, Math.floor((rows / Math.max(1, total)) * 100));
      const card = progressCard(reader(), name, percent);
      await db.atomic(() => (isShown ? outbox.refresh(subject, card) : show(card)));
      isShown = true;
    },

    /** The card, if there is one, says how it ended. Joins the surrounding transaction. */
    ended: (how: 'made' | 'not-made'): Promise<void> =>
      outbox.refresh(subject, (how === 'made' ? madeCard : notMadeCard)(reader(), name)),
  };
}
