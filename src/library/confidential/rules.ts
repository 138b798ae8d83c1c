import { Refusal } from '../../base/errors.ts';

/**
 * What must not be stored or sent on: a text that is marked as secret or internal, or that holds numbers
 * by which people are known. To speak of secrets is no mark: 保守国家秘密法 passes, `机密★10年` does not.
 */
export type Confidential =
  | { is: 'marked'; mark: string }
  /** Numbers of identity cards, a list of mobile phones, numbers of bank cards. */
  | { is: 'personal'; what: 'identity' | 'phones' | 'card' };

/**
 * Where a mark may stand: above a document or on its cover; at the beginning of a question; of a question
 * bank only in its unmistakable form, since 绝密, 机密 and 秘密 may well be its options.
 */
export type TextKind = 'document' | 'question' | 'bank';

/** The first thing in a text that must not go further, if there is one. */
export function confidentialIn(text: string, kind: TextKind): Confidential | undefined {
  const plain = plainForm(text);
  const mark = markIn[kind](plain);
  if (mark !== undefined) return { is: 'marked', mark };
  const what = personalIn(plain);
  return what && { is: 'personal', what };
}

/** What the name of a file says: `【机密】名单.docx`, `内部资料-党课.pdf`. */
export function confidentialName(name: string): Confidential | undefined {
  const plain = plainForm(name.replace(/^.*[\\/]/s, '').replace(/\.[^.]+$/, ''));
  const mark = starred(plain) ?? bracketed(plain) ?? named.exec(plain)?.[1] ?? bareMark(plain);
  if (mark !== undefined) return { is: 'marked', mark };
  const what = personalIn(plain);
  return what && { is: 'personal', what };
}

/** Throws a Refusal for a confidential text. It names the mark, and never repeats a number. */
export function stopConfidential(found: Confidential | undefined, what: 'FILE' | 'TEXT'): void {
  const [marked, personal] =
    what === 'FILE'
      ? (['FILE_MARKED', 'FILE_PERSONAL'] as const)
      : (['TEXT_MARKED', 'TEXT_PERSONAL'] as const);
  if (found?.is === 'marked') throw new Refusal(marked, { mark: found.mark });
  if (found?.is === 'personal') throw new Refusal(personal, { what: found.what });
}

const traditional: Readonly<Record<string, string>> = {
  絕: '绝',
  機: '机',
  祕: '秘',
  級: '级',
  內: '内',
  資: '资',
  證: '证',
  號: '号',
  碼: '码',
  賬: '账',
  銀: '银',
};
const plainForm = (text: string) =>
  text.normalize('NFKC').replace(/[絕機祕級內資證號碼賬銀]/g, (sign) => traditional[sign] ?? sign);

const level = '绝\\s*密|机\\s*密|秘\\s*密';
const star = '[★☆⭐✩✭✮✯✰⋆]';
const openQuote = '“"‘\'「『《';

/** `机密★10年`, unless in quotation marks: a text that explains the mark quotes it. */
const starredLevel = new RegExp(`(?<![${openQuote}])(?:${level})\\s*级?\\s*${star}`, 'u');

const inner = '(?:学习)?(?:资料|文件|材料|文稿|读物|刊物|使用|参考|传阅|阅读|交流|掌握)';
const care = `请?(?:注意|妥善)(?:保存|保管|保密)|(?:严禁|请勿|不得|禁止|切勿)(?:外传|翻印|复制|转发|扩散|传播|公开|对外)+|免费交流|(?:用|阅|会)后收回`;
const apart = '[,，;；、。.!！·•—-]*';
/** What stands alone on a line, without its spaces and brackets, where a text is marked. */
const bareMarks = [
  /^(?:密级(?:和保密期限)?:)?(绝密|机密|秘密)级?(?:文件|资料|材料)?(?:[\d一二三五十]+(?:年|个月)|长期|启用前)?$/u,
  new RegExp(`^((?:仅?供|限)?(?:本?单位|党|支部)?内部(?:${inner})*)(?:${apart}(?:${care}))*$`, 'u'),
  new RegExp(`^(${care})(?:${apart}(?:${care}))*$`, 'u'),
  /^((?:涉密|保密)(?:文件|资料|材料)|工作秘密)$/u,
  /^((?:strictly|highly)?confidential|(?:top)?secret|(?:for)?(?:internal|official)useonly|donotdistribute)$/iu,
];
const edges = /^[\s()[\]【】〔〕<>*#=_·•—\-:]+|[\s()[\]【】〔〕<>*#=_·•—\-.。!]+$/gu;

function bareMark(line: string): string | undefined {
  if (line.length > 60) return undefined;
  const bare = line.replace(edges, '').replace(/\s+/g, '');
  for (const form of bareMarks) {
    const found = form.exec(bare)?.[1];
    if (found) return found;
  }
  return undefined;
}

/** `关于…的报告（内部资料，注意保存）`: the brackets hold the mark and nothing else. */
function bracketed(line: string): string | undefined {
  const inBrackets = line.matchAll(/[([【〔]([^()[\]【】〔〕]{2,24})[)\]】〕]/gu);
  return [...inBrackets].map(([, content = '']) => bareMark(content)).find(Boolean);
}

const withSign = (words: string) => new RegExp(`^\\s*(${words})级?(?:文件|资料|材料)?\\s*:`, 'u');
const namesLevel = /密\s*级\s*:\s*(绝密|机密|秘密|内部|涉密)(?![、,，或和/|])/u;
const beginsWithMark = withSign('绝密|机密|秘密|涉密|内部');
/** `内部资料 关于…的通知`: parted by a space, as on a cover. */
const parted = /^\s*(绝密|机密|内部(?:资料|文件|材料))\s+\S/u;
const named = /^\s*(绝密|机密|秘密|内部(?:资料|文件|材料|使用|参考))[-_—–·+\s]/u;
const starred = (text: string) => levelOf(starredLevel.exec(text)?.[0]);
const levelOf = (found: string | undefined) => found?.replace(/[^绝机秘密]/gu, '');

// A mark stands on the cover or above the title.
const headLines = 15;
const longestHead = 80;

function markOfDocument(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim());
  const head = lines.slice(0, headLines);
  const short = head.filter((line) => line.length <= longestHead);
  const bare = head
    .filter((line) => !isListed(line))
    .map(bareMark)
    .filter((mark) => mark !== undefined);
  // 绝密, 机密 and 秘密 on lines of their own are a list of levels, and no mark.
  const isList = new Set(bare.filter((mark) => /^(?:绝密|机密|秘密)$/.test(mark))).size > 1;
  if (!isList && bare[0]) return bare[0];
  return (
    firstOf(short, starred) ??
    firstOf(lines, starredAlone) ??
    firstOf(short, bracketed) ??
    firstOf(short, (line) => (namesLevel.exec(line) ?? beginsWithMark.exec(line))?.[1]) ??
    firstOf(short, (line) => parted.exec(line)?.[1])
  );
}

/** `- 注意保密` is one of several things to heed, unlike `— 注意保存 —`. */
const isListed = (line: string) => /^\s*[-•·*]\s+\S/u.test(line) && !/[-—•·*]\s*$/u.test(line);

const firstOf = (lines: string[], read: (line: string) => string | undefined) =>
  lines.map(read).find(Boolean);

/** A mark anywhere in a document, as on a second title page, with only signs and other marks before it. */
function starredAlone(line: string): string | undefined {
  const found = starredLevel.exec(line);
  if (!found) return undefined;
  const before = line
    .slice(0, found.index)
    .replace(/密级和?|保密期限|份号|紧急程度|特急|加急|平急|特提/gu, '');
  return /\p{Script=Han}/u.test(before) ? undefined : levelOf(found[0]);
}

const declared =
  /(?:这份?是|以下是|下面是|附上?是?)(?:一份|一段|我们的?|单位的?)*(绝密|机密|秘密|涉密|内部)级?(?:文件|资料|材料|内容)(?!.{0,12}[吗?])/u;

/** One line may ask what a mark means; several lines below a mark are a pasted document. */
function markOfQuestion(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim());
  const [first = ''] = lines;
  const isPasted = lines.length > 1;
  return (
    starred(text) ??
    (isPasted ? markOfDocument(text) : undefined) ??
    (/^\s*[([【〔]/u.test(first) ? bracketed(first) : undefined) ??
    (namesLevel.exec(text) ?? beginsWithMark.exec(first) ?? declared.exec(text))?.[1]
  );
}

const markIn: Readonly<Record<TextKind, (text: string) => string | undefined>> = {
  document: markOfDocument,
  question: markOfQuestion,
  bank: (text) => firstOf(text.split('\n'), starredAlone),
};

function personalIn(text: string): 'identity' | 'phones' | 'card' | undefined {
  if (hasIdentity(text)) return 'identity';
  if (hasCard(text)) return 'card';
  return phonesIn(text) >= phoneList ? 'phones' : undefined;
}

const identity18 = /(?<!\d)(\d{6})[ -]?(\d{4})[ -]?(\d{4})[ -]?(\d{3}[\dX])(?!\d)/giu;
const identity15 = /(?<!\d)\d{15}(?!\d)/gu;
const speaksOfIdentity =
  /身份证|身份号码|证件号|identity (?:card|number)|\bID (?:card|no|number)/iu;

/** Where the text itself says so, a number that was mistyped or is of the old form counts as well. */
function hasIdentity(text: string): boolean {
  const numbers = [...text.matchAll(identity18)].map((found) => found.slice(1).join(''));
  const likely = numbers.filter((number) => isBorn(number.slice(0, 6), number.slice(6, 14)));
  if (likely.some(hasCheckDigit)) return true;
  if (!speaksOfIdentity.test(text)) return false;
  const old = [...text.matchAll(identity15)].map(([number]) => number);
  return (
    likely.length > 0 || old.some((each) => isBorn(each.slice(0, 6), `19${each.slice(6, 12)}`))
  );
}

const provinces = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

function isBorn(place: string, day: string): boolean {
  if (!provinces.test(place) || !/^(?:19|20)/.test(day)) return false;
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6, 8)].map(Number);
  const at = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, date));
  return at.getUTCMonth() + 1 === month && at.getUTCDate() === date;
}

const factors = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The eighteenth sign of a resident's number, by GB 11643. */
function hasCheckDigit(number: string): boolean {
  const sum = factors.reduce((total, factor, i) => total + factor * Number(number[i]), 0);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}

/** One or two numbers to call belong to a notice; so many are a list of people. */
const phoneList = 5;
const mobile = /(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)/gu;
const phonesIn = (text: string) =>
  new Set([...text.matchAll(mobile)].map((found) => found.slice(1).join(''))).size;

// Many long numbers pass the check by chance, so it counts only where the text speaks of a card or account.
const cardNumber =
  /(?:卡号|银行卡|账号|帐号|账户|bank card|card (?:no|number)|account)[^\d\n]{0,20}((?:\d[ -]?){15,18}\d)(?!\d)/giu;

function hasCard(text: string): boolean {
  const numbers = [...text.matchAll(cardNumber)].map(([, number = '']) =>
    number.replace(/\D/g, ''),
  );
  return numbers.some((number) => /^[3-6]/.test(number) && isLuhn(number));
}

function isLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, sign, i) => {
    const value = Number(sign) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
