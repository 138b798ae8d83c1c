import { inEach, type Both } from '../both.ts';
import { halfWidth, withoutQuoted } from '../text.ts';
import { beforeMarks, withText } from './line.ts';
import { definePart, type Part } from './part.ts';

/** A word that is there or not, at the end of what stands before the marks. */
export function flag(word: Both, { also = [] }: { also?: readonly string[] } = {}): Part<boolean> {
  const like = new RegExp(`\\s*(?:${[...Object.values(word), ...also].join('|')})$`, 'i');
  return definePart({
    kind: { is: 'flag' },
    name: word,
    usage: inEach((locale) => `[${word[locale]}]`),
    spot: 'anywhere',
    take(line) {
      const { head, rest } = beforeMarks(line);
      const found = like.exec(withoutQuoted(halfWidth(head)));
      if (!found) return { value: false, rest: line };
      return { value: true, rest: withText(line, `${head.slice(0, found.index)} ${rest.text}`) };
    },
    show: (value, { locale }) => (value ? word[locale] : ''),
  });
}
