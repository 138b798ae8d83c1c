import type { PassageId } from '../../base/ids.ts';

/**
 * What the nearest meaning adds to the score of the best words. Chosen with care and not tuned, since models
 * differ: it moves passages whose words fit about as well, and lets no meaning beat words that fit by far.
 */
export const meaningWeight = 0.3;

/**
 * Candidates in the order of words and meaning together: a weighted sum of the score, as a share of the best
 * one, and of the cosine between the farthest and the nearest of them. One whose vector is not there yet
 * stands in the middle of the others.
 */
export function fused<Each extends { passage: PassageId; score: number }>(
  candidates: readonly Each[],
  cosines: ReadonlyMap<PassageId, number>,
): Each[] {
  const known = candidates.flatMap(({ passage }) => cosines.get(passage) ?? []);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (!(high > low)) return [...candidates];
  const middle = known.reduce((sum, each) => sum + each, 0) / known.length;
  const top = Math.max(...candidates.map(({ score }) => score)) || 1;
  return candidates
    .map((candidate) => {
      const near = ((cosines.get(candidate.passage) ?? middle) - low) / (high - low);
      const byWords = candidate.score / top;
      return { ...candidate, byWords, score: byWords + meaningWeight * near };
    })
    .sort((one, other) => other.score - one.score);
}
