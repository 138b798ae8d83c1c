import { numberSetting } from '../settings/rules.ts';

/** How many messages a week a group may get before the bot leaves out what it says by itself. */
export const weeklyMessages = numberSetting('groups.messages', 12, [1, 100]);
