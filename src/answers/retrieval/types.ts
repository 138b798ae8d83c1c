import type { BranchId, DocumentId, PassageId } from '../../base/ids.ts';

/** A document as its reader sees it: headings and what stands under them, in order, text verbatim. */
export type Block =
  { kind: 'heading'; level: number; text: string } | { kind: 'text'; text: string };

/** A piece that can be found and quoted: an article, or the text under one heading. */
export interface Passage {
  /** Headings from the outside in and the article's number, as a citation shows them; may be empty. */
  heading: string;
  /** Verbatim. */
  text: string;
}

/** Whose documents may be searched: those of all, and those of these branches. */
export interface Scope {
  branches: readonly BranchId[];
  /** Of these branches also what only their committee may ask. */
  committees?: readonly BranchId[];
  /** The day on which they have to be in force, `YYYY-MM-DD`; today by UTC unless it is said. */
  day?: string;
}

/** How sure it is that a passage answers. */
export type Band = 'answer' | 'related' | 'none';

/** The day of a document's edition, and what happened on it. */
export interface EditionOf {
  day: string;
  kind: 'passed' | 'issued' | 'revised' | 'amended';
}

export interface Hit {
  passage: PassageId;
  document: { id: DocumentId; title: string; edition?: EditionOf };
  heading: string;
  text: string;
  score: number;
  /** 0 to 1. */
  confidence: number;
  band: Band;
  /** Where in `text` the two sentences stand that cover the question best. */
  quote: { start: number; end: number };
}

/** A hit without its text: it can be stored and loaded again. */
export type HitReference = Pick<Hit, 'passage' | 'score' | 'confidence' | 'band' | 'quote'>;

/** Turns texts into vectors, like ones into near ones. Vectors of two models are never compared. */
export interface Embedder {
  readonly model: string;
  /**
   * One vector a text, in their order, all of one length. Throws for whatever the endpoint does instead, and
   * after `patience` milliseconds.
   */
  embed(texts: readonly string[], patience: number): Promise<number[][]>;
}
