import { both } from '../../src/bot/both.ts';

/** The types of meetings, by the words for them. */
export const meetingTypes = {
  general: { word: both('党员大会', 'general'), also: ['支部党员大会', '支部大会'] },
  committee: { word: both('支委会', 'committee'), also: ['支部委员会', '支部委员会会议'] },
  group: { word: both('党小组会', 'group') },
  lecture: { word: both('党课', 'lecture') },
  themeday: { word: both('主题党日', 'themeday'), also: ['主题党日活动'] },
  orglife: { word: both('组织生活会', 'orglife') },
  review: { word: both('民主评议', 'review'), also: ['民主评议党员'] },
  theory: { word: both('中心组学习', 'theory') },
  study: { word: both('集中学习', 'study') },
};
export type MeetingType = keyof typeof meetingTypes;
