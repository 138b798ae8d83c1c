/** What a text says of doing something: that it must, may, need not or must not be done. */
type Mode = 'must' | 'may' | 'free' | 'not';

const modes: readonly (readonly [RegExp, Mode])[] = [
  [/可以不|不必|不需要|无需|无须|不用/gu, 'free'],
  [
    /不得|不能够?|不可以?|不应该?当?|不准|不许|不予|不享有|不具有|没有|严禁|禁止|must not|may not|shall not|cannot|should not/gu,
    'not',
  ],
  [/应该|应当|必须|务必|must|shall|should/gu, 'must'],
  [/可以|能够|允许|有权|may|can(?!not)/gu, 'may'],
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
    // 不应当 holds 应当: what has been read is not read again.
    rest = rest.replace(pattern, (each) => '＿'.repeat(each.length));
  }
  return found;
}

/**
 * Whether a claim allows, orders or forbids what the cited text does not. Only what can be seen word by
 * word: the same verb after another modal verb, and a prohibition where the text denies nothing.
 */
export function turnsModality(claim: string, cited: string): boolean {
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
  const places = [...text.matchAll(new RegExp(follows, 'gu'))].map(({ index }) => index);
  if (places.length === 0) return negation.test(text);
  return places.some((at) => {
    const before = text.slice(Math.max(0, at - reach), at).split(/[。；，;.!?！？\n]/u);
    return negation.test(before.at(-1) ?? '');
  });
}
