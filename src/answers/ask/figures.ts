import { type Quantity, quantitiesIn } from './quantities.ts';

/** The numbers of a passage that a sentence may use. */
export interface Figures {
  /** Of its text. */
  text: Quantity[];
  /** Of its title and heading: only years and ordinals of these count. */
  above: Quantity[];
  /** The articles that this passage is, such as `36`; of a text without articles none. */
  own: ReadonlySet<string>;
}

const ownArticle = /^第[^\s第条]{1,12}条(?:之[一二三四五六七八九十]{1,3})?(?=[\s：:]|$)/u;
const enumerated = /^\s*[（(]([一二三四五六七八九十]{1,3})[）)]/gmu;

export function figuresOf({
  title,
  heading,
  text,
}: Record<'title' | 'heading' | 'text', string>): Figures {
  const above = [...quantitiesIn(title), ...quantitiesIn(heading)];
  const names = [heading.split(' · ').at(-1) ?? '', text].map(
    (each) => ownArticle.exec(each)?.[0] ?? '',
  );
  // What a law marks （三） it calls 第三项.
  const items = [...text.matchAll(enumerated)].flatMap(([, number = '']) =>
    quantitiesIn(`第${number}项`),
  );
  return {
    text: [...quantitiesIn(text), ...items],
    above: above.filter(
      ({ unit, value }) => unit.startsWith('第') || (unit === 'date' && value.length === 4),
    ),
    own: new Set(names.flatMap((name) => quantitiesIn(name).map(({ value }) => value))),
  };
}

/** What of a claim's numbers stands in none of the cited passages; undefined where each does. */
export function unfounded(
  claim: string,
  cited: readonly Figures[],
): 'number' | 'article' | undefined {
  for (const said of quantitiesIn(claim)) {
    if (said.unit === '第条') {
      if (!cited.some((figures) => namesArticle(said, figures))) return 'article';
    } else if (
      !cited.some(({ text, above }) => [...text, ...above].some((known) => same(said, known)))
    ) {
      return said.unit.startsWith('第') ? 'article' : 'number';
    }
  }
  return undefined;
}

/** Its own article, or one that it speaks of in the same words: 本法第八条 is not the passage's 第八条. */
function namesArticle(said: Quantity, { text, above, own }: Figures): boolean {
  if (own.has(said.value)) return true;
  return [...text, ...above].some(
    (known) =>
      known.unit === said.unit &&
      known.value === said.value &&
      (own.size === 0 || (said.before.length === 2 && known.before === said.before)),
  );
}

/** Whether what is said is that what is known tells: the same number of the same, with the same bound. */
export function same(said: Quantity, known: Quantity): boolean {
  if (said.unit === 'date' || known.unit === 'date') {
    return said.unit === known.unit && isPartOf(said.value, known.value);
  }
  if (said.value !== known.value || !sameUnit(said, known)) return false;
  if (said.bound === undefined) return known.bound === undefined || known.bound === 'in';
  return known.bound !== undefined && (said.bound === 'up') === (known.bound === 'up');
}

/** A long number is known by itself, such as a telephone's; a short one only with what it counts. */
const sameUnit = (said: Quantity, known: Quantity) =>
  said.unit === known.unit || ((said.unit === '' || known.unit === '') && said.value.length >= 3);

/** `2018`, `2018-10` and `--10-28` are parts of `2018-10-28`. */
function isPartOf(said: string, known: string): boolean {
  if (said === known || known.startsWith(`${said}-`)) return true;
  return said.startsWith('--') && known.endsWith(said.slice(1));
}
