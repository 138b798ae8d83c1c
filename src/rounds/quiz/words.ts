/** `12 3 B`: what stands behind a quiz's number in `答`. */
export type QuizWords =
  | { is: 'begin' }
  | { is: 'hand-in'; anyway: boolean }
  | { is: 'show'; place: number }
  | { is: 'choose'; place: number; said: string };

const truths = ['对', '正确', '√', '✓', 'T', 'TRUE', 'TRUE', '是'];
const lies = ['错', '错误', '×', '✗', 'F', 'FALSE', '否'];

/** What a person wants of a quiz; undefined where it cannot be read. */
export function readQuizWords(text = ''): QuizWords | undefined {
  const words = text.normalize('NFKC').trim();
  if (!words) return { is: 'begin' };
  if (/^(?:交卷|hand\s?in|submit)$/i.test(words)) return { is: 'hand-in', anyway: false };
  if (/^(?:(?:仍然|确定)\s?交卷|交卷\s?(?:仍然|确定)|(?:hand\s?in|submit)\s+anyway)$/i.test(words))
    return { is: 'hand-in', anyway: true };
  const found = /^第?\s*(\d{1,3})\s*(?:题|[.、:,])?\s*(.*)$/s.exec(words);
  if (!found) return undefined;
  const [, number, said = ''] = found;
  const place = Number(number);
  return said ? { is: 'choose', place, said } : { is: 'show', place };
}

/** The choices in `B`, `ABD`, `a,b,d` or 对, by what the person sees; undefined where it is none. */
export function readChoices(said: string, isTruth: boolean): number[] | undefined {
  const word = said
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s,、;。.]+/g, '');
  if (isTruth && truths.includes(word)) return [0];
  if (isTruth && lies.includes(word)) return [1];
  if (!/^[A-F]+$/.test(word)) return undefined;
  return [...new Set([...word].map((letter) => letter.charCodeAt(0) - 65))].sort((a, b) => a - b);
}
