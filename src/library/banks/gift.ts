import { letters, type RawRow } from './question-row.ts';

/** A question's text as it stands in the file, with the line on which it begins. */
interface QuestionBlock {
  row: number;
  category: string;
  text: string;
}
/** One answer between the braces. */
interface Choice {
  right: boolean;
  text: string;
}

/**
 * The questions of a GIFT file. Single and multiple choice and true or false can be asked here; other
 * forms (short answers, numbers, pairs, essays) are returned with an unknown kind, so that each is reported.
 */
export function giftRows(text: string): RawRow[] {
  return blocksOf(text).map(readBlock);
}

/** Questions are parted by empty lines; comments go, `$CATEGORY` holds from there on. */
function blocksOf(text: string): QuestionBlock[] {
  const blocks: QuestionBlock[] = [];
  let category = '';
  let open: QuestionBlock | undefined;
  text.split('\n').forEach((line, i) => {
    const named = /^\s*\$CATEGORY:\s*(.*)$/i.exec(line)?.[1];
    if (named !== undefined) category = lastOf(named);
    const isEnd = !line.trim() || named !== undefined;
    if (isEnd) open = undefined;
    if (isEnd || line.trimStart().startsWith('//')) return;
    if (open) open.text += `\n${line}`;
    else blocks.push((open = { row: i + 1, category, text: line }));
  });
  return blocks;
}

/** `$course$/top/党章` is about 党章. */
const lastOf = (category: string) =>
  category
    .split('/')
    .map((each) => each.trim())
    .filter((each) => each && !/^(?:\$.*\$|top)$/i.test(each))
    .at(-1) ?? '';

function readBlock({ row, category, text }: QuestionBlock): RawRow {
  const found =
    /^(?:\s*::(?:[^:\\]|\\.|:(?!:))*::)?((?:[^{}\\]|\\.)*)\{((?:[^{}\\]|\\.)*)\}((?:[^{}\\]|\\.)*)$/s.exec(
      text,
    );
  const tags = category;
  if (!found) return { row, kind: '', text: clean(text), options: [], answer: '', tags };
  const [, before = '', inside = '', after = ''] = found;
  const stem = clean(after.trim() ? `${before}____${after}` : before);
  const [choices, explanation] = splitOff(inside, '####');
  const row_ = { row, text: stem, explanation: clean(explanation), tags };
  return { ...row_, ...(truthOf(choices) ?? choicesOf(choices)) };
}

type AnswerParts = Pick<RawRow, 'kind' | 'options' | 'answer'>;

function truthOf(inside: string): AnswerParts | undefined {
  const word = /^\s*(T|TRUE|F|FALSE)\s*(?:#.*)?$/is.exec(inside)?.[1];
  return word ? { kind: 'truefalse', options: [], answer: word } : undefined;
}

function choicesOf(inside: string): AnswerParts {
  const choices = [...inside.matchAll(/([=~])((?:[^=~\\]|\\.)*)/gs)].map(readChoice);
  const isChoice = /^\s*[=~]/.test(inside) && /(?<!\\)~/.test(inside);
  const options = choices.map((choice) => choice.text);
  const right = choices.flatMap((choice, i) => (choice.right ? [letters[i] ?? '?'] : []));
  const kind = !isChoice ? inside.trim().slice(0, 20) : right.length > 1 ? 'multiple' : 'single';
  return { kind, options, answer: right.join('') };
}

/** `=right`, `~wrong`, and `~%50%half of what is right`, each perhaps with `#feedback`. */
function readChoice([, sign, body = '']: RegExpMatchArray): Choice {
  const weight = /^\s*%(-?[\d.]+)%/.exec(body);
  const [text] = splitOff(weight ? body.slice(weight[0].length) : body, '#');
  const right = weight ? Number(weight[1]) > 0 : sign === '=';
  return { right, text: clean(text) };
}

/** What stands before and after the first `mark` that is not escaped. */
function splitOff(text: string, mark: string): [string, string] {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (text[at - 1] !== '\\') return [text.slice(0, at), text.slice(at + mark.length)];
  }
  return [text, ''];
}

/** Without the name of its format, tags and escapes. */
function clean(text: string): string {
  return text
    .replace(/^\s*\[(?:html|plain|markdown|moodle)\]/i, '')
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, ' ')
    .replace(/\\n/g, ' ')
    .replace(/\\([~=#{}:\\])/g, '$1');
}
