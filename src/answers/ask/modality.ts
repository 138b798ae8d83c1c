import { isPair, termsOf } from '../words/words.ts';

/** What a text says of doing something: that it must, may, need not or must not be done. */
type Mode = 'must' | 'may' | 'free' | 'not';

const modes: readonly (readonly [RegExp, Mode])[] = [
  [/可以不|不必|不需要|无需|无须|不用/gu, 'free'],
  [
    /不得|不能够?|不可以?|不应该?当?|不准|不许|不予|不享有|不具有|没有|严禁|禁止|must not|may not|shall not|cannot|should not/gu,
    'not',
  ],
  [/应该|应当|必须|务必|must|shall|should/gu, 'must'],
  // In 有表决权的党员 nothing is said of who has it.
  [/可以|能够|允许|享有|具有|有权|有(?!\p{Script=Han}{2,4}的)|may|can(?!not)/gu, 'may'],
];
const word = /^\s*(\p{Script=Han}{2}|[a-z]+)/iu;
const negation = /[不未无没禁非勿]|(?:\bno|not\b)/iu;
/** So many characters in front of a word a negation may stand, as in 没有表决权、选举权. */
const reach = 12;

/** Of each word that follows a modal verb, by its first two characters: in which modes. */
function modesIn(text: string): Map<string, Set<Mode>> {
  const found = new Map<string, Set<Mode>>();
  let rest = text;
  for (const [pattern, mode] of modes) {
    for (const match of rest.matchAll(pattern)) {
      const [, follows] = word.exec(rest.slice(match.index + match[0].length)) ?? [];
      if (follows) found.set(follows, (found.get(follows) ?? new Set()).add(mode));
    }
    // 不应当 contains 应当, so text that was matched is not matched again.
    rest = rest.replace(pattern, (each) => '＿'.repeat(each.length));
  }
  return found;
}

/**
 * Whether a claim allows, orders or forbids what the cited text does not. Only what can be seen word by
 * word: the same verb after another modal verb, and a prohibition where the text denies nothing.
 */
export function turnsModality(claim: string, cited: string): boolean {
  if (deniesWhatIsClaimed(claim, cited)) return true;
  const known = modesIn(cited);
  for (const [follows, said] of modesIn(claim)) {
    const there = known.get(follows);
    for (const mode of said) {
      if (there ? !there.has(mode) : mode === 'not' && !isDenied(follows, cited)) return true;
    }
  }
  return false;
}

/** Whether the text denies it somewhere, or, where it does not name it, anything at all. */
function isDenied(follows: string, text: string): boolean {
  const places = placesOf(follows, text);
  return places.length === 0 ? negation.test(text) : places.some((at) => isDeniedAt(at, text));
}

function placesOf(word: string, text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push(at);
  return found;
}

function isDeniedAt(at: number, text: string): boolean {
  const before = text.slice(Math.max(0, at - reach), at).split(/[。；，;.!?！？\n]/u);
  return negation.test(before.at(-1) ?? '');
}

/** A claim that denies nothing, of whose words at least two stand in the text only where they are denied. */
function deniesWhatIsClaimed(claim: string, cited: string): boolean {
  if (negation.test(claim)) return false;
  const words = [...new Set(termsOf(claim))].filter(
    (term) => !isPair(term) && /^\p{Script=Han}{2,}$/u.test(term) && cited.includes(term),
  );
  const denied = words.filter((term) => placesOf(term, cited).every((at) => isDeniedAt(at, cited)));
  return denied.length >= 2 && denied.length * 3 >= words.length;
}
