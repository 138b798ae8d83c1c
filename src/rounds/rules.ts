import { fromZone, localDay } from '../base/clock.ts';
import { Refusal } from '../base/errors.ts';
import { shortLine } from '../base/text.ts';
import type { Round } from './types.ts';

export const titleLimit = 100;

/** A title as it is stored and shown. */
export const roundTitle = (text: string): string => shortLine(text, 'title', titleLimit);

/** Where nothing else is said, a round ends at 23:59 of the next day. */
export function defaultEnd(now: Date, zone: string): Date {
  const tomorrow = localDay(now, zone, 1);
  return fromZone(`${tomorrow} 23:59`, zone);
}

/** SQL: round `r` takes answers at the moment in this parameter. */
export const isOpen = (now: string) =>
  ` r.closed_at is null and r.recalled_at is null and r.closes_at > ${now} `;

/** An end that is still ahead. */
export function aheadOf(end: Date, now: Date): Date {
  if (end <= now) throw new Refusal('TIME_PAST');
  return end;
}

/** A round's life as far as answers are concerned. */
export interface Span {
  closesAt: Date;
  closedAt: Date | null;
  recalledAt: Date | null;
}

/**
 * Refuses an answer given too late. What counts is when it was given by the platform's clock, not
 * when it reached us: one from before the end is taken even after the closing.
 */
export function checkInTime({ closesAt, closedAt, recalledAt }: Span, at: Date, number: number) {
  if (recalledAt) throw new Refusal('ROUND_RECALLED', { number });
  if (at > (closedAt ?? closesAt)) throw new Refusal('ROUND_CLOSED', { number, makeup: number });
}

/** Refuses to make up for a round that was not over yet by then. */
export function checkOver({ closesAt, closedAt, recalledAt }: Span, at: Date, number: number) {
  if (recalledAt) throw new Refusal('ROUND_RECALLED', { number });
  if (at <= (closedAt ?? closesAt)) throw new Refusal('ROUND_OPEN', { number });
}

/** Refuses to change a round that is over. */
export function checkOpen({ closesAt, closedAt, recalledAt }: Span, at: Date, number: number) {
  if (recalledAt) throw new Refusal('ROUND_RECALLED', { number });
  if (closedAt ?? at >= closesAt) throw new Refusal('ROUND_CLOSED', { number });
}

// The platform lets a sent card be changed and pressed for 14 days; a day is left for being late.
const cardLives = 13 * 24 * 60 * 60_000;

/** When the card of this number takes the place of the one before. */
export const cardDue = (openedAt: Date, card: number) =>
  new Date(openedAt.getTime() + card * cardLives);

/** Which card is the live one at `now`, from 0; a round makes no new one at or after its end. */
export function liveCard(openedAt: Date, closesAt: Date, now: Date): number {
  const lived = Math.floor((now.getTime() - openedAt.getTime()) / cardLives);
  const last = Math.ceil((closesAt.getTime() - openedAt.getTime()) / cardLives) - 1;
  return Math.max(0, Math.min(lived, last));
}

/** Under this subject the live card of a round is sent and refreshed. */
export const subjectOf = ({ id, card }: Pick<Round, 'id' | 'card'>) =>
  card === 0 ? `round:${id}` : `round:${id}/${card}`;
