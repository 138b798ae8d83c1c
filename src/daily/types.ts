import type { ChatId } from '../base/ids.ts';
import type { Branch, Named } from '../people/roster/types.ts';

/** When a reading comes: a time of day, every day or on workdays. */
export interface Times {
  /** After midnight, in people's zone. */
  minute: number;
  workdays: boolean;
}

/** The daily reading of one group as it stands. */
export interface Daily extends Times {
  branch: Branch;
  group: Named<ChatId>;
  /** Undefined while it is off. */
  next?: Date;
  title: string;
  /** How many passages were read, of how many. */
  read: number;
  total: number;
  /** The year of the next one, where nothing is known of its holidays. */
  unknownYear?: number;
}

/** One passage as the group reads it. */
export interface Reading {
  title: string;
  heading: string;
  text: string;
  /** From 1. */
  number: number;
  total: number;
  /** The document that comes after this last passage. */
  then?: string;
}

/** A document that is over, or gone, and the one that takes its place. */
export interface DocumentChange {
  title: string;
  then: string;
}

/** What is due now in one group. */
export interface DueReading {
  branch: Branch;
  group: Named<ChatId>;
  push?: { reading: Reading; subject: string; until: Date };
  /** Too late to be made up. */
  missed: Date[];
  next?: Date;
  /** The document that was being read is not there any more. */
  removed?: DocumentChange;
  /** It cannot go on and is switched off. */
  stopped?: 'group-gone' | 'no-document';
  /** To be told once. */
  unknownYear?: number;
}

/** One push: the group and the time it was due. */
export interface PushSlot {
  chatId: ChatId;
  at: Date;
}

/** What became of a push. */
export interface PushOutcome {
  branch: Branch;
  group: Named<ChatId>;
  at: Date;
  state: 'sent' | 'unknown' | 'refused' | 'gone';
  /** The document was read to its end. */
  finished?: DocumentChange;
}
