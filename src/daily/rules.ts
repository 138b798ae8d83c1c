import { bareTitle } from '../answers/retrieval/title.ts';
import type { Calendar } from './calendar/service.ts';
import { fromZone, inZone, localDay, timeOfDay } from '../base/clock.ts';
import { Fault, Refusal } from '../base/errors.ts';
import type { Book } from '../library/types.ts';
import { ChatId } from '../base/ids.ts';
import type { PushSlot, Times } from './types.ts';

/** A push that comes later than this is no longer made up. */
export const latest = 3_600_000;
// No holidays are longer.
const furthest = 60;

/** The days on which people of a place work, and the zone in which they live. */
export interface Days {
  calendar: Calendar;
  zone: string;
}

/** The first slot after a moment. */
export function nextSlot(after: Date, { minute, workdays }: Times, { calendar, zone }: Days): Date {
  for (let ahead = 0; ahead <= furthest; ahead += 1) {
    const day = localDay(after, zone, ahead);
    const at = fromZone(`${day} ${timeOfDay(minute)}`, zone);
    if (at > after && (!workdays || calendar.isWorkday(day))) return at;
  }
  throw new Fault('no workday for two months');
}

/** Every slot from `first` to `now`, and the one after. */
export function slotsUntil(now: Date, first: Date, times: Times, days: Days) {
  const due: Date[] = [];
  let next = first;
  while (next <= now) {
    due.push(next);
    next = nextSlot(next, times, days);
  }
  return { due, next };
}

/** The year of `at`, where the days of work in it are only a guess. */
export function unknownYear(at: Date, workdays: boolean, { calendar, zone }: Days) {
  const year = inZone(at, zone).year();
  return workdays && !calendar.knows(year) ? year : undefined;
}

/** The document after this one, or after where it was; after the last comes the first. */
export function bookAfter(
  books: readonly Book[],
  { id, title }: Pick<Book, 'title'> & Partial<Pick<Book, 'id'>>,
): Book | undefined {
  const place = books.findIndex((book) => book.id === id);
  if (place >= 0) return books[(place + 1) % books.length];
  const order = new Intl.Collator('zh', { numeric: true });
  return books.find((book) => order.compare(book.title, title) > 0) ?? books[0];
}

const near = 3;

/** The one document that a secretary means by (a part of) its title or its file's name. */
export function bookMeant(books: readonly Book[], said: string): Book {
  const wanted = bareTitle(said);
  const exact = books.filter((book) => namesOf(book).includes(wanted));
  const partly = books.filter((book) => bareTitle(book.title).includes(wanted));
  const found = exact.length > 0 ? exact : wanted === '' ? [] : partly;
  // Of two with the same title people mean the one they sent themselves.
  const own = found.filter((book) => book.own);
  const [one] = found.length === 1 || exact.length === 0 ? found : own;
  if (one && (found.length === 1 || (exact.length > 0 && own.length === 1))) return one;
  if (found.length > 1) throw refusal('DOCUMENT_AMBIGUOUS', said, found);
  throw refusal('DOCUMENT_UNKNOWN', said, nearest(books, wanted));
}

const namesOf = ({ title, source }: Book) => [
  bareTitle(title),
  bareTitle(source),
  bareTitle(source.replace(/^.*\/|\.\w+$/g, '')),
];

function nearest(books: readonly Book[], wanted: string): Book[] {
  const pairs = new Set(pairsOf(wanted));
  const shared = ({ title }: Book) =>
    pairsOf(bareTitle(title)).filter((pair) => pairs.has(pair)).length;
  return [...books].sort((one, other) => shared(other) - shared(one));
}

const pairsOf = (text: string) =>
  [...text].slice(1).map((sign, i) => `${[...text][i] ?? ''}${sign}`);

/** Titles go one to a line; where two are the same their files tell them apart. */
function refusal(code: 'DOCUMENT_AMBIGUOUS' | 'DOCUMENT_UNKNOWN', said: string, books: Book[]) {
  const shown = books.slice(0, near);
  const titles = shown.map(({ title, source }) =>
    shown.filter((book) => book.title === title).length > 1 ? source : title,
  );
  return new Refusal(code, { said, titles: titles.join('\n') });
}

/** Under this subject a push is sent, and known again once it has left. */
export const subjectOfPush = ({ chatId, at }: PushSlot) => `daily:${chatId}:${at.getTime()}`;

export function slotOf(subject: string): PushSlot {
  const [, chat, at] = subject.split(':');
  return { chatId: ChatId.parse(Number(chat)), at: new Date(Number(at)) };
}
