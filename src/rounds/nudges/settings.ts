import { switchSetting } from '../../people/settings/rules.ts';

/** Whether a round reminds by itself before its end. */
export const automaticNudges = switchSetting('nudges.automatic', true);
