import { timeSetting } from '../../people/settings/rules.ts';

/** When work ends: what 下班前 means in a message of this branch. */
export const workEnd = timeSetting('work.end', 18 * 60);
