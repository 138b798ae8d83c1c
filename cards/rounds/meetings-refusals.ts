import type { Sentences } from '../../src/bot/refusals.ts';
import type { Locale } from '../../src/bot/talk.ts';
import type { MeetingRefusals } from '../../src/rounds/meetings/refusals.ts';
import { meetingTypes } from './meetings-types.ts';
import { inBoth } from '../bot/words.ts';

const typesIn = (locale: Locale) => Object.values(meetingTypes).map(({ word }) => word[locale]);

export const meetingRefusals = inBoth<Sentences<MeetingRefusals>>(
  {
    MEETING_STARTED: ({ number }) =>
      `#${number} 已经开始了，没有改动；有事请直接告诉书记，结束后可以补，例如：补 ${number} 已自学`,
    MEETING_END: ({ number }) =>
      `#${number} 还没开始就结束了，没有改动。结束要晚于开始，例如：改 ${number} 截止 明天 18:00`,
    MEETING_TYPE: (_, { tip }) => `会议要写明类型，可以写：${typesIn('zh-CN').join('、')}。${tip}`,
    SIGN_IN_EARLY: ({ number }) =>
      `#${number} 还没到签到的时候，开始前 15 分钟可以签到。现在可以先回复，例如：参加 ${number}`,
    ANSWERED_SINCE: ({ number }) =>
      `#${number} 你后来又回复过，以后来的为准，没有改动；要改请再发一次，例如：参加 ${number}`,
  },
  {
    MEETING_STARTED: ({ number }) =>
      `#${number} has begun, so nothing was changed. Please tell the secretary; afterwards you can make up for it. Example: makeup ${number} studied on my own`,
    MEETING_END: ({ number }) =>
      `#${number} would end before it begins, so nothing was changed. Example: edit ${number} by tomorrow 18:00`,
    MEETING_TYPE: (_, { tip }) =>
      `Please name the type of the meeting: ${typesIn('en-US').join(', ')}. ${tip}`,
    SIGN_IN_EARLY: ({ number }) =>
      `It is too early to sign in to #${number}: that opens 15 minutes before the start. You can say now that you come. Example: going ${number}`,
    ANSWERED_SINCE: ({ number }) =>
      `You have answered #${number} again since, and the later answer counts. To change it, send it once more. Example: going ${number}`,
  },
);
