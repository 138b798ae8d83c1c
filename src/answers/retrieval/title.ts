import { comparable } from '../words/words.ts';

/** A title as people name it: without signs, and without the country's or the party's name before it. */
export const bareTitle = (title: string): string =>
  comparable(title)
    .replace(/[\s\p{P}]/gu, '')
    .replace(/^(?:中华人民共和国|中国共产党)(?=.{2})/u, '');
