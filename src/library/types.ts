import type { UploadId } from '../ids.ts';
import type { Branch } from '../roster/types.ts';

/** What adding a document to a branch would do: nothing, replace one, or add a new one. */
export type Already = 'same' | 'shared' | 'older' | 'none';

/** A file as it was read, shown before anything is stored. */
export interface Preview {
  upload: UploadId;
  title: string;
  /** The file's name. */
  name: string;
  passages: number;
  headings: string[];
  /** How its text begins. */
  opening: string;
  /** Characters that could not be read. */
  lost: number;
  /** The branches it may be added to. `same`: that very file is there; `shared`: it is there for all. */
  places: { branch: Branch; already: Already }[];
  /** When it is forgotten, unless confirmed. */
  until: Date;
}

/** A document that is on the shelf now. */
export interface Shelved {
  branch: Branch;
  title: string;
  passages: number;
  how: 'added' | 'replaced' | 'same';
}

/** How far the folder of documents is in step. */
export interface Progress {
  /** False while nothing is known yet, or the first import of a small folder runs. */
  isReady: boolean;
  running: boolean;
  done: number;
  total: number;
  /** Files that could not be read. */
  failed: number;
  /** Documents whose files are gone and that wait for an operator's word. */
  held: number;
}

/** So much is gone from the folder at once that nothing is removed before somebody says so. */
export interface Held {
  folder: string;
  missing: number;
  kept: number;
}
