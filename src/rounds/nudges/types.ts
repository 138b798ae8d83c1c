import type { PersonId, RoundId } from '../../base/ids.ts';

/** One private message to one person, about every round that waits for them. */
export interface Nudged {
  person: PersonId;
  rounds: RoundId[];
}

/** What a reminder comes to, decided and written down: whom it reaches now, and how many it does not. */
export interface Nudge extends Passed {
  id: string;
  now: Nudged[];
}

/** How many a reminder passes by, and why; people are counted, never named. */
export interface Passed {
  /** Reminded within the last hours already. */
  lately: number;
  /** In their quiet hours; reminded when those end, if they are still waited for. */
  held: number;
  /** Cannot be written to, or in their quiet hours until the end of what waits for them. */
  unreached: number;
}

/** What became of a reminder once its messages have left. */
export interface NudgeReport extends Passed {
  reminded: number;
  /** May or may not have arrived. */
  unknown: number;
  /** Still on their way. */
  waiting: number;
}
