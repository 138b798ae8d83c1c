import type { Refused } from '../base/errors.ts';
import type { DocumentId, UploadId } from '../base/ids.ts';
import type { PostingBatch } from '../answers/retrieval/postings.ts';
import type { Passage } from '../answers/retrieval/types.ts';
import type { SynonymFault, SynonymFaultCode, SynonymGroup } from '../answers/words/types.ts';
import type { Branch } from '../people/roster/types.ts';

/** What is read of a list of synonyms, as those who show it need it. */
export type { SynonymFault, SynonymFaultCode, SynonymGroup };

/** passed 通过, issued 公布, revised 修订 as a whole, amended 修正 in parts. */
export type EditionKind = 'passed' | 'issued' | 'revised' | 'amended';

/** What a document says about its edition; what it does not say is undefined. Days are `YYYY-MM-DD`. */
export interface Edition {
  edition?: { day: string; kind: EditionKind };
  /** The first day on which it is in force. */
  from?: string;
  /** The last one. */
  to?: string;
}

/** A document as the library takes it in. */
export interface ReadPassages {
  title: string;
  passages: Passage[];
  /** The terms of the passages, counted. */
  postings: PostingBatch[];
  /** Characters that could not be read. */
  lost: number;
  edition: Edition;
}

/**
 * What adding a document to a branch would do: nothing, replace one, bring one back that was retired, or
 * add a new one.
 */
export type Already = 'same' | 'shared' | 'older' | 'retired' | 'none';

/** A file as it was read, shown before anything is stored. */
export interface DocumentPreview {
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
  places: { branch: Branch; already: Already; dependents?: Dependents }[];
  edition: Edition;
  /** When it is deleted, unless confirmed. */
  until: Date;
}

/** A document that is on the shelf now. */
export interface ShelvedDocument {
  branch: Branch;
  title: string;
  passages: number;
  how: 'added' | 'replaced' | 'same';
  /** Only the branch's committee may ask it. */
  committee?: boolean;
  edition: Edition;
  /** What depends on the text that was replaced. */
  dependents?: Dependents;
}

/** What depends on a document in one branch. */
export interface Dependents {
  branch: Branch;
  /** How many questions of its banks name it as their source, and the texts of some of them. */
  questions: number;
  examples: string[];
  /** The groups that read it daily. */
  readings: string[];
  /** The questions of standard answers that quote it. */
  standards: string[];
}

/** Why a document does not answer now; undefined where it does. */
export type Standing = 'retired' | 'ahead' | 'expired' | 'superseded';

/** A document as its secretary keeps it. */
export interface ListedDocument {
  id: DocumentId;
  /** Undefined where all share it. */
  branch?: Branch;
  title: string;
  /** The file it came from. */
  source: string;
  passages: number;
  committee: boolean;
  edition: Edition;
  standing?: Standing;
  /** Earlier editions that are kept. */
  older: number;
  /** Groups that read it daily, and how many passages were read. */
  readings: { group: string; read: number }[];
}

/** The documents of the branches whose secretary asks. */
export interface Catalogue {
  search?: string;
  branches: readonly Branch[];
  documents: ListedDocument[];
  /** Those that all share: how many there are, and those that fit the search. */
  shared: { total: number; documents: ListedDocument[] };
  /** The folder is being read. */
  importing?: Pick<ImportProgress, 'done' | 'total'>;
}

/** A document that was retired or brought back, now or already before. */
export interface ChangedDocument {
  document: ListedDocument;
  change: 'retire' | 'restore';
  how: 'done' | 'before';
  /** What depends on it, where it was retired. */
  dependents?: Dependents;
}

/** A file of the folder that was not taken in. */
export interface NotTaken {
  /** Within the folder. */
  path: string;
  /** Of its bytes: the same file is told once. */
  hash: string;
  /** Undefined where something else than the file is at fault, which the log tells. */
  why?: Refused;
}

/** A document of the folder has a new text, and in these branches something depends on the old one. */
export interface RenewedDocument {
  title: string;
  edition: Edition;
  dependents: Dependents[];
}

/** How far the folder of documents is in step. */
export interface ImportProgress {
  /** False before the folder was looked at, and while the first import of a small folder runs. */
  isReady: boolean;
  running: boolean;
  done: number;
  total: number;
  /** Files that could not be read. */
  failed: number;
  /** Documents whose files are gone and which an operator has to confirm before they are removed. */
  pendingRemoval: number;
}

/** So many documents are gone from the folder at once that an operator has to confirm their removal. */
export interface PendingRemoval {
  folder: string;
  missing: number;
  kept: number;
}

export type QuestionKind = 'single' | 'multiple' | 'truth';

/** A question of a bank. Its words are people's own, each on one line. */
export interface Question {
  kind: QuestionKind;
  text: string;
  /** In the order of the file; a true-or-false question has none. */
  options: string[];
  /** Which options are right, by their place from 0; of true or false: 0 for true, 1 for false. */
  answer: number[];
  explanation: string;
  source: string;
  tags: string[];
}

/** What is wrong with a row; its words stand in `cards/library/banks.ts`. */
export type RowFaultCode =
  | 'kind'
  | 'no-text'
  | 'too-long'
  | 'few-options'
  | 'many-options'
  | 'option-gap'
  | 'same-options'
  | 'no-answer'
  | 'answer'
  | 'not-an-option'
  | 'one-answer'
  | 'several-answers';
export interface RowFault {
  row: number;
  code: RowFaultCode;
  /** What stands there. */
  said: string;
}
export interface BankQuestion {
  /** Its row in the sheet, or its first line in the file. */
  row: number;
  question: Question;
}

/** A question bank as it was read from a file. */
export interface ReadBank {
  title: string;
  questions: BankQuestion[];
  faults: RowFault[];
  /** Rows that repeat an earlier question; they are left out. */
  repeats: { row: number; of: number }[];
}

/** What adding a bank to a branch would do, row by row. */
export interface BankComparison {
  branch: Branch;
  added: number[];
  /** The branch has this question with another answer or explanation. */
  changed: number[];
  /** The branch has this very question. */
  same: number[];
}

/** A question bank as it was read, shown before anything is stored. */
export interface BankPreview {
  upload: UploadId;
  title: string;
  name: string;
  counts: Record<QuestionKind, number>;
  faults: RowFault[];
  repeats: ReadBank['repeats'];
  places: BankComparison[];
  until: Date;
}

/** A question bank that is in the branch's library now. */
export interface KeptBank {
  branch: Branch;
  title: string;
  added: number;
  changed: number;
  same: number;
}

/** A list of synonyms as it was read, shown before anything is stored. */
export interface SynonymListPreview {
  upload: UploadId;
  name: string;
  groups: SynonymGroup[];
  faults: SynonymFault[];
  /** `same`: the branch has this very list; `older`: it has another one, which this one replaces. */
  places: { branch: Branch; already: 'same' | 'older' | 'none' }[];
  until: Date;
}

/** A branch's own list of synonyms, where it has one, and the words that count everywhere. */
export interface BranchSynonyms {
  branch: Branch;
  own?: string;
  shipped: string;
}

/** A list of synonyms that counts for its branch now. */
export interface KeptSynonymList {
  branch: Branch;
  groups: number;
  how: 'added' | 'replaced' | 'same';
}

/** A document to be read from its beginning to its end. */
export interface Book {
  id: DocumentId;
  title: string;
  /** The file it came from. */
  source: string;
  passages: number;
  /** The branch's own, not one that all share. */
  own: boolean;
}
