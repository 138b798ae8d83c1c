import { inBoth } from '../bot/words.ts';

/** The time that 下班 stands for in a message. */
export const workEndWords = inBoth(
  { name: '下班', explains: '消息里写「下班前」时，指的就是这个时间。' },
  { name: 'end of work', explains: 'What “end of work” means in a message.' },
);
