/** One stretch of study as its person wrote it down. */
export interface Studied {
  minutes: number;
  what: string | null;
  at: Date;
}

/** A person's own study in one month. */
export interface StudyMonth {
  minutes: number;
  times: number;
  /** The newest few, the newest first. */
  latest: Studied[];
}
