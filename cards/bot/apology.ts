import type { Card, Reader } from '../../src/bot/talk.ts';
import { card, plain, slip } from './kit.ts';
import { inBoth } from './words.ts';

const words = inBoth(
  {
    apology: '抱歉，刚才出了点问题，这一条没有处理成功。请过一会儿再发一次。',
    toast: '抱歉，没有处理成功，请再点一次。',
    letters: '有工作没能完成',
    count: (count: number) => `最近一小时有 ${count} 项工作多次重试仍未完成，已保留待查。`,
    look: '请运维人员查看日志中的 “a job was given up”。',
  },
  {
    apology: 'Sorry, something went wrong and this was not done. Please send it again in a moment.',
    toast: 'Sorry, that did not work. Please press again.',
    letters: 'Some work could not be done',
    count: (count) =>
      `${count} jobs were given up in the last hour after several tries; they are kept.`,
    look: 'Please look for "a job was given up" in the log.',
  },
);

/** What a person hears when their message met a bug. */
export function apologyCard({ locale }: Reader): Card {
  const { apology } = words[locale];
  return slip(apology, [plain(apology)]);
}

export const apologyLine = ({ locale }: Reader): string => words[locale].toast;

/** For administrators: work that was given up. */
export function deadLettersCard({ locale }: Reader, count: number): Card {
  const { letters, count: counted, look } = words[locale];
  return card(letters, 'warning', [plain(counted(count)), plain(look)]);
}
