import type { Card, Reader } from '../../bot/talk.ts';
import type { UploadId } from '../../base/ids.ts';
import type { Branch } from '../../people/roster/types.ts';
import type { Decoded } from './decode.ts';
import type { Sheet } from './workbook.ts';

/**
 * By what the files of a kind are known. A name that is claimed as a whole goes before what stands in the
 * file, and that before how the name ends; so a kind never has to know of the others.
 */
export interface Claims {
  /** The name of what is read through the platform; no file that is sent is taken by it. */
  link?: RegExp;
  /** The whole name, whatever is in it. */
  name?: RegExp;
  /** The names of sheets in an .xlsx: of several that are claimed the first in the file counts. */
  sheets?: readonly string[];
  /** What stands in a text whose name ends like this. */
  text?: { endings: readonly string[]; like: RegExp };
  /** How the name ends, where nothing in the file is claimed. */
  endings?: readonly string[];
}

/** A file while it is read. What is looked at twice is made once. */
export interface OpenedFile {
  name: string;
  /** `xlsx` of `党章.XLSX`. */
  ending: string;
  bytes: Uint8Array;
  text(): Decoded;
  sheets(): Promise<Sheet[]>;
}

/** What every file says once it is read. */
export interface ReadFile {
  title: string;
}

/** How the files of one kind are read. */
export interface FileSource {
  /** Uploads wait in the database under it: it never changes. */
  kind: string;
  claims: Claims;
  /**
   * The module that reads them in a thread of its own, as `new URL('./name.ts', import.meta.url)`: it
   * exports `read`, see `FileReader`.
   */
  reader: URL;
  /** One more whenever `read` gives something else than before: what an older build had read is read anew. */
  form: number;
}

/** The module of a kind in the reading thread. It throws a Refusal for what cannot be taken. */
export interface FileReader<Read extends ReadFile = ReadFile> {
  read(file: OpenedFile): Read | Promise<Read>;
}

/** A file that waits for its confirmation. */
export interface PendingUpload {
  upload: UploadId;
  name: string;
  /** SHA-256 of its bytes. */
  hash: string;
  /** When it is forgotten. */
  until: Date;
}

/** Where a confirmed file goes. */
export interface FileDestination {
  branch: Branch;
  /** For the branch's committee only. */
  committee: boolean;
  /** The file's name. */
  source: string;
  hash: string;
}

/**
 * One kind of file: which they are, how they are read and shown, and what is stored once they are
 * confirmed. Its feature makes it and adds it: `files.add(rosterFile)`.
 */
export interface FileKind<Read extends ReadFile, Shown, Kept> extends FileSource {
  /** What its sender sees first: what was read, and for each branch it may go to what is there already. */
  preview(read: Read, held: PendingUpload, branches: Branch[]): Promise<Shown>;
  /** Stores exactly what was shown. Joins the surrounding transaction. */
  keep(read: Read, place: FileDestination): Promise<Kept>;
  cards: {
    preview(reader: Reader, shown: Shown): Card;
    kept(reader: Reader, kept: Kept): Card;
  };
}
