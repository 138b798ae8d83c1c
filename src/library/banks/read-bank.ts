import { confidentialIn, confidentialName, stopConfidential } from '../confidential/rules.ts';
import { Refusal } from '../../base/errors.ts';
import type { OpenedFile } from '../files/types.ts';
import type { Sheet } from '../files/workbook.ts';
import { oneLine } from '../../base/text.ts';
import { aikenRows } from './aiken.ts';
import { questionHash } from './question-hash.ts';
import { readRow, type RawRow } from './question-row.ts';
import { giftRows } from './gift.ts';
import { bankRows } from './bank-sheet.ts';
import type { BankQuestion, ReadBank, RowFault } from '../types.ts';

/** The most rows that a file may have. */
export const mostRows = 5_000;
const longestTitle = 100;

/** The question bank in a file: of an .xlsx, in GIFT, or in the Aiken form. */
export async function readBank(file: OpenedFile): Promise<ReadBank> {
  const { name, ending } = file;
  if (ending === 'xlsx') {
    const sheets = await file.sheets();
    refuseConfidential(name, textOf(sheets));
    return bankOf(name, bankRows(sheets));
  }
  const { text } = file.text();
  refuseConfidential(name, text);
  return bankOf(name, ending === 'gift' ? giftRows(text) : aikenRows(text));
}

/** Refuses a file that is secret or private on any of its sheets. */
function refuseConfidential(name: string, text: string): void {
  stopConfidential(confidentialName(name) ?? confidentialIn(text, 'bank'), 'FILE');
}

const textOf = (sheets: Sheet[]) =>
  sheets.flatMap(({ rows }) => rows.map(({ cells }) => cells.join('\t'))).join('\n');

/** Checks row by row: questions that can be used, faults, and repeated questions. */
function bankOf(name: string, rows: RawRow[]): ReadBank {
  if (rows.length === 0) throw new Refusal('BANK_EMPTY');
  if (rows.length > mostRows) throw new Refusal('BANK_TOO_LONG', { limit: mostRows });
  const questions: BankQuestion[] = [];
  const faults: RowFault[] = [];
  const repeats: ReadBank['repeats'] = [];
  const seen = new Map<string, number>();
  for (const raw of rows) {
    const judged = readRow(raw);
    const { row } = raw;
    if ('fault' in judged) {
      faults.push({ row, ...judged.fault });
      continue;
    }
    const asked = questionHash(judged.ok);
    const of = seen.get(asked);
    if (of !== undefined) repeats.push({ row, of });
    else questions.push({ row, question: judged.ok });
    if (of === undefined) seen.set(asked, row);
  }
  return { title: titleOf(name), questions, faults, repeats };
}

function titleOf(name: string): string {
  const title = oneLine(name.replace(/^.*[\\/]/s, '').replace(/\.[^.]+$/, ''));
  return [...(title || oneLine(name))].slice(0, longestTitle).join('');
}
