import { sha256 } from '../../base/hash.ts';
import type { Question } from '../types.ts';

/**
 * Stands for what is asked: the text and the options, whatever their order, spaces and width. Many
 * questions share the text 下列说法正确的是 and differ in their options alone.
 */
export function questionHash({ kind, text, options }: Question): string {
  return sha256(JSON.stringify([kind === 'truth', bare(text), options.map(bare).sort()]));
}

/** Stands for a question with its answer and all that is said about it. */
export const contentHash = (question: Question): string => sha256(JSON.stringify(question));

/** Letters and digits alone, where there are any. */
function bare(text: string): string {
  const signs = text.normalize('NFKC').toLowerCase();
  return signs.replace(/[\s\p{P}]+/gu, '') || signs;
}
