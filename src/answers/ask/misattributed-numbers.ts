import { comparable, isPair, termsOf } from '../words/words.ts';
import { same } from './figures.ts';
import { type Quantity, quantitiesIn } from './quantities.ts';

/** Where a passage is cut, and by how many words another place has to fit better there. */
const levels = [
  { cut: /[。；;！？!?]/u, lead: 1, isWhole: true },
  { cut: /[，,。；;！？!?]/u, lead: 2, isWhole: false },
];
const item = /^\s*[（(][一二三四五六七八九十]+[）)]/u;
/** Numbers and their bounds are compared as such. */
const isCounting = /[\d零一二三四五六七八九十百千万亿两]|^(?:以[上下内]|不?满|超过)$/u;

/** A number of a claim with the words around it. */
interface NumberInContext {
  one: Quantity;
  words: string[];
}

/**
 * Whether the cited texts give a claim's number for something else than the claim does: beside the claim's
 * words stands another number of the same unit, which the claim leaves out. So a passage on two kinds of
 * meetings cannot lend the frequency of one to the other.
 */
export function hasMisattributedNumber(claim: string, cited: readonly string[]): boolean {
  const all = numberedClausesOf(claim).flatMap(numbersInContext);
  const numbers = all.map(({ one }) => one);
  return all.some(({ one, words }) => {
    const holding = cited.filter((text) => quantitiesIn(text).some((known) => same(one, known)));
    return (
      holding.length > 0 && holding.every((text) => fitsElsewhere({ one, words }, numbers, text))
    );
  });
}

/** A clause with numbers, with those before it that have none. */
function numberedClausesOf(claim: string): string[] {
  const found: string[] = [];
  let held = '';
  for (const clause of claim.split(/(?<=[，,；;])/u)) {
    held += clause;
    if (quantitiesIn(clause).length > 0) {
      found.push(held);
      held = '';
    }
  }
  const last = found.pop();
  return last === undefined ? [] : [...found, last + held];
}

function numbersInContext(clause: string): NumberInContext[] {
  const words = [...new Set(termsOf(clause))].filter(
    (term) => !isPair(term) && !isCounting.test(term),
  );
  return quantitiesIn(clause)
    .filter(({ unit }) => !unit.startsWith('第'))
    .map((one) => ({ one, words }));
}

function fitsElsewhere(
  { one, words }: NumberInContext,
  said: readonly Quantity[],
  text: string,
): boolean {
  return levels.some(({ cut, lead, isWhole }) => {
    const segments = segmentsOf(text, cut).map(({ segment, announced }) => {
      const plain = comparable(isWhole ? `${announced}\n${segment}` : segment);
      const all = quantitiesIn(segment);
      const agreeing = said.filter(
        (each) => each !== one && all.some((known) => same(each, known)),
      );
      const held = words.filter((word) => plain.includes(word));
      // Where a law counts out cases, numbers tell one from another more than words.
      return { shared: held.length + 3 * agreeing.length, all };
    });
    const most = (some: typeof segments) => Math.max(0, ...some.map(({ shared }) => shared));
    const here = segments.filter(({ all }) => all.some((known) => same(one, known)));
    const elsewhere = segments.filter(
      ({ all }) =>
        all.some(({ unit }) => unit === one.unit) &&
        !all.some((known) => known.unit === one.unit && said.some((each) => same(each, known))),
    );
    return most(elsewhere) >= most(here) + lead;
  });
}

/** A text in segments; those of a list carry the line that announces the list. */
function segmentsOf(text: string, cut: RegExp): { segment: string; announced: string }[] {
  let last = '';
  return text.split('\n').flatMap((line) => {
    if (/[：:]\s*$/u.test(line)) last = line;
    const announced = item.test(line) ? last : '';
    return line.split(cut).map((segment) => ({ segment, announced }));
  });
}
