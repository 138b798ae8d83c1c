import { Fault } from '../../base/errors.ts';
import type { Ask } from '../../answers/ask/service.ts';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { Feedback } from '../../answers/feedback/service.ts';
import type { Files } from '../../library/files/service.ts';
import type { PersonId } from '../../base/ids.ts';
import type { Quiet } from '../quiet/service.ts';
import type { Rounds } from '../../rounds/service.ts';
import type { Study } from '../study/service.ts';
import { createEverything } from './everything.ts';
import type { Forgotten, Stored } from './types.ts';

interface PrivacyNeeds {
  db: Db;
  clock: Clock;
  rounds: Rounds;
  files: Files;
  quiet: Quiet;
  ask: Ask;
  feedback: Feedback;
  study: Study;
}

/** What is stored about a person: to see, to take along, to delete. */
export function createPrivacy(needs: PrivacyNeeds) {
  const { db, clock, rounds, files, quiet, ask, feedback, study } = needs;

  /** What concerns nobody else. When they were last reminded stays: it keeps them from being reminded more. */
  async function forgetOwn(person: PersonId) {
    await quiet.forgetOf(person);
    await files.uploads.deleteUnconfirmedOf(person);
    await ask.turns.forgetOf(person);
    return { marked: await feedback.forgetOf(person), studied: await study.forgetOf(person) };
  }

  return {
    everything: createEverything({ db, clock }),

    async stored(person: PersonId): Promise<Stored> {
      const mine = (table: string) => `(select count(*) from ${table} where person_id = $1)::int`;
      const [stored] = await db.sql<Stored>(
        `select ${mine('chat_member')} as groups, ${mine('role')} as roles, ${mine('round_person')} as asked,
           ${mine('answer')} as answered, ${mine('round_coming')} as comings, ${mine('round_leave')} as leaves,
           ${mine('round_makeup')} as "madeUp", ${mine('study_log')} as studied,
           ${mine('feedback')} as marked,
           (select count(*) from round where opened_by = $1)::int as opened,
           (select count(*) from outgoing where person_id = $1
             or chat_id = any(array(select id from chat where person_id = $1)))::int as messages`,
        person,
      );
      if (!stored) throw new Fault('counting found no row');
      return stored;
    },

    /**
     * Deletes what is this person's alone and what is not counted yet. What a branch has counted stays,
     * without the words that went with it. Repeated, it finds nothing more to delete.
     */
    forget: (person: PersonId): Promise<Forgotten> =>
      db.atomic(async () => {
        const withdrawn = await rounds.answers.withdraw(person);
        const reasons = await rounds.forgetWords(person);
        return { ...(await forgetOwn(person)), withdrawn, reasons };
      }),
  };
}
export type Privacy = ReturnType<typeof createPrivacy>;
