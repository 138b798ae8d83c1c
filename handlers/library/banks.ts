import { bankPreviewCard, keptBankCard } from '../../cards/library/banks.ts';
import type { Files } from '../../src/library/files/service.ts';
import type { Library } from '../../src/library/service.ts';

/** 题库: question banks of a branch, from a file. */
export function registerBanks({ files, library }: { files: Files; library: Library }) {
  files.add({
    ...library.files.bank,
    cards: { preview: bankPreviewCard, kept: keptBankCard },
  });
  // Its form is handed out already, so filled-in ones arrive; they are not read yet.
  files.refuse(library.files.survey);
}
