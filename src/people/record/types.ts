import type { QuietHours } from '../quiet/types.ts';
import type { OwnAnswers, Round } from '../../rounds/types.ts';
import type { StudyMonth } from '../study/types.ts';

/** What a person sees of themselves. */
export interface OwnRecord {
  asks: Round[];
  /** Meetings ahead or going on, as far as none of them still asks whether they come. */
  upcoming: Round[];
  answered: OwnAnswers;
  study: StudyMonth;
  /** Undefined: they want none. */
  quiet: QuietHours | undefined;
}
