import { sha256 } from '../../base/hash.ts';
import type { Question } from '../types.ts';

/**
 * Identifies what is asked: the text and the options, ignoring order, spaces and width. The options count
 * because many questions share the text 下列说法正确的是.
 */
export function questionHash({ kind, text, options }: Question): string {
  return sha256(JSON.stringify([kind === 'truth', bare(text), options.map(bare).sort()]));
}

/** Identifies a question with its answer, explanation, source and tags. */
export const contentHash = (question: Question): string => sha256(JSON.stringify(question));

/** Letters and digits alone, where there are any. */
function bare(text: string): string {
  const signs = text.normalize('NFKC').toLowerCase();
  return signs.replace(/[\s\p{P}]+/gu, '') || signs;
}
