import { questionTerms } from '../words/words.ts';
import type { Checker, Fault } from './checking.ts';
import { refusal } from './prompt.ts';
import { type Draft, draftOf } from './sentences.ts';
import type { Sentence, Written } from './types.ts';

/** Enough for a card: what a model says beyond is not read. */
const mostPassed = 12;
const mostSaid = 24;

/** Begins a sentence that means something only after the one before it. */
const goesOn =
  /^(?:但|然而|不过|因此|因而|所以|从而|其中|其(?!他)|该|这|那|上述|以上|前者|后者|否则|同时|同样|此外|此|另外|除此|而|即|例如|比如|并且|且|也|还|它|他|她|(?:however|but|and|or|therefore|thus|hence|it|its|this|that|these|those|they|their|he|she|otherwise|also|such|instead)\b)/iu;
const announces = /[：:]$/u;

/** What a model has said so far: its sentences checked in their order. */
export function createDrafting(
  checker: Checker,
  onSentence: (sentence: Sentence) => void = () => {},
) {
  const passed: Sentence[] = [];
  const faults: Fault[] = [];
  let [hasRefused, said] = [false, 0];
  let first: Draft | undefined;
  let isFirstDropped = false;
  // The sentence before was dropped; or the one that announced this list was.
  let [isAfterGap, isListDropped] = [false, false];
  let [isInList, isNewLine] = [false, true];

  function faultOrSentence(draft: Draft) {
    const hangs = draft.isItem ? isListDropped : isAfterGap && goesOn.test(draft.text);
    return hangs ? { fault: 'hanging' as const } : checker.check(draft);
  }

  const placeIn = ({ isItem }: Draft) =>
    isItem ? { isItem } : isInList && isNewLine ? { endsList: true } : {};

  return {
    passed: passed as readonly Sentence[],
    faults: faults as readonly Fault[],
    said: () => said,
    hasRefused: () => hasRefused,

    /** Takes the next sentence; false once nothing more is wanted. */
    add(raw: string): boolean {
      hasRefused ||= refusal.test(raw);
      const draft = draftOf(raw);
      // A model that repeats a sentence is in a loop.
      if (hasRefused || passed.some(({ text }) => text === draft?.text)) return false;
      if (!draft) return true;
      said += 1;
      first ??= draft;
      const checked = faultOrSentence(draft);
      const isDropped = 'fault' in checked;
      if (isDropped) faults.push(checked.fault);
      else {
        const sentence = { ...checked.sentence, ...placeIn(draft) };
        passed.push(sentence);
        onSentence(sentence);
      }
      if (isNewLine) isInList = draft.isItem;
      isNewLine = draft.endsLine;
      if (first === draft) isFirstDropped = isDropped;
      isAfterGap = isDropped;
      if (!draft.isItem) isListDropped = isDropped && announces.test(draft.text);
      return passed.length < mostPassed && said < mostSaid;
    },

    /**
     * What may stand as an answer to `question`, or undefined where too little is left: nothing, less than
     * half of what was said (a model that invents so much is not to be believed in the rest), or only what
     * comes after a dropped beginning and says little of what is asked.
     */
    kept(question: string): Written | undefined {
      if (hasRefused || passed.length * 2 < said) return undefined;
      const shown = passed.filter(({ text }, i) => !announces.test(text) || passed[i + 1]?.isItem);
      const answers =
        !isFirstDropped || shown.some(({ text }) => saysAsMuch(text, first?.text ?? '', question));
      const [one, ...others] = shown;
      return one && answers ? { sentences: [one, ...others] } : undefined;
    },
  };
}
export type Drafting = ReturnType<typeof createDrafting>;

/** Whether `text` holds at least half of the question's words that `first` held, and one at least. */
function saysAsMuch(text: string, first: string, question: string): boolean {
  const asked = questionTerms(question);
  const heldBy = (one: string) => asked.filter((term) => one.includes(term)).length;
  return heldBy(text) > 0 && heldBy(text) * 2 >= heldBy(first);
}
