import { must } from '../../base/errors.ts';
import type { Hit } from '../retrieval/types.ts';
import { comparable, isPair, termsOf } from '../words/words.ts';
import { type Figures, figuresOf, unfounded } from './figures.ts';
import { hasForbiddenContent } from './forbidden-content.ts';
import { hasMisattributedNumber } from './misattributed-numbers.ts';
import { turnsModality } from './modality.ts';
import { quotationsIn } from './quotation-marks.ts';
import type { Claim, Draft } from './sentences.ts';
import type { Sentence } from './types.ts';

/** Why a sentence is dropped. A label of the metrics as well. */
export type Fault =
  | 'uncited' // cites nothing
  | 'source' // cites what there is not
  | 'quote' // holds a quotation that does not stand in what it cites, or one without an end
  | 'title' // names a document that what it cites neither is nor names
  | 'number' // a number, date or duration that does not stand there
  | 'article' // an article's or another ordinal number that does not
  | 'modality' // allows, orders or forbids what it does not
  | 'foreign' // its words hardly occur there
  | 'manners' // links, mentions, code, talk of instructions or of other editions
  | 'long' // longer than a sentence
  | 'hanging'; // goes on from a sentence that was dropped

export type Checked = { sentence: Sentence } | { fault: Fault };

/** So much of a sentence's words has to stand in what it cites. */
const leastShared = 0.6;
const longest = 400;

/** A passage with what is compared with a sentence, made when it is first cited. */
interface CheckedPassage {
  title: string;
  text: string;
  /** Title, heading and text as they stand. */
  whole: string;
  plain: string;
  figures: Figures;
}

/** What a model was given, by the number it cites; undefined where a number was left out. */
export type CitablePassages = readonly (Pick<Hit, 'document' | 'heading' | 'text'> | undefined)[];

/** Checks sentences against the passages that they cite: all in code, nothing of it asks a model. */
export function createChecker(passages: CitablePassages) {
  const checked = new Map<number, CheckedPassage>();
  const passageAt = (place: number): CheckedPassage => {
    const known = checked.get(place) ?? checkedPassage(must(passages[place]));
    checked.set(place, known);
    return known;
  };

  /** Undefined where the cited passages support all of it. */
  function faultOf({ text, claims, cites }: Draft): Fault | undefined {
    if (text.length > longest) return 'long';
    if (cites.length === 0) return 'uncited';
    if (cites.some((cite) => !passages[cite - 1])) return 'source';
    if (!quotationsIn(text).isWhole) return 'quote';
    const all = cites.map((cite) => passageAt(cite - 1));
    if (hasForbiddenContent(text, wholeOf(all))) return 'manners';
    for (const claim of claims) {
      // What follows the last mark rests on all of them.
      const cited = claim.cites.length > 0 ? claim.cites.map((cite) => passageAt(cite - 1)) : all;
      const fault = faultOfClaim(claim, cited);
      if (fault) return fault;
    }
    return sharedOf(text, all) < leastShared ? 'foreign' : undefined;
  }

  return {
    /** The sentence as it may be shown, or why it may not. */
    check(draft: Draft): Checked {
      const fault = faultOf(draft);
      if (fault) return { fault };
      const [first, ...others] = draft.cites.map((cite) => cite - 1);
      return { sentence: { text: draft.text, cites: [must(first), ...others] } };
    },
  };
}
export type Checker = ReturnType<typeof createChecker>;

function checkedPassage({
  document: { title },
  heading,
  text,
}: Pick<Hit, 'document' | 'heading' | 'text'>) {
  const whole = `${title}\n${heading}\n${text}`;
  return {
    title,
    text,
    whole,
    plain: comparable(whole),
    figures: figuresOf({ title, heading, text }),
  };
}

const wholeOf = (checked: readonly CheckedPassage[]) =>
  checked.map(({ whole }) => whole).join('\n');

function faultOfClaim({ text }: Claim, cited: readonly CheckedPassage[]): Fault | undefined {
  for (const { text: said, is } of quotationsIn(text).quoted) {
    // Character by character: another width, script or space would not be the document's words.
    const isThere = cited.some(({ whole, title }) =>
      is === 'quote' ? whole.includes(said) : whole.includes(said) || nameOf(title) === said,
    );
    if (!isThere || said.trim() === '') return is;
  }
  if (namesOtherLaw(text, cited)) return 'title';
  const figure = unfounded(
    text,
    cited.map(({ figures }) => figures),
  );
  if (figure) return figure;
  if (
    hasMisattributedNumber(
      text,
      cited.map(({ text }) => text),
    )
  )
    return 'number';
  return turnsModality(text, wholeOf(cited)) ? 'modality' : undefined;
}

/** A title without its marks and what is added in brackets. */
const nameOf = (title: string) => title.replace(/[《》]|[（(][^（）()]*[）)]\s*$/gu, '').trim();

const law = /^\p{Script=Han}{2,}(?:法|法典|条例|章程|准则|细则)$/u;
const noLaw = /(?:方|办|做|看|说|用|立|执|司|守|违|合|依|非|普|无|设|想|手|书|语|算|疗)法$/u;

/** A law is often named without its marks. */
function namesOtherLaw(text: string, cited: readonly CheckedPassage[]): boolean {
  const names = termsOf(text).filter((term) => law.test(term) && !noLaw.test(term));
  return names.some((name) => !cited.some(({ plain }) => plain.includes(name)));
}

/** Numbers were compared already, in whatever characters. */
const numeral = /^[\d.零一二三四五六七八九十百千万亿两]+$/u;

/** Share of a sentence's words that stand in what it cites; a sentence without words shares nothing. */
function sharedOf(text: string, cited: readonly CheckedPassage[]): number {
  const words = [...new Set(termsOf(text))].filter((term) => !isPair(term) && !numeral.test(term));
  if (words.length === 0) return 0;
  return (
    words.filter((word) => cited.some(({ plain }) => plain.includes(word))).length / words.length
  );
}
