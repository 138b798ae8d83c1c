import type { Both } from '../both.ts';
import { beforeMarks, longText, shortText } from './line.ts';
import { definePart, type Kind, type Part } from './part.ts';

interface TextOptions {
  /** Characters at most. */
  limit: number;
  /** It keeps its lines. */
  lines?: boolean;
  /** What else than text a form offers, such as the banks there are. */
  kind?: Kind;
  usage?: Both;
  asked?: Both;
  /** Takes off what is not part of it, such as quotation marks. */
  tidy?(text: string): string;
  /** Words that are hardly this part: they ask something, or were said to somebody. */
  unless?(text: string): boolean;
}

/** Words as people write them, up to the next mark. */
export function text(name: Both, { limit, lines = false, ...given }: TextOptions): Part<string> {
  const { tidy = (all: string) => all, unless = () => false, ...shown } = given;
  return definePart({
    kind: { is: 'text', limit, lines },
    name,
    ...shown,
    take(line) {
      const { head, rest } = beforeMarks(line);
      const words = tidy(head);
      if (!words || (!line.isMeant && unless(words))) return undefined;
      return { value: lines ? longText(words, limit) : shortText(words, limit), rest };
    },
    show: (value) => value,
  });
}
