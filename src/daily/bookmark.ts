import type { BranchId, DocumentId } from '../base/ids.ts';
import type { Book } from '../library/types.ts';
import type { Library } from '../library/service.ts';
import { bookAfter } from './rules.ts';
import type { DocumentChange } from './types.ts';

/** Where a reading stopped: the document, by its id and else by its title, and the passage to come. */
export interface Mark {
  document: DocumentId | null;
  title: string;
  position: number;
}
export interface Opened {
  book: Book;
  position: number;
  books: Book[];
  /** The marked document is not there any more; this one takes its place. */
  removed?: DocumentChange;
}

/** Opens the document at a mark; undefined where there is nothing to read at all. */
export function createBookmark({ books: shelf }: Library) {
  return async (branch: BranchId, mark: Mark): Promise<Opened | undefined> => {
    const books = await shelf.of(branch);
    const book = marked(books, mark);
    if (book && mark.position < book.passages) return { book, position: mark.position, books };
    const after = bookAfter(books, book ?? { title: mark.title });
    if (!after) return undefined;
    const removed = book ? undefined : { title: mark.title, then: after.title };
    return { book: after, position: 0, books, removed };
  };
}
export type Bookmark = ReturnType<typeof createBookmark>;

/** A new edition under the same title goes on where the old one was. */
export function marked(books: readonly Book[], { document, title }: Mark): Book | undefined {
  const namesakes = books.filter((book) => book.title === title);
  return (
    books.find(({ id }) => id === document) ?? namesakes.find(({ own }) => own) ?? namesakes[0]
  );
}
