import { halfWidth, withoutQuoted } from '../text.ts';
import { looksLikeTime, readTime, type Written } from './times.ts';

/** What people's words say of an end: the time, as it was said, and the words without it. */
export type EndSaid =
  | { is: 'read'; said: string; rest: string }
  /** An end is plainly spoken of, and no time can be read there. */
  | { is: 'unreadable'; said: string }
  | { is: 'none' };

interface Found {
  start: number;
  end: number;
  said: string;
}

/** No time takes more characters to write. */
const longestTime = 60;

/** Words that stand before an end. */
const before =
  /(?<![a-z])(?:截止|截至|最晚|最迟|不晚于|不迟于|no later than|due(?:\s+(?:by|on|at))?|deadline|before|until|till|by)(?![a-z])/gi;
/** What may stand between such a word and the time. */
const between = /^(?:时间|日期)?(?:是|为|在|于|到|至)?[\s:]*/;
/** Words that stand behind an end; 内 stands behind a stretch of time alone. */
const behind = /截止|为止|(?:之|以)前|(?:之|以)?内|前/g;
/** With 前 these are other words: 周五前后, 12月前沿. */
const notBefore =
  /^(?:[后面的期沿往线台门言途身夕景程锋端辈任]|提(?!交)|进(?!行)|者|几[天日周年个月]|[一二三两四五六七八九十\d]+[天日周年个月])/;
/** With 内 these are other words: 三天内容. */
const notInside = /^[容部外涵在心]/;
/** What may follow an end and says nothing of its own: 前完成, 截止. */
const done =
  /^(?:\s*(?:前|之前|以前))?(?:完成|提交|交齐|交上来|交|做完|答完|填完|学完|读完|打卡|结束|截止|有效|为止)?(?=$|[\s,;.!、。，；！)\]】」])/;
/** What may stand right before an end and says nothing of its own: 请于周五前. */
const leading = /(?:(?:请|务必|须|需|要)*(?:大家|各位|同志们)?(?:于|在|赶在)|请)$/;
const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '【': '】' };

/**
 * The last end that a text speaks of, wherever it stands: 截止周五18:00, 周五18:00截止, 明天下午6点前, `by Fri`. What
 * stands in quotation marks is a name and says nothing. Of 学习截止日期的规定 no time follows, so it is text.
 */
export function endIn(text: string, written: Written): EndSaid {
  const read = withoutQuoted(halfWidth(text));
  const ends = [...read.matchAll(before)].flatMap((mark) => behindMark(read, mark, written));
  ends.push(...[...read.matchAll(behind)].flatMap((mark) => beforeMark(read, mark, written)));
  const last = ends.toSorted((one, other) => one.end - other.end || other.start - one.start).at(-1);
  const rest = last ? without(text, last) : text;
  const unread = spokenOf(withoutQuoted(halfWidth(rest)), written, last === undefined);
  if (unread !== undefined) return { is: 'unreadable', said: unread };
  return last ? { is: 'read', said: last.said, rest } : { is: 'none' };
}

/** The longest time that follows the mark. */
function behindMark(read: string, mark: RegExpExecArray, written: Written): Found[] {
  const after = mark.index + mark[0].length;
  const skipped = between.exec(read.slice(after))?.[0] ?? '';
  const from = after + skipped.length;
  const tail = read.slice(from, from + longestTime);
  for (let length = tail.length; length > 0; length -= 1) {
    const said = tail.slice(0, length);
    const next = tail.slice(length);
    if (/\s$/.test(said) || !isWhole(said, next) || !readTime(said, written).ok) continue;
    const filler = done.exec(next)?.[0].trimEnd() ?? '';
    return [{ start: mark.index, end: from + length + filler.length, said }];
  }
  return [];
}

/** A time does not end within a number or a word, nor does it describe what follows. */
const isWhole = (said: string, next: string) =>
  !(/[\d:]$/.test(said) && /^[\d:年月日号点时分]/.test(next)) &&
  !(/[a-z]$/i.test(said) && /^[a-z]/i.test(next)) &&
  !next.startsWith('的') &&
  !goesOn.test(next);
/** An hour, or half of the day whose hour is missing: the time is not over. */
const goesOn =
  /^\s*(?:[([](?:周|星期|礼拜)|[上下中]午|[早晚]上?|傍晚|凌晨|夜里|\d{1,2}\s*[:点时]|[一二两三四五六七八九十]{1,3}[点时])/;

/** The longest time that stands before the mark. */
function beforeMark(read: string, mark: RegExpExecArray, written: Written): Found[] {
  const [word] = mark;
  const after = mark.index + word.length;
  const next = read.slice(after);
  if (word.endsWith('前') && notBefore.test(next)) return [];
  if (word.endsWith('内') && notInside.test(next)) return [];
  if (word.endsWith('止') && !done.test(next)) return [];
  const headEnd = read.slice(0, mark.index).trimEnd().length;
  const head = read.slice(Math.max(0, headEnd - longestTime), headEnd);
  for (let length = head.length; length > 0; length -= 1) {
    const said = head.slice(-length);
    const previous = head.slice(0, -length);
    if (/^[\s,;]|\s$/.test(said) || !begins(said, previous)) continue;
    if (!isEnd(said, word, written)) continue;
    const filler = done.exec(next)?.[0].trimEnd() ?? '';
    const start = headEnd - length - (leading.exec(previous)?.[0].length ?? 0);
    return [
      { start, end: after + filler.length, said: isStretchIn(said, word) ? `${said}后` : said },
    ];
  }
  return [];
}

/** 3天内 is three days from now; 3天前 was three days ago and is no end. */
function isEnd(said: string, word: string, written: Written): boolean {
  const isTime = readTime(said, written).ok;
  if (isStretchIn(said, word)) return !isTime && readTime(`${said}后`, written).ok;
  return isTime;
}
/** 今天内 ends with the day; any other 内 stands behind a stretch of time. */
const isStretchIn = (said: string, word: string) =>
  word.endsWith('内') && !/^(?:今|明|当|后)[天日]$/.test(said);

/** A time does not begin within a number or a word. */
const begins = (said: string, previous: string) =>
  !(/^[\d:./-]/.test(said) && /[\d:./月年-]$/.test(previous)) &&
  !(/^[a-z]/i.test(said) && /[a-z]$/i.test(previous)) &&
  !(/^[一二两三四五六七八九十]/.test(said) && /[一二两三四五六七八九十第月年]$/.test(previous));

/** The text without an end, and without the brackets and signs that held it. */
function without(text: string, { start, end }: Found): string {
  let head = text.slice(0, start);
  let tail = text.slice(end);
  const open = /[（([【]\s*$/.exec(halfWidth(head))?.[0];
  const close = open && brackets[open.trim()];
  if (close && halfWidth(tail).trimStart().startsWith(close)) {
    head = head.slice(0, -open.length);
    tail = tail.trimStart().slice(1);
  }
  head = head.replace(/[\s,，;；、。.!！:：]+$/, '');
  tail = tail.replace(/^[\s,，;；、。.!！:：]+/, '');
  const isApart = /\s/.test(`${text[start - 1] ?? ''}${text[start] ?? ''}${text[end] ?? ''}`);
  return head && tail && isApart ? `${head} ${tail}` : head + tail;
}

/** What is said of an end that cannot be read as a time: 截止2月30日, 25:99前. */
function spokenOf(read: string, written: Written, isAlone: boolean): string | undefined {
  for (const mark of read.matchAll(before)) {
    const tail = read.slice(mark.index + mark[0].length);
    const said = tail.replace(between, '').slice(0, longestTime);
    if (readsSomehow(said, written)) continue;
    // 截止 as a word of its own names the part, whatever stands behind it.
    const isOwnWord =
      mark[0].startsWith('截') &&
      /^(?:[\s:]|时间[\s:]|$)/.test(tail) &&
      /(?:^|[\s,;([])$/.test(read.slice(0, mark.index));
    if ((isOwnWord && isAlone) || looksLikeTime(said)) return said;
  }
  const stretch = /(?:本|这|下)个?(?:周|星期|月)内/.exec(read);
  if (stretch && !notInside.test(read.slice(stretch.index + stretch[0].length))) return stretch[0];
  const early = new RegExp(`(${likeDay}\\s*${likeClock}?|${likeClock})\\s*(?:截止|之前|以前|前)`);
  const found = early.exec(read);
  if (!found || notBefore.test(read.slice(found.index + found[0].length))) return undefined;
  const said = found[1]?.trim() ?? '';
  return readTime(said, written).ok ? undefined : said;
}
const likeDay = '\\d{1,2}(?:月\\d{1,2}[日号]?|[/.-]\\d{1,2})';
const likeClock = '(?:\\d{1,2}[:点]\\d{0,2}分?)';

const readsSomehow = (text: string, written: Written) =>
  [...text].some((_, i) => {
    const said = text.slice(0, text.length - i);
    return isWhole(said, text.slice(said.length)) && readTime(said, written).ok;
  });
