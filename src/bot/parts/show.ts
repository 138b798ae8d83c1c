import type { Locale } from '../talk.ts';
import { isSpread, type Part, type Parts, type Showing, type Spread } from './part.ts';

/** Writes values behind a command's word so that they can be read again. */
export function showParts(parts: Parts, values: object, showing: Showing): string {
  const all = Object.entries(parts);
  const isLast = ([, { spot }]: [string, Part | Spread]) => spot === 'end';
  return [...all.filter((each) => !isLast(each)), ...all.filter(isLast)]
    .map(([key, part]) => {
      if (isSpread(part)) return part.show(values, showing, key);
      const value = (values as Readonly<Record<string, unknown>>)[key];
      return value === undefined ? '' : part.show(value, showing);
    })
    .filter((shown) => shown !== '')
    .join(' ');
}

/** How the parts stand in the line that shows how a command is written. */
export const usageOf = (parts: Parts, locale: Locale): string =>
  Object.values(parts)
    .map(({ usage }) => usage[locale])
    .filter((usage) => usage !== '' && usage !== '[]')
    .join(' ');
