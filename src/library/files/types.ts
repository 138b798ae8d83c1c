import type { Card, Reader } from '../../bot/talk.ts';
import type { UploadId } from '../../base/ids.ts';
import type { Branch } from '../../people/roster/types.ts';
import type { Decoded } from './decode.ts';
import type { Sheet } from './workbook.ts';

/**
 * How files of a kind are recognised. A claim on the whole name goes before one on the content, and that before
 * one on the ending; so kinds need not know each other.
 */
export interface Claims {
  /** The name of documents fetched through the platform; files that people send never match it. */
  link?: RegExp;
  /** The whole name, whatever the content. */
  name?: RegExp;
  /** The names of sheets in an .xlsx; the first claimed sheet in the file counts. */
  sheets?: readonly string[];
  /** The content of a text whose name ends like this. */
  text?: { endings: readonly string[]; like: RegExp };
  /** The ending of the name, where no kind claims the content. */
  endings?: readonly string[];
}

/** A file while it is read. Its text and sheets are decoded once, however often they are asked for. */
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
  /** Stored with uploads, so it must never change. */
  kind: string;
  claims: Claims;
  /**
   * The module that reads them in a thread of its own, as `new URL('./name.ts', import.meta.url)`: it
   * exports `read`, see `FileReader`.
   */
  reader: URL;
  /** Raise it by one whenever the result of `read` changes: what an older build had read is then read again. */
  form: number;
}

/** The module of a kind in the reading thread. It throws a Refusal for a file that cannot be taken. */
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
 * One kind of file: how its files are recognised, read and shown, and what is stored once they are
 * confirmed. Its feature makes it and adds it: `files.add(rosterFile)`.
 */
export interface FileKind<Read extends ReadFile, Shown, Kept> extends FileSource {
  /** What its sender sees first: what was read, and what each branch has of it already. */
  preview(read: Read, held: PendingUpload, branches: Branch[]): Promise<Shown>;
  /** Stores exactly what was shown. Joins the surrounding transaction. */
  keep(read: Read, place: FileDestination): Promise<Kept>;
  cards: {
    preview(reader: Reader, shown: Shown): Card;
    kept(reader: Reader, kept: Kept): Card;
  };
}
