import type { PersonId, RoundId } from '../../base/ids.ts';
import type { Answered, Edit, Round } from '../types.ts';

/** What is kept of a meeting beside its round; read with it. */
export interface OwnOfMeeting {
  /** Until then it asks who will come, from then on who is there. */
  startsAt: Date;
  /** Said that they will come and are not there yet. */
  coming: number;
}
/** What comes by itself before and at a meeting's start. */
export type Call = 'day' | 'hour' | 'sign-in' | 'start';

/** Which of its announced times is meant: what was planned for one that was moved is void. */
export interface AnnouncedTime {
  round: RoundId;
  starts: Date;
}

/** Somebody signed in; `late`: after the start. */
export interface SignedIn extends Answered {
  late: boolean;
}

/** A meeting that was announced, and the others of its branch at the same time. */
export interface Announced {
  round: Round;
  overlaps: Round[];
}

/** How one of those asked stands to a meeting: for its secretaries alone. */
export interface Attendee {
  person: PersonId;
  name: string;
  state: 'here' | 'late' | 'leave' | 'absent';
  /** What they said before, whatever came of it. */
  reply: 'coming' | 'leave' | null;
  reason: string | null;
}

/** What somebody says about their coming, and when they said it. */
export interface MeetingReply {
  round: RoundId;
  person: PersonId;
  at: Date;
}

/** What a secretary changes about a meeting. */
export interface MeetingEdit extends Pick<Edit, 'title' | 'closesAt'> {
  startsAt?: Date;
  at?: string;
  agenda?: string;
}
