import { inEach, type Both } from '../both.ts';
import type { Locale } from '../talk.ts';
import { halfWidth } from '../text.ts';
import { withText, type Line } from './line.ts';
import { definePart, type Option, type Part } from './part.ts';

interface ChoiceOptions {
  asked?: Both;
  usage?: Both;
  /** What may stand right behind a Chinese word for one of them. */
  glued?(rest: string): boolean;
  /** Refuses a line without any of them where one was plainly left out. */
  missing?(line: Line): void;
}

/** One of several things, by a word for it. */
export function choice<const All extends Readonly<Record<string, Option>>>(
  name: Both,
  options: All,
  { glued, missing, ...shown }: ChoiceOptions = {},
): Part<keyof All & string> {
  return definePart<keyof All & string>({
    kind: { is: 'choice', options },
    name,
    usage: inEach((locale) => listed(options, locale)),
    ...shown,
    take(line) {
      const found = beginning(line.text, options, glued);
      if (found) return { value: found.key, rest: withText(line, found.rest) };
      missing?.(line);
      return undefined;
    },
    show: (value, { locale }) => options[value]?.word[locale] ?? '',
  });
}

const listed = (options: Readonly<Record<string, Option>>, locale: Locale) =>
  Object.values(options)
    .filter(({ unlisted }) => !unlisted)
    .map(({ word }) => word[locale])
    .join('/');

/** The option that a text begins with, and what follows it. Of several words the longest counts. */
export function beginning<All extends Readonly<Record<string, Partial<Option>>>>(
  text: string,
  options: All,
  glued: (rest: string) => boolean = () => false,
): { key: keyof All & string; rest: string } | undefined {
  const read = halfWidth(text).toLowerCase();
  const fits = (word: string) => {
    const after = read.slice(word.length);
    const isWhole = /^(?:[.。!]*$|[\s:#《\d])/.test(after);
    return read.startsWith(word) && (isWhole || (isChinese.test(word) && glued(after)));
  };
  const found = wordsOf(options).find(({ word }) => fits(word));
  if (!found) return undefined;
  const rest = text.slice(found.word.length).replace(/^(?:[\s:：]+|[.。!！]+$)/, '');
  return { key: found.key, rest };
}

const isChinese = /\P{ASCII}/u;

function wordsOf<All extends Readonly<Record<string, Partial<Option>>>>(options: All) {
  const keys = Object.keys(options) as (keyof All & string)[];
  return keys
    .flatMap((key) => {
      const { word, also = [] } = options[key] ?? {};
      return [...Object.values(word ?? {}), ...also].map((each) => ({ key, word: each }));
    })
    .sort((one, other) => other.word.length - one.word.length);
}
