import { inBoth } from '../bot/words.ts';

/** The limit of what the bot says in a group without being asked. */
export const weeklyMessagesWords = inBoth(
  {
    name: '每周消息',
    explains: '一周里群内消息达到这个数，机器人自己发的会议提醒就不再发到群里；书记要发的照发。',
  },
  {
    name: 'weekly messages',
    explains:
      'Once a group has had so many messages in a week, reminders that the bot sends by itself are left out there; what a secretary sends goes out.',
  },
);
