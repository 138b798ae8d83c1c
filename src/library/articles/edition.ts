import type { Block } from '../../answers/retrieval/types.ts';
import { integerOf } from '../../base/chinese-numerals.ts';
import type { Edition, EditionKind } from '../types.ts';

/** Days are `YYYY-MM-DD`, which sorts as it should. */
interface Event {
  day: string;
  kind: EditionKind | 'from';
}

const digits = '〇零一二三四五六七八九';
const year = `\\d{4}|[${digits}]{4}`;
const small = `\\d{1,2}|[${digits}十]{1,3}`;
const dateForm = `(${year})\\s*年\\s*(${small})\\s*月\\s*(${small})\\s*日|(\\d{4})[-./](\\d{1,2})[-./](\\d{1,2})`;

/** The words after a day, without titles in 《》, say what happened on it; the first form that matches counts. */
const happenings: { kind: Event['kind']; like: RegExp }[] = [
  { kind: 'from', like: /^[^\d。；;]{0,6}(?:起)?(?:施行|实施|执行|生效)/u },
  { kind: 'amended', like: /修正|通过的?《[^》]*(?:修正案|修改|修正)|修改/u },
  { kind: 'revised', like: /修订/u },
  { kind: 'issued', like: /公布|发布|印发|颁布|颁发/u },
  { kind: 'passed', like: /通过|批准|制定/u },
];

/** `施行日期：2026年2月1日`: the words before a day say what happened on it. */
const labels: { kind: Event['kind']; like: RegExp }[] = [
  { kind: 'from', like: /^(?:施行|实施|执行|生效)(?:日期|时间)?\s*[:：]/u },
  { kind: 'amended', like: /^修正(?:日期|时间)?\s*[:：]/u },
  { kind: 'revised', like: /^修订(?:日期|时间)?\s*[:：]/u },
  { kind: 'issued', like: /^(?:公布|发布|印发|颁布)(?:日期|时间)?\s*[:：]/u },
  { kind: 'passed', like: /^(?:通过|批准)(?:日期|时间)?\s*[:：]/u },
];

const headLines = 40;
const longestLine = 160;
const tailLines = 4;

/**
 * Reads from a document which edition it is, and from when until when it is in force: from the lines under its
 * title, and from its last lines. What the document does not say is left out.
 */
export function editionOf(blocks: readonly Block[]): Edition {
  const lines = blocks.flatMap(({ text }) => text.split('\n')).map((line) => line.trim());
  const written = lines.filter(Boolean);
  const head = headOf(written);
  const tail = written.slice(-tailLines);
  const events = head.flatMap(eventsIn);
  const edition = latest(events.filter((event) => isEdition(event)));
  const from = heldFrom(events, tail, edition);
  const to = heldTo([...head, ...tail], from);
  return { ...(edition && { edition }), ...(from && { from }), ...(to && { to }) };
}

const isEdition = (event: Event): event is NonNullable<Edition['edition']> => event.kind !== 'from';

/** The latest event; of two on the same day the one mentioned last. */
const latest = <Told extends Event>(events: Told[]) =>
  events.reduce<Told | undefined>(
    (best, event) => (best && best.day > event.day ? best : event),
    undefined,
  );

/** The notes between the title and the text: short lines that begin with a day or stand in brackets. */
function headOf(lines: string[]): string[] {
  const notes: string[] = [];
  let isOpen = false;
  for (const line of lines.slice(0, headLines)) {
    if (/^第[一1]\s*[条章编]/u.test(line)) break;
    const begins = /^[(（]/u.test(line);
    if ((begins || isOpen || isNote(line)) && line.length <= longestLine * (isOpen ? 4 : 3))
      notes.push(line.replace(/^[(（]|[)）]$/gu, ''));
    isOpen = (begins || isOpen) && !/[)）]\s*$/u.test(line);
  }
  return notes;
}

/** A line that begins with a day and ends as a sentence tells a story, and is no note. */
const isNote = (line: string) =>
  line.length <= longestLine &&
  !/[。！？；]$/u.test(line) &&
  (new RegExp(`^自?(?:${dateForm})`, 'u').test(line) ||
    line.startsWith('有效期') ||
    labels.some(({ like }) => like.test(line)));

function eventsIn(line: string): Event[] {
  const found = [...line.matchAll(new RegExp(dateForm, 'gu'))];
  return found.flatMap((each, i) => {
    const day = dayOf(each);
    const after = line.slice(each.index + each[0].length, found[i + 1]?.index);
    const kind =
      (i === 0 ? labels.find(({ like }) => like.test(line))?.kind : undefined) ?? kindOf(after);
    return day && kind ? [{ day, kind }] : [];
  });
}

function kindOf(after: string): Event['kind'] | undefined {
  const bare = after.replace(/《[^》]*》?/gu, '');
  const said = happenings.find(({ kind, like }) => like.test(kind === 'amended' ? after : bare));
  // A law whose title speaks of amending others was itself only passed.
  // One that goes on in the next line is the name of the decision that amended this one.
  const isDecision = /通过的?《|《[^》]*(?:修改|修正)[^》]*$/u.test(after);
  if (said?.kind !== 'amended' || /修正|修改/u.test(bare) || isDecision) return said?.kind;
  return happenings.find(({ kind, like }) => kind !== 'amended' && like.test(bare))?.kind;
}

const comesIntoForce = new RegExp(
  `自(?:(${dateForm})|(?:公布|发布|印发|颁布)之日)起(?:开始)?(?:施行|实施|执行|生效)`,
  'u',
);

/** An amended law still ends with the day it first came into force. That day is older than the edition and is ignored. */
function heldFrom(events: Event[], tail: string[], edition: Edition['edition']) {
  const inHead = events
    .filter(({ kind }) => kind === 'from')
    .map(({ day }) => day)
    .sort()
    .at(-1);
  const found = tail.map((line) => comesIntoForce.exec(line)).find(Boolean);
  const atOnce = found && !found[1] && edition?.kind === 'issued' ? edition.day : undefined;
  const day = inHead ?? (found?.[1] ? dayOf(found, 2) : atOnce);
  return day && (!edition || day >= edition.day) ? day : undefined;
}

const until = new RegExp(
  `有效期(?:限)?[:：]?\\s*(?:为|到|至)?\\s*(?:至|到)?\\s*(?:${dateForm})`,
  'u',
);
const forYears = new RegExp(`有效期(?:限)?[:：]?\\s*为?\\s*(${small})\\s*年`, 'u');

function heldTo(lines: string[], from: string | undefined): string | undefined {
  const said = lines.map((line) => until.exec(line)).find(Boolean);
  const day = said ? dayOf(said) : undefined;
  if (day) return from && day < from ? undefined : day;
  const years = lines.map((line) => forYears.exec(line)?.[1]).find(Boolean);
  if (!years || !from) return undefined;
  const end = new Date(`${from}T00:00:00Z`);
  end.setUTCFullYear(
    end.getUTCFullYear() + integerOf(years),
    end.getUTCMonth(),
    end.getUTCDate() - 1,
  );
  return end.toISOString().slice(0, 10);
}

/** The day that `dateForm` found, its groups beginning at `first`; undefined where there is no such day. */
function dayOf(found: RegExpExecArray, first = 1): string | undefined {
  const groups = found.slice(first, first + 6);
  const [y = '', m = '', d = ''] = groups[0] === undefined ? groups.slice(3) : groups;
  const parts = [yearOf(y), integerOf(m), integerOf(d)].map((part, i) =>
    String(part).padStart(i === 0 ? 4 : 2, '0'),
  );
  const day = parts.join('-');
  const at = new Date(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
  return isDay && /^(?:19|20)/.test(day) ? day : undefined;
}

/** `二〇一八` is written digit by digit. */
const yearOf = (text: string) =>
  [...text].map((sign) => (/\d/.test(sign) ? sign : integerOf(sign))).join('');
