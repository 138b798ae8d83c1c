import type { UploadId } from '../ids.ts';
import type { Branch } from '../roster/types.ts';
import type { Banks } from './banks.ts';
import type { ReadFile } from './reading.ts';
import type { RestingOn } from './resting.ts';
import type { Shelf } from './shelf.ts';
import type { BankPreview, Preview, WordListPreview } from './types.ts';
import type { StoredLists } from './word-lists.ts';

interface PreviewNeeds {
  shelf: Shelf;
  banks: Banks;
  resting: RestingOn;
  lists: StoredLists;
}
/** A file that waits, before it is said what is in it. */
interface Held {
  upload: UploadId;
  name: string;
  hash: string;
  until: Date;
}
type Of<Is extends ReadFile['is']> = Extract<ReadFile, { is: Is }>;
/** What was read, by what it is, with what every preview tells. */
export type Shown =
  | { is: 'document'; shown: Preview }
  | { is: 'bank'; shown: BankPreview }
  | { is: 'words'; shown: WordListPreview };

/**
 * What a secretary sees of a file before it is in the library: what was read in it, and for each branch it
 * may go to, what is there of it already.
 */
export function createPreviews({ shelf, banks, resting, lists }: PreviewNeeds) {
  async function documentPreview(held: Held, read: Of<'document'>, branches: Branch[]) {
    const { hash, ...shown } = held;
    const { title, passages, lost, edition } = read;
    const places: Preview['places'] = [];
    for (const { id, name } of branches) {
      const already = await shelf.already(id, title, hash);
      const [rests] = already === 'older' ? await resting.on({ title, branch: id }) : [];
      places.push({ branch: { id, name }, already, resting: rests });
    }
    const headings = [...new Set(passages.map(({ heading }) => heading).filter(Boolean))];
    const opening = passages[0]?.text ?? '';
    const what = {
      title,
      passages: passages.length,
      headings: headings.slice(0, 6),
      opening,
      lost,
      edition,
    };
    return { ...shown, ...what, places };
  }

  async function bankPreview(held: Held, read: Of<'bank'>, branches: Branch[]) {
    const { upload, name, until } = held;
    const { title, questions, faults, repeats } = read;
    const counts = { single: 0, multiple: 0, truth: 0 };
    for (const { question } of questions) counts[question.kind] += 1;
    const places: BankPreview['places'] = [];
    for (const branch of branches) places.push(await banks.compare(branch, questions));
    return { upload, name, until, title, counts, faults, repeats, places };
  }

  async function wordsPreview(held: Held, read: Of<'words'>, branches: Branch[]) {
    const { upload, name, until, hash } = held;
    const places: WordListPreview['places'] = [];
    for (const { id, name } of branches) {
      const before = await lists.find(id);
      const already = before ? (before.hash === hash ? 'same' : 'older') : 'none';
      places.push({ branch: { id, name }, already });
    }
    const { groups, faults } = read;
    return { upload, name, until, groups, faults, places };
  }

  return async (held: Held, read: ReadFile, branches: Branch[]): Promise<Shown> => {
    switch (read.is) {
      case 'bank':
        return { is: 'bank', shown: await bankPreview(held, read, branches) };
      case 'words':
        return { is: 'words', shown: await wordsPreview(held, read, branches) };
      case 'document':
        return { is: 'document', shown: await documentPreview(held, read, branches) };
    }
  };
}
