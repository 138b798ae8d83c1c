import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Place, Reader, Toast } from '../../src/bot/talk.ts';
import type { Leave, MadeUp } from '../../src/rounds/types.ts';
import { inBoth } from '../bot/words.ts';
import { RoundId } from '../../src/base/ids.ts';

const withWords = z.object({ round: RoundId, text: z.string().max(2000).optional() });
export const leaveRound = defineAction('round.leave', withWords);
export const makeUpRound = defineAction('round.makeup', withWords);

const words = inBoth(
  {
    leave: {
      recorded: (number: number) => `#${number} 请假已记下，不会再催你；之后完成也照样算。`,
      kept: (number: number) => `#${number} 已经请过假了，没有改动。`,
      answered: (number: number) => `#${number} 你已经完成了，不用请假。`,
    },
    reason: '原因只有书记能看到。',
    inPrivate: '下次可以私聊我写原因，只有书记能看到。',
    madeUp: {
      recorded: (number: number) => `#${number} 已记下，算结束之后补上的。`,
      kept: (number: number) => `#${number} 已经补过了，没有改动。`,
      answered: (number: number) => `#${number} 你已经按时完成了，不用补。`,
    },
  },
  {
    leave: {
      recorded: (number) =>
        `#${number}: your leave is noted and you will not be reminded. You can still answer.`,
      kept: (number) => `#${number}: you are on leave already. Nothing was changed.`,
      answered: (number) => `#${number}: you have answered, so you need no leave.`,
    },
    reason: 'Only the secretary can see the reason.',
    inPrivate: 'Next time write the reason to me in private: only the secretary sees it.',
    madeUp: {
      recorded: (number) => `#${number}: noted as made up after its end.`,
      kept: (number) => `#${number}: you have made up for it already. Nothing was changed.`,
      answered: (number) => `#${number}: you answered in time, so there is nothing to make up.`,
    },
  },
);

/** Whether a reason came with it, and where it was written. */
interface LeaveContext {
  why?: string;
  place: Place['kind'];
}

/** After asking for leave. The reason itself is not said again: others may be reading. */
export function leaveLine(
  { locale }: Reader,
  { outcome, number }: Leave,
  context: LeaveContext,
): string {
  const say = words[locale];
  const line = say.leave[outcome](number);
  if (!context.why || outcome !== 'recorded') return line;
  const gap = locale === 'zh-CN' ? '' : ' ';
  return line + gap + (context.place === 'group' ? say.inPrivate : say.reason);
}

export const madeUpLine = ({ locale }: Reader, { outcome, number }: MadeUp): string =>
  words[locale].madeUp[outcome](number);

export const leaveToast = (reader: Reader, leave: Leave, context: LeaveContext): Toast => ({
  type: leave.outcome === 'recorded' ? 'success' : 'info',
  content: leaveLine(reader, leave, context),
});

export const madeUpToast = (reader: Reader, madeUp: MadeUp): Toast => ({
  type: madeUp.outcome === 'recorded' ? 'success' : 'info',
  content: madeUpLine(reader, madeUp),
});
