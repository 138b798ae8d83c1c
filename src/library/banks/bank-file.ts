import type { FileSource, PendingUpload, FileDestination } from '../files/types.ts';
import type { Branch } from '../../people/roster/types.ts';
import type { RefusedKind } from '../files/file-reading.ts';
import { bankSheet, surveySheet } from './bank-sheet.ts';
import type { StoredBanks } from './stored-banks.ts';
import type { BankPreview, KeptBank, ReadBank } from '../types.ts';

/** A question bank: the sheet of an .xlsx, GIFT, or a text with a line `ANSWER: B` under each question (Aiken). */
export const bankSource: FileSource = {
  kind: 'bank',
  claims: {
    sheets: [bankSheet],
    text: { endings: ['txt'], like: /^[^\S\n]*ANSWER[^\S\n]*[:：]/m },
    endings: ['gift'],
  },
  reader: new URL('./bank-reader.ts', import.meta.url),
  form: 1,
};

/** Questionnaires have a form and are not read yet. */
export const surveySource: RefusedKind = {
  kind: 'survey',
  claims: { sheets: [surveySheet] },
  refusal: 'SURVEY_LATER',
};

/** How question banks are shown and stored. */
export function createBankFile(banks: StoredBanks) {
  return {
    async preview(read: ReadBank, held: PendingUpload, branches: Branch[]): Promise<BankPreview> {
      const { upload, name, until } = held;
      const { title, questions, faults, repeats } = read;
      const counts = { single: 0, multiple: 0, truth: 0 };
      for (const { question } of questions) counts[question.kind] += 1;
      const places: BankPreview['places'] = [];
      for (const branch of branches) places.push(await banks.compare(branch, questions));
      return { upload, name, until, title, counts, faults, repeats, places };
    },

    keep: (read: ReadBank, { branch, source, hash }: FileDestination): Promise<KeptBank> =>
      banks.put({ branch, title: read.title, source, hash }, read),
  };
}
