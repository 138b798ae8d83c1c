import { inZone, type Clock } from '../../base/clock.ts';
import type { BranchId, ChatId } from '../../base/ids.ts';
import type { Settings } from '../settings/service.ts';
import { weeklyMessages } from './settings.ts';

interface BurdenNeeds {
  clock: Clock;
  settings: Settings;
  /** What left for a group since a moment, without what was an answer to somebody. */
  outbox: { countTo(chat: ChatId, since: Date): Promise<number> };
  zone: string;
}

/** How much a group hears of the bot. */
export function createBurden({ clock, settings, outbox, zone }: BurdenNeeds) {
  const monday = () => {
    const today = inZone(clock.now(), zone).startOf('day');
    return today.subtract((today.day() + 6) % 7, 'day').toDate();
  };
  return {
    /** Whether the bot may say something in this group without being asked: the week has room for it. */
    async hasRoom({ branch, chat }: { branch: BranchId; chat: ChatId }): Promise<boolean> {
      const most = await settings.read(branch, weeklyMessages);
      return (await outbox.countTo(chat, monday())) < most;
    },
  };
}
export type Burden = ReturnType<typeof createBurden>;
