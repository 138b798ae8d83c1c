import type { Roster } from '../../src/people/roster/service.ts';
import { cleanJob, forgetEvents, registerClean, type Cleaning } from '../night/clean.ts';
import { registerDelivery, type DeliverNeeds } from './deliver.ts';
import type { RunningOutbox } from '../../src/queue/outbox.ts';
import type { RunningQueue } from '../../src/queue/queue.ts';
import type { Timetable } from '../../src/queue/timetable.ts';
import { registerTellAdmins, type TellAdminsNeeds } from './tell-admins.ts';
import { tellGone } from '../people/tell-gone.ts';
import { registerRecallMessage, registerUpdateMessage } from './update-message.ts';

interface MachineryNeeds extends DeliverNeeds, TellAdminsNeeds {
  queue: RunningQueue;
  outbox: RunningOutbox;
  roster: Pick<Roster, 'outOfReach'>;
  cleaning: Cleaning;
  timetable: Timetable;
}

/** The work that belongs to no feature: sending, telling of what was given up, sweeping and forgetting. */
export function registerMachinery(needs: MachineryNeeds) {
  const { db, clock, queue, outbox, roster, pace, cleaning, timetable } = needs;
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
  cleaning.on(() => outbox.forget());
  cleaning.on(() => pace.forget());
  timetable.on({ name: 'sweep', when: '* * * * *', plan: () => queue.sweep() });
  timetable.on({ name: 'waiting', when: '30 * * * * *', plan: () => outbox.sweep() });
  const clean = () => queue.add(cleanJob, {}, { key: 'house.clean' });
  timetable.on({ name: 'clean', when: '41 2 * * *', plan: clean });
}
