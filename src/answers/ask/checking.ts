import { must } from '../../base/errors.ts';
import type { Hit } from '../retrieval/types.ts';
import { comparable, isPair, termsOf } from '../words/words.ts';
import { type Figures, figuresOf, unfounded } from './figures.ts';
import { isOutOfPlace } from './manners.ts';
import { isMisplaced } from './misplaced.ts';
import { turnsModality } from './modality.ts';
import { quotedIn } from './quoted.ts';
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

/** A passage with what is looked up in it, made when it is first cited. */
interface Ground {
  title: string;
  text: string;
  /** Title, heading and text as they stand. */
  whole: string;
  plain: string;
  figures: Figures;
}

/** What a model was given, by the number it cites; undefined where a number was left out. */
export type Given = readonly (Pick<Hit, 'document' | 'heading' | 'text'> | undefined)[];

/** Checks sentences against the passages that they cite: all in code, nothing of it asks a model. */
export function createChecker(passages: Given) {
  const grounds = new Map<number, Ground>();
  const groundOf = (place: number): Ground => {
    const known = grounds.get(place) ?? toGround(must(passages[place]));
    grounds.set(place, known);
    return known;
  };

  /** Undefined where all is borne out by what is cited. */
  function faultOf({ text, claims, cites }: Draft): Fault | undefined {
    if (text.length > longest) return 'long';
    if (cites.length === 0) return 'uncited';
    if (cites.some((cite) => !passages[cite - 1])) return 'source';
    if (!quotedIn(text).isWhole) return 'quote';
    const all = cites.map((cite) => groundOf(cite - 1));
    if (isOutOfPlace(text, wholeOf(all))) return 'manners';
    for (const claim of claims) {
      // What follows the last mark rests on all of them.
      const cited = claim.cites.length > 0 ? claim.cites.map((cite) => groundOf(cite - 1)) : all;
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

function toGround({
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

const wholeOf = (grounds: readonly Ground[]) => grounds.map(({ whole }) => whole).join('\n');

function faultOfClaim({ text }: Claim, cited: readonly Ground[]): Fault | undefined {
  for (const { text: said, is } of quotedIn(text).quoted) {
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
    isMisplaced(
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
function namesOtherLaw(text: string, cited: readonly Ground[]): boolean {
  const names = termsOf(text).filter((term) => law.test(term) && !noLaw.test(term));
  return names.some((name) => !cited.some(({ plain }) => plain.includes(name)));
}

/** Numbers were compared already, in whatever characters. */
const numeral = /^[\d.零一二三四五六七八九十百千万亿两]+$/u;

/** Share of a sentence's words that stand in what it cites; a sentence without words shares nothing. */
function sharedOf(text: string, cited: readonly Ground[]): number {
  const words = [...new Set(termsOf(text))].filter((term) => !isPair(term) && !numeral.test(term));
  if (words.length === 0) return 0;
  return (
    words.filter((word) => cited.some(({ plain }) => plain.includes(word))).length / words.length
  );
}
