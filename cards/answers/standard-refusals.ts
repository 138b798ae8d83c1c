import type { Sentences } from '../../src/bot/refusals.ts';
import type { StandardRefusals } from '../../src/answers/standard/refusals.ts';
import { inBoth } from '../bot/words.ts';

export const standardRefusals = inBoth<Sentences<StandardRefusals>>(
  {
    STANDARD_UNKNOWN: ({ number }) =>
      `没有编号为 ${number} 的标准答案，没有改动。发「标准答案」看看有哪些。`,
    SOURCE_UNKNOWN: ({ said }, { tip }) =>
      `没有找到出处「${said}」，没有保存。出处写资料的标题和条目，要正好找到一段。${tip}`,
    SOURCE_ELSEWHERE: ({ branch }) =>
      `这段出处不是「${branch}」的资料。请另选一段，或者保存到有这份资料的支部。`,
  },
  {
    STANDARD_UNKNOWN: ({ number }) =>
      `There is no standard answer numbered ${number}; nothing was changed. Send "standard" to see what there is.`,
    SOURCE_UNKNOWN: ({ said }, { tip }) =>
      `The source "${said}" was not found; nothing was stored. Write the document's title and its article or heading, so that it means one passage. ${tip}`,
    SOURCE_ELSEWHERE: ({ branch }) =>
      `That passage is not among the documents of "${branch}". Please choose another one, or store it for the branch that has it.`,
  },
);
