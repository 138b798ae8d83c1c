import type { PersonId } from '../../base/ids.ts';
import type { Meetings } from '../../rounds/meetings/service.ts';
import type { Quiet } from '../quiet/service.ts';
import type { Rounds } from '../../rounds/service.ts';
import type { Study } from '../study/service.ts';
import type { OwnRecord } from './types.ts';

interface RecordNeeds {
  rounds: Rounds;
  meetings: Meetings;
  study: Study;
  quiet: Quiet;
}

/** A person's own record, in all their branches: for their own eyes. */
export function createRecord({ rounds, meetings, study, quiet }: RecordNeeds) {
  return {
    async of(person: PersonId): Promise<OwnRecord> {
      const asks = await rounds.ofPerson.roundsAwaiting(person);
      const asked = new Set(asks.map(({ id }) => id));
      return {
        asks,
        upcoming: (await meetings.upcoming(person)).filter(({ id }) => !asked.has(id)),
        answered: await rounds.ofPerson.answersThisMonth(person),
        study: await study.month(person),
        quiet: await quiet.of(person),
      };
    },
  };
}
export type OwnRecords = ReturnType<typeof createRecord>;
