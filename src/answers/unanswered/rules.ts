import { inZone, localDay } from '../../base/clock.ts';
import { plainForm, questionTerms } from '../words/words.ts';
import type { UnansweredQuestion } from './types.ts';

const longest = 200;
const shortest = 4;

/** Whether a question is worth passing on: neither an exclamation nor a whole text. */
export function isWorthTelling(question: string): boolean {
  const length = [...question].length;
  const letters = question.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return length <= longest && letters >= shortest && questionTerms(question).length > 0;
}

/** The Monday after this moment's day, `YYYY-MM-DD`: what is asked on a Monday waits for the next one. */
export function mondayAfter(now: Date, zone: string): string {
  const today = inZone(now, zone);
  const days = (8 - today.day()) % 7 || 7;
  return localDay(now, zone, days);
}

const bare = (question: string) => plainForm(question).replace(/[\s\p{P}\p{S}]/gu, '');

/** Each question once with how often it was asked, the most frequent first; the order does not tell when. */
export function counted(questions: string[]): UnansweredQuestion[] {
  const found = new Map<string, UnansweredQuestion>();
  for (const question of [...questions].sort()) {
    const known = found.get(bare(question));
    if (known) known.times += 1;
    else found.set(bare(question), { question, times: 1 });
  }
  return [...found.values()].sort(
    (one, other) => other.times - one.times || (one.question < other.question ? -1 : 1),
  );
}
