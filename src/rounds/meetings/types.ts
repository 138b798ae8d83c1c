import { must } from '../../base/errors.ts';
import type { PersonId, RoundId } from '../../base/ids.ts';
import type { Answered, Edit, Round } from '../types.ts';

const minute = 60_000;
const lasts = 120 * minute;
/** Signing in begins so long before the start. */
const early = 15 * minute;

/** Where no end is given, a meeting is over two hours after its start. */
export const endOf = (start: Date) => new Date(start.getTime() + lasts);

/** What is kept of a meeting beside its round; read with it. */
export interface OwnOfMeeting {
  /** Until then it asks who will come, from then on who is there. */
  startsAt: Date;
  /** Said that they will come and are not there yet. */
  coming: number;
}
type Meeting = Pick<Round, 'own'>;
const ownOf = ({ own }: Meeting): OwnOfMeeting => must(own as OwnOfMeeting | undefined);

export const startOf = (meeting: Meeting): Date => ownOf(meeting).startsAt;
export const comingTo = (meeting: Meeting): number => ownOf(meeting).coming;

/** From then on people can sign in. */
export const signInFrom = (meeting: Meeting) => new Date(startOf(meeting).getTime() - early);

/** A group is reminded so long before the start. */
export const reminders = { day: 24 * 60 * minute, hour: 60 * minute } as const;

/** What comes by itself before and at a meeting's start. */
export type Call = keyof typeof reminders | 'sign-in' | 'start';

/** Which of its announced times is meant: what was planned for one that was moved is void. */
export interface AnnouncedTime {
  round: RoundId;
  starts: Date;
}

/** Under these subjects the cards of a meeting at this time, beside its announcement, are sent and refreshed. */
export const subjectOfSignIn = (round: RoundId, starts: Date) =>
  `sign-in:${round}@${starts.getTime()}`;
export const subjectOfReminder = (round: RoundId, starts: Date) =>
  `meeting:${round}@${starts.getTime()}`;

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
