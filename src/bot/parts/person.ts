import type { PersonId } from '../../base/ids.ts';
import { both } from '../both.ts';
import { halfWidth } from '../text.ts';
import { refuse, repeated, withText } from './line.ts';
import { definePart, type Part } from './part.ts';

/** The one person mentioned. */
export function person(): Part<PersonId> {
  return definePart<PersonId>({
    kind: { is: 'person' },
    name: both('成员', 'member'),
    usage: both('@某人', '@X'),
    asked: both('一位成员', 'one person'),
    glued: (rest) => rest.startsWith('@'),
    take(line, key) {
      const { text, mentions } = line;
      const [first, ...others] = mentions.filter(({ name }) => text.includes(`@${name}`));
      if (!first) {
        if (halfWidth(text).startsWith('@')) refuse('PERSON_UNKNOWN', { said: repeated(text) });
        return undefined;
      }
      if (others.some((each) => each.person !== first.person))
        refuse('PART_UNREADABLE', { part: key });
      const left = text.replaceAll(`@${first.name}`, '');
      const rest = /^[\s\p{P}]*$/u.test(left) ? '' : left;
      return { value: first.person, rest: withText(line, rest) };
    },
    show: (value, { nameOf }) => `@${nameOf(value)}`,
  });
}
