import type { Roster } from '../../src/people/roster/service.ts';
import { cleanJob, forgetEvents, registerClean, type Cleaning } from '../night/clean.ts';
import { registerDelivery, type SendNeeds } from './deliver.ts';
import type { RunningOutbox } from '../../src/queue/outbox.ts';
import type { RunningQueue } from '../../src/queue/queue.ts';
import type { Timetable } from '../../src/queue/timetable.ts';
import { registerTellAdmins, type TellAdminsNeeds } from './tell-admins.ts';
import { tellGone } from '../people/tell-gone.ts';
import { registerRecallMessage, registerUpdateMessage } from './update-message.ts';

interface SystemJobsNeeds extends SendNeeds, TellAdminsNeeds {
  queue: RunningQueue;
  outbox: RunningOutbox;
  roster: Pick<Roster, 'outOfReach'>;
  cleaning: Cleaning;
  timetable: Timetable;
}

/** The jobs that belong to no feature: sending messages, reporting dead letters, giving up lost jobs, deleting what is old. */
export function registerSystemJobs(needs: SystemJobsNeeds) {
  const { db, clock, queue, outbox, roster, rateLimit, cleaning, timetable } = needs;
  const tell = tellGone(queue);
  registerDelivery({
    ...needs,
    async markGone(recipient) {
      if (await roster.outOfReach(recipient, clock.now())) await tell(recipient);
    },
  });
  registerUpdateMessage(needs);
  registerRecallMessage(needs);
  registerTellAdmins(needs);
  registerClean(needs);
  cleaning.on(forgetEvents(db));
  cleaning.on(() => outbox.deleteOld());
  cleaning.on(() => rateLimit.deleteOld());
  timetable.on({ name: 'sweep', when: '* * * * *', plan: () => queue.giveUpLostJobs() });
  timetable.on({ name: 'waiting', when: '30 * * * * *', plan: () => outbox.requeueStranded() });
  const clean = () => queue.add(cleanJob, {}, { key: 'house.clean' });
  timetable.on({ name: 'clean', when: '41 2 * * *', plan: clean });
}
