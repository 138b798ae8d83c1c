import type { Sentences } from '../../src/bot/refusals.ts';
import type { RoundRefusals } from '../../src/rounds/refusals.ts';
import { inBoth } from '../bot/words.ts';

export const roundRefusals = inBoth<Sentences<RoundRefusals>>(
  {
    ROUND_UNKNOWN: ({ number }, { tip }) =>
      `这个支部没有编号为 ${number} 的事项，编号写在卡片下方，书记发「进度」也能看到。${tip}`,
    ROUND_CLOSED: ({ number, makeup }) =>
      `#${number} 已经结束了，没有改动。${makeup ? `没赶上可以补，例如：补 ${makeup} 已自学` : ''}`,
    ROUND_OPEN: ({ number }) => `#${number} 还没有结束，不用补，现在就可以完成，例如：答 ${number}`,
    ROUND_RECALLED: ({ number }) => `#${number} 已经撤回了，没有改动。`,
    NO_OPEN_ROUND: () =>
      '现在没有进行中的签到；测验和会议请点它们的卡片，或按编号来，例如：答 12。书记要发起签到，例如：签到 主题党日学习 截止 明天 18:00',
    NOT_IN_ROUND: () => '你不在这次的名单里，没有记录。名单以支部群的成员为准。',
    NOBODY_ASKED: (_, { tip }) =>
      `这个支部的群里还没有成员，没有人可以通知。先请成员进群再发。${tip}`,
    WRONG_KIND: ({ number }) => `#${number} 不能这样操作，请看它的卡片。`,
    NOTHING_TO_EXPORT: () => '这段时间没有发起过活动，没有可以导出的。例如：导出 12，或 导出 3月',
  },
  {
    ROUND_UNKNOWN: ({ number }, { tip }) =>
      `This branch has nothing with the number ${number}. The number stands at the foot of the card. ${tip}`,
    ROUND_CLOSED: ({ number, makeup }) =>
      `#${number} is closed already. Nothing was changed.${makeup ? ` You can make up for it. Example: makeup ${makeup} studied on my own` : ''}`,
    ROUND_OPEN: ({ number }) =>
      `#${number} is still open, so there is nothing to make up: just answer it. Example: answer ${number}`,
    ROUND_RECALLED: ({ number }) => `#${number} was taken back. Nothing was changed.`,
    NO_OPEN_ROUND: () =>
      'No check-in is open now. For a quiz or a meeting use its card or its number, for example: answer 12. A secretary opens a check-in, for example: checkin Theme day study by tomorrow 18:00',
    NOT_IN_ROUND: () =>
      "You are not on the list of this one, so nothing was recorded. The list is the members of the branch's groups.",
    NOBODY_ASKED: (_, { tip }) =>
      `There is nobody in this branch's groups yet, so nobody could be told. Please add its members first. ${tip}`,
    WRONG_KIND: ({ number }) => `#${number} does not work that way. Please look at its card.`,
    NOTHING_TO_EXPORT: () =>
      'Nothing was opened in that time, so there is nothing to export. Example: export 12, or export March',
  },
);
