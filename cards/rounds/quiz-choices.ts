import type { Reader } from '../../src/bot/talk.ts';
import type { QuestionKind } from '../../src/library/types.ts';
import type { Sheet } from '../../src/rounds/quiz/types.ts';
import { inBoth } from '../bot/words.ts';

const words = inBoth(
  {
    truth: ['对', '错'],
  },
  {
    truth: ['True', 'False'],
  },
);

export const letterOf = (option: number) => String.fromCharCode(65 + option);

/** The options as a person sees them. */
export function choiceLabels(
  { locale }: Reader,
  { kind, options }: Pick<Sheet, 'kind' | 'options'>,
) {
  if (kind === 'truth') return words[locale].truth;
  return options.map((text, i) => `${letterOf(i)}. ${text}`);
}

/** What stands for a choice where there is little room. */
export const choiceName = ({ locale }: Reader, kind: QuestionKind, option: number) =>
  kind === 'truth' ? (words[locale].truth[option] ?? '') : letterOf(option);
