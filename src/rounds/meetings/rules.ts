import { must } from '../../base/errors.ts';
import type { RoundId } from '../../base/ids.ts';
import type { Round } from '../types.ts';
import type { Call, OwnOfMeeting } from './types.ts';

const minute = 60_000;
const lasts = 120 * minute;
/** Signing in begins so long before the start. */
const early = 15 * minute;

/** Where no end is given, a meeting is over two hours after its start. */
export const endOf = (start: Date) => new Date(start.getTime() + lasts);

type Meeting = Pick<Round, 'own'>;
const ownOf = ({ own }: Meeting): OwnOfMeeting => must(own as OwnOfMeeting | undefined);

export const startOf = (meeting: Meeting): Date => ownOf(meeting).startsAt;
export const comingTo = (meeting: Meeting): number => ownOf(meeting).coming;

/** From then on people can sign in. */
export const signInFrom = (meeting: Meeting) => new Date(startOf(meeting).getTime() - early);

/** A group is reminded so long before the start. */
export const reminders = { day: 24 * 60 * minute, hour: 60 * minute } as const satisfies Partial<
  Record<Call, number>
>;

/** Under these subjects the cards of a meeting at this time, beside its announcement, are sent and refreshed. */
export const subjectOfSignIn = (round: RoundId, starts: Date) =>
  `sign-in:${round}@${starts.getTime()}`;
export const subjectOfReminder = (round: RoundId, starts: Date) =>
  `meeting:${round}@${starts.getTime()}`;
