import type { Sentences } from '../../src/bot/refusals.ts';
import type { DailyRefusals } from '../../src/daily/refusals.ts';
import { firstOf, inBoth } from '../bot/words.ts';

/** Titles come one to a line. */
const zhTitles = (titles: string) =>
  titles
    .split('\n')
    .map((title) => `《${title}》`)
    .join('、');
const enTitles = (titles: string) =>
  titles
    .split('\n')
    .map((title) => `"${title}"`)
    .join(', ');

export const dailyRefusals = inBoth<Sentences<DailyRefusals>>(
  {
    NO_DOCUMENT: (_, { tip }) =>
      `支部还没有学习资料，请先把一份 .docx、.pdf、.md、.txt 或 .html 文件私聊发给我并确认入库（大家共用的资料由管理员放入），再发一次。${tip}`,
    DOCUMENT_UNKNOWN: ({ said, titles }) =>
      `没有找到资料「${said}」，可以选：${zhTitles(titles)}。例如：每日一学 开 8:30 资料 ${firstOf(titles)}`,
    DOCUMENT_AMBIGUOUS: ({ said, titles }) =>
      `资料「${said}」有好几份，请写明是哪一份：${zhTitles(titles)}。例如：每日一学 开 8:30 资料 ${firstOf(titles)}`,
  },
  {
    NO_DOCUMENT: (_, { tip }) =>
      `There is no study document yet. Send me a .docx, .pdf, .md, .txt or .html file in private and confirm it (an administrator adds what all share), then try again. ${tip}`,
    DOCUMENT_UNKNOWN: ({ said, titles }) =>
      `I found no document "${said}". There are, for example: ${enTitles(titles)}. Example: daily on 8:30 from ${firstOf(titles)}`,
    DOCUMENT_AMBIGUOUS: ({ said, titles }) =>
      `Several documents fit "${said}". Please say which: ${enTitles(titles)}. Example: daily on 8:30 from ${firstOf(titles)}`,
  },
);
