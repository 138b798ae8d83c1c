import { letters, readLetters, type RawRow } from './question-row.ts';

const optionLike = /^\s*([A-Za-zＡ-Ｚ])\s*[.)、．）:：]\s*(.+)$/;
const answerLike = /^\s*ANSWER\s*[:：]\s*(.*)$/;

interface UnfinishedQuestion {
  row: number;
  text: string[];
  options: string[];
}

/** The questions of an Aiken file: text, lettered options, and `ANSWER: B`, which ends each. */
export function aikenRows(text: string): RawRow[] {
  const rows: RawRow[] = [];
  let open: UnfinishedQuestion | undefined;
  text.split('\n').forEach((line, i) => {
    const row = i + 1;
    if (!line.trim()) return;
    const answer = answerLike.exec(line)?.[1];
    if (answer !== undefined) {
      rows.push(finished(open ?? { row, text: [], options: [] }, answer));
      open = undefined;
      return;
    }
    // A second question begins where an answer is missing: text behind options.
    if (open && open.options.length > 0 && !isNextOption(line, open)) {
      rows.push(finished(open, ''));
      open = undefined;
    }
    open ??= { row, text: [], options: [] };
    addLine(open, line);
  });
  return open ? [...rows, finished(open, '')] : rows;
}

function isNextOption(line: string, { options }: UnfinishedQuestion): boolean {
  const letter = optionLike.exec(line)?.[1];
  return letter !== undefined && readLetters(letter)?.[0] === options.length;
}

function addLine(open: UnfinishedQuestion, line: string) {
  const option = open.text.length > 0 && isNextOption(line, open) && optionLike.exec(line)?.[2];
  if (option) open.options.push(option);
  else open.text.push(line);
}

function finished({ row, text, options }: UnfinishedQuestion, answer: string): RawRow {
  const several = (readLetters(answer)?.length ?? 1) > 1;
  const kind = several && options.length <= letters.length ? 'multiple' : 'single';
  return { row, kind, text: text.join(' '), options, answer };
}
