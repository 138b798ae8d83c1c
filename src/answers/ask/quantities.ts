import { flatNumerals, valueOf } from './numerals.ts';

/** `up`: at least or more than it; `down`: at most or less; `in`: within it. */
export type Bound = 'up' | 'down' | 'in';

/** A number with what it counts, as both a model and a document may write it. */
export interface Quantity {
  /** A decimal text, a fraction `2/3`, a date such as `2018-10-28`, `2018-10` or `--10-28`, or of 每月 `月`. */
  value: string;
  /** In one spelling; `''` for a bare number, `第条` for an article's number, `date` for a date. */
  unit: string;
  bound?: Bound;
  /** The two characters in front of it. */
  before: string;
}

const chinese = '[零一二三四五六七八九十百千万亿两]';
const number = `(?:\\d+(?:\\.\\d+)?[十百千万亿]*|${chinese}+(?:点[零一二三四五六七八九]+)?)`;
const year = '(?:\\d{4}|[零一二三四五六七八九]{4})';

/** Words that hold a numeral and count nothing. */
const idioms =
  /一般|一切|一样|一致|一定|一些|一起|一旦|一律|一并|一方面|一直|一同|一概|一贯|一向|一再|一面|一系列|一经|一体|一次性|进一步|逐一|统一|唯一|同一|单一|(?<![条分])之一(?![零一二三四五六七八九十百千])|万一|千方百计|十分(?=[\p{Script=Han}])(?!之|钟)|百姓|千万(?=不|别|要)|两者|二者|(?<=[每任某另这那哪])一(?=[个名位项种条件次])/gu;
/** Counting out: 一是…，二是…; 第一，…; 其一… */
const countingOut = new RegExp(
  `(?<=^|[，。；：、,;:\\s])(?:[一二三四五六七八九十](?=是|要)|第[一二三四五六七八九十]+(?=[，：,:]|、(?![第零一二三四五六七八九十\\d]))|其[一二三四五六七八九](?=[，、：是]))`,
  'gu',
);

const units = (
  [
    ['个?工作日', '工作日'],
    ['个?(?:小时|钟头)', '小时'],
    ['分钟', '分钟'],
    ['个月|月(?=以|之|内)', '个月'],
    ['月份?', '月'],
    ['个?季度', '季度'],
    ['个?(?:星期|礼拜)|周(?![岁年])', '周'],
    ['周年', '周年'],
    ['周?岁', '岁'],
    ['年(?!级)', '年'],
    ['[日天]', '天'],
    ['个?(?:学时|课时)', '学时'],
    ['人次', '人次'],
    ['个?人(?!民)|名|位', '人'],
    ['元|块钱?', '元'],
    ['公里|千米', '公里'],
    ['平方米|平米', '平方米'],
    ['立方米', '立方米'],
    ['公斤|千克', '公斤'],
    ['个?百分点', '百分点'],
    ['[次条款项章节编届号期批个种类份件户家所门级层票分字倍页篇课回遍成]', ''],
  ] as const
).map(([pattern, name]) => [new RegExp(`^(?:${pattern})`, 'u'), name] as const);
/** How often, in one spelling. */
const oftens: Readonly<Record<string, string>> = { 季: '季度', 星期: '周', 日: '天' };
const ordinalUnit = /^[条款项章节编篇目届次年批页名位号期版]/u;
/** What says a bound may stand a few words in front of the number: 不得低于工资的百分之八十. */
const gap = `[^，。；：、,.;:!?\\d零一二三四五六七八九十百千万半]{0,14}`;
const upBefore = new RegExp(
  `(?:(?:不得?(?:少于|低于|短于|小于)|至少|最少|最低|起码|(?<![不得未])(?:超过|多于|高于|大于)|逾|at least|\\b(?:no|not) less than|(?<!\\b(?:no|not) )more than|over\\b)${gap}|(?<![不未])满)\\s*$`,
  'iu',
);
const downBefore = new RegExp(
  `(?:(?:[不未]得?(?:超过|多于|高于|大于)|至多|最多|最高|最长|不足|(?<![不得])(?:少于|低于|短于|小于)|at most|\\b(?:no|not) more than|up to|(?<!\\b(?:no|not) )(?:less|fewer) than|under\\b)${gap}|[不未]满|不到|未达到?)\\s*$`,
  'iu',
);
const inBefore = /within\s*$/i;
const after: readonly (readonly [RegExp, Bound])[] = [
  [/^(?:及其?)?以上/u, 'up'],
  [/^(?:及其?)?以下/u, 'down'],
  [/^(?:以内|之内|内)/u, 'in'],
];

const one = new RegExp(
  [
    `(?<y>${year})年(?:(?<m>${number})月(?:(?<d>${number})[日号])?)?`,
    `(?<iy>\\d{4})[-/.](?<im>\\d{1,2})[-/.](?<id>\\d{1,2})(?!\\d)`,
    `(?<mm>${number})月(?<md>${number})[日号]`,
    `(?<clock>\\d{1,2}[:：]\\d{2})(?!\\d)`,
    `(?<whole>${number})分之(?<part>${number})`,
    `(?<over>\\d+)/(?<under>\\d+)`,
    `(?<half>过?半数|一半|过半)`,
    `(?<percent>${number})\\s*(?:%|per\\s?cent)`,
    `每(?<per>半年|季度?|年|月|周|星期|[天日]|学期|day|week|month|quarter|year)`,
    `第(?<ordinal>${number})`,
    `(?<number>${number}|半(?=[个年月天日小]))`,
  ].join('|'),
  'gu',
);

/** Every number in a text, with its unit, its bound, and dates as one. */
export function quantitiesIn(text: string): Quantity[] {
  const flat = latinNumbers(flatNumerals(text))
    .replace(idioms, (each) => '＿'.repeat(each.length))
    .replace(countingOut, (each) => '＿'.repeat(each.length));
  const found: (Quantity & { end: number; isOpen: boolean; start: number })[] = [];
  for (const match of flat.matchAll(one)) {
    // 之一 of 第三十六条之一 belongs to the number before it.
    if (match.index < (found.at(-1)?.end ?? 0)) continue;
    const rest = flat.slice(match.index + match[0].length);
    const read = readOne(match.groups ?? {}, rest);
    if (!read) continue;
    const { size, ...quantity } = read;
    const end = match.index + match[0].length + size;
    const before = flat.slice(Math.max(0, match.index - 2), match.index);
    const bound = boundOf(flat.slice(Math.max(0, match.index - 24), match.index), flat.slice(end));
    found.push({
      ...quantity,
      before,
      ...(bound && { bound }),
      start: match.index,
      end,
      isOpen: size === 0,
    });
  }
  return linked(flat, found).flatMap(({ value, unit, bound, before }) =>
    unit === '一' ? [] : [{ value, unit, before, ...(bound && { bound }) }],
  );
}

type Groups = Readonly<Record<string, string | undefined>>;
interface Read {
  value: string;
  unit: string;
  /** Characters of the rest that belong to it. */
  size: number;
}

function readOne(groups: Groups, rest: string): Read | undefined {
  const { y, m, d, iy, im, id, mm, md, clock, whole, part, over, under, half, percent, per } =
    groups;
  if (y) return { ...date(y, m, d), size: 0 };
  if (iy) return { ...date(iy, im, id), size: 0 };
  if (mm) return { ...date(undefined, mm, md), size: 0 };
  if (clock) return { value: clock.replace('：', ':'), unit: 'clock', size: 0 };
  if (whole && part) return { ...fraction(valueOf(whole), valueOf(part)), size: 0 };
  if (over && under) return { ...fraction(under, over), size: 0 };
  if (half) return { value: '1/2', unit: 'fraction', size: 0 };
  if (percent) return { value: valueOf(percent), unit: '%', size: 0 };
  if (per) return { value: oftens[per] ?? per, unit: '每', size: 0 };
  return groups['ordinal'] ? ordinalOf(groups['ordinal'], rest) : countOf(groups['number'], rest);
}

const date = (year?: string, month?: string, day?: string) => ({
  value: [
    year ? valueOf(year) : '-',
    ...[month, day].flatMap((each) => (each ? [valueOf(each)] : [])),
  ].join('-'),
  unit: 'date',
});

const fraction = (whole: string, part: string) =>
  whole === '100' ? { value: part, unit: '%' } : { value: `${part}/${whole}`, unit: 'fraction' };

function ordinalOf(number: string, rest: string): Read {
  const [unit = ''] = ordinalUnit.exec(rest) ?? [];
  const [extra = ''] = /^之[一二三四五六七八九十]+/u.exec(rest.slice(unit.length)) ?? [];
  const value = valueOf(number) + extra;
  if (unit) return { value, unit: `第${unit}`, size: unit.length + extra.length };
  const [word] = /^[a-z]+/.exec(rest) ?? [];
  return { value, unit: `第${word ?? nextCharacter(rest)}`, size: 0 };
}

function countOf(number = '', rest: string): Read {
  const [more = ''] = /^[余多]/u.exec(rest) ?? [];
  const left = rest.slice(more.length);
  for (const [pattern, name] of units) {
    const [said = ''] = pattern.exec(left) ?? [];
    if (!said) continue;
    const [half = ''] = /^半(?!数)/u.exec(left.slice(said.length)) ?? [];
    const value = String(Number(valueOf(number)) + (half ? 0.5 : 0));
    const unit = `${more && '余'}${name || said}`;
    return {
      value: half ? value : valueOf(number),
      unit,
      size: more.length + said.length + half.length,
    };
  }
  const [, word] = /^[\s-]?([a-z]+)/i.exec(left) ?? [];
  const unit = word ? word.toLowerCase().replace(/s$/, '') : nextCharacter(left);
  // 一 before anything else is hardly ever a number.
  return { value: valueOf(number), unit: number === '一' && unit !== '' ? '一' : unit, size: 0 };
}

const nextCharacter = (text: string) => /^\p{Script=Han}/u.exec(text)?.[0] ?? '';

function boundOf(before: string, rest: string): Bound | undefined {
  const [, said] = after.find(([pattern]) => pattern.test(rest)) ?? [];
  if (said) return said;
  if (downBefore.test(before)) return 'down';
  if (upBefore.test(before)) return 'up';
  return inBefore.test(before) ? 'in' : undefined;
}

const between = /^(?:至|到|[-–—~～]|、|或者?|和|及)第?$/u;

/** In 三至五年 and 第十、十一条 one unit serves both. */
function linked<T extends Quantity & { start: number; end: number; isOpen: boolean }>(
  flat: string,
  found: T[],
): T[] {
  const all = found.map((each) => ({ ...each }));
  for (let i = all.length - 2; i >= 0; i -= 1) {
    const [one, next] = [all[i], all[i + 1]];
    if (!one || !next || !between.test(flat.slice(one.end, next.start))) continue;
    const isOrdinal = one.unit.startsWith('第');
    if (one.isOpen && one.unit !== 'date' && !next.isOpen) {
      one.unit = isOrdinal && !next.unit.startsWith('第') ? `第${next.unit}` : next.unit;
    }
    if (isOrdinal && one.unit === `第${next.unit}`) next.unit = one.unit;
  }
  return all;
}

const words =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const parts = ['half', 'third', 'quarter', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const anyWord = [...tens, ...words].join('|');
const inFractions = new RegExp(
  `\\b(${anyWord})[- ](half|halves|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)\\b`,
  'gi',
);
const compound = new RegExp(`\\b(${tens.join('|')})[- ](${words.slice(1, 10).join('|')})\\b`, 'gi');
const simple = new RegExp(`\\b(${anyWord})\\b`, 'gi');
const parted = /\b(article|section|chapter|clause|paragraph|rule|part|item|step)\s+(\d+)/gi;
const often =
  /\b(?:(?<=(?:once|twice|times) )(?:a|per)|each|every|per)\s+(day|week|month|quarter|year)\b/gi;
/** The English "one" is mostly a pronoun and no number. */
const oneOf = /\bone\b(?!\s+(?:year|month|week|day|hour|minute|time|third|half|quarter)s?\b)/gi;

/** Number words of English as digits, `Article 5` as an ordinal. */
function latinNumbers(text: string): string {
  if (!/[a-z]/i.test(text)) return text;
  const small = (word: string) => {
    const known = words.indexOf(word.toLowerCase());
    return known >= 0 ? known : (tens.indexOf(word.toLowerCase()) + 2) * 10;
  };
  return text
    .replace(often, '每$1')
    .replace(/\bonce\b/gi, '1 time')
    .replace(/\btwice\b/gi, '2 times')
    .replace(oneOf, (each) => '_'.repeat(each.length))
    .replace(inFractions, (_, over: string, under: string) => {
      const name = under
        .toLowerCase()
        .replace(/s$/, '')
        .replace('halve', 'half')
        .replace('fourth', 'quarter');
      return `${small(over)}/${parts.indexOf(name) + 2}`;
    })
    .replace(compound, (_, ten: string, digit: string) => String(small(ten) + small(digit)))
    .replace(simple, (word) => String(small(word)))
    .replace(parted, (_, part: string, number: string) => `第${number}${part.toLowerCase()}`);
}
