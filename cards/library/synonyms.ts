import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import type {
  BranchSynonyms,
  KeptSynonymList,
  SynonymFault,
  SynonymFaultCode,
  SynonymGroup,
  SynonymListPreview,
} from '../../src/library/types.ts';
import { uploadDecisions } from './files.ts';
import { card, note, plain, slip } from '../bot/kit.ts';
import { counted, inBoth, shorten } from '../bot/words.ts';

const words = inBoth(
  {
    preview: '请确认 · 同义词表',
    counted: (groups: number) => `${groups} 组`,
    none: '表里没有一组词：确认后，本支部不再用自己的同义词，随软件带的仍然有效。',
    group: (all: string[]) => all.join(' ＝ '),
    parts: (whole: string, parts: string[]) => `${whole} → ${parts.join('、')}`,
    moreGroups: (count: number) => `……另有 ${count} 组`,
    faults: (count: number) => `有 ${count} 行没看懂，不会生效：`,
    line: (line: number, said: string, why: string) => `第 ${line} 行「${said}」：${why}`,
    moreLines: (count: number) => `……另有 ${count} 行`,
    already: {
      none: (branch: string) => `确认后，「${branch}」提问时马上按这张表理解。`,
      older: (branch: string) => `「${branch}」已有一张同义词表，确认后用这一张替换。`,
      same: (branch: string) => `「${branch}」用的就是这一张，不用再加。`,
    },
    kept: {
      added: (branch: string, groups: number) =>
        `同义词表已保存，共 ${groups} 组，「${branch}」现在提问就按它理解。`,
      replaced: (branch: string, groups: number) =>
        `同义词表已更新，现共 ${groups} 组，「${branch}」现在提问就按它理解。`,
      same: (branch: string) => `「${branch}」的同义词表没有变化。`,
    },
    edit: '要修改，发「资料 同义词」取回这张表，改好再发给我。',
    file: '同义词',
    sent: '这是支部现在的同义词表。用记事本打开，一行一组，改好存盘，私聊发回给我，确认后生效。',
    sentPrivately: '同义词表已经私聊发给你。',
    head: (branch: string) => [
      `# 「${branch}」的同义词表：一行一组，几个说法的意思一样，用顿号、逗号、等号或空格隔开。`,
      '# 只算一个方向的写成：整体 > 部分 部分（问整体时也找部分，问部分时不找整体）。',
      '# 「#」后面是说明，不起作用。改好后把这个文件私聊发给我，确认后只对本支部生效。',
      '# 例（去掉行首的 # 就生效）：',
      '# 周三课堂 主题党日',
    ],
    shipped: '# 下面这些随软件带着，一直有效，不用抄：',
  },
  {
    preview: 'Please confirm · synonyms',
    counted: (groups) => counted(groups, 'group'),
    none: 'There is no group in the list: once confirmed, the branch has no synonyms of its own. Those that come with the program stay.',
    group: (all) => all.join(' = '),
    parts: (whole, parts) => `${whole} → ${parts.join(', ')}`,
    moreGroups: (count) => `… and ${counted(count, 'more group')}`,
    faults: (count) => `${counted(count, 'line')} could not be read and will not count:`,
    line: (line, said, why) => `Line ${line} "${said}": ${why}`,
    moreLines: (count) => `… and ${counted(count, 'more line')}`,
    already: {
      none: (branch) => `Once confirmed, questions of "${branch}" are understood by this list.`,
      older: (branch) =>
        `"${branch}" has a list of synonyms; once confirmed, this one takes its place.`,
      same: (branch) => `"${branch}" uses this very list: nothing to add.`,
    },
    kept: {
      added: (branch, groups) =>
        `The list of synonyms is stored: ${counted(groups, 'group')}. Questions of "${branch}" are understood by it now.`,
      replaced: (branch, groups) =>
        `The list of synonyms is renewed: now ${counted(groups, 'group')}. Questions of "${branch}" are understood by it now.`,
      same: (branch) => `The list of synonyms of "${branch}" has not changed.`,
    },
    edit: 'To change it, send "docs synonyms", edit the file you get and send it back to me.',
    file: 'synonyms',
    sent: 'This is the list of synonyms as it is now. Open it in a text editor, one group a line, save it and send it back to me in private; it counts once confirmed.',
    sentPrivately: 'The list of synonyms was sent to you in private.',
    head: (branch) => [
      `# Synonyms of "${branch}": a group a line, words that mean the same, apart by commas, = or spaces.`,
      '# One way only: whole > part part (who asks for the whole finds the parts, not the other way).',
      '# What follows # is a comment. Send the file back to me in private; once confirmed it counts for this branch alone.',
      '# Example (take away the first # to make it count):',
      '# branch-day theme-day',
    ],
    shipped: '# These come with the program and always count; no need to repeat them:',
  },
);

const faultWords = inBoth<Record<SynonymFaultCode, string>>(
  {
    'one-word': '一组至少要有两个不同的词',
    'no-parts': '「>」的两边都要有词，一行只能有一个',
    'too-short': '每个词至少两个字',
    'too-long': '一个词最多 30 个字',
    'too-many': '一组最多 20 个词',
  },
  {
    'one-word': 'a group needs at least two different words',
    'no-parts': 'on both sides of > words are needed, and only one > a line',
    'too-short': 'a word has at least two characters',
    'too-long': 'a word has at most 30 characters',
    'too-many': 'a group has at most 20 words',
  },
);

const groupsShown = 12;
const faultsShown = 12;

/** What was read of a list of synonyms, before anything is stored. */
export function wordsPreviewCard(reader: Reader, preview: SynonymListPreview): Card {
  const say = words[reader.locale];
  const { upload, name, until, groups, faults, places } = preview;
  const open = places.filter(({ already }) => already !== 'same').map(({ branch }) => branch);
  return card(say.preview, faults.length > 0 ? 'warning' : 'plain', [
    note(`${shorten(name, 80)} · ${say.counted(groups.length)}`),
    plain(groups.length > 0 ? groupsText(reader, groups) : say.none),
    ...faultElements(reader, faults),
    ...places.map(({ branch, already }) => plain(say.already[already](branch.name))),
    ...uploadDecisions(reader, { upload, open, isOne: places.length === 1, until }),
  ]);
}

function groupsText({ locale }: Reader, groups: SynonymGroup[]): string {
  const say = words[locale];
  const shown = groups.slice(0, groupsShown).map(({ words: same, parts }) => {
    const left = say.group(same);
    return shorten(parts ? say.parts(left, parts) : left, 120);
  });
  const more = groups.length - shown.length;
  return [...shown, ...(more > 0 ? [say.moreGroups(more)] : [])].join('\n');
}

function faultElements({ locale }: Reader, faults: SynonymFault[]): CardElement[] {
  if (faults.length === 0) return [];
  const say = words[locale];
  const shown = faults
    .slice(0, faultsShown)
    .map(({ line, code, said }) => say.line(line, shorten(said, 30), faultWords[locale][code]));
  const more = faults.length - shown.length;
  const lines = [...shown, ...(more > 0 ? [say.moreLines(more)] : [])];
  return [plain([say.faults(faults.length), ...lines].join('\n'))];
}

/** The list counts now. */
export function keptWordsCard(reader: Reader, { branch, groups, how }: KeptSynonymList): Card {
  const say = words[reader.locale];
  const told = say.kept[how](branch.name, groups);
  return slip(told, [plain(told), note(say.edit)]);
}

export const wordsSentLine = ({ locale }: Reader, place: 'group' | 'private') =>
  place === 'group' ? words[locale].sentPrivately : words[locale].sent;

/** The list as a file to be edited: the branch's own, or an empty one that says how; the shipped words below. */
export function wordsFile({ locale }: Reader, { branch, own, shipped }: BranchSynonyms) {
  const say = words[locale];
  const known = shipped
    .trim()
    .split('\n')
    .map((each) => `# ${each}`);
  const text = own ?? [...say.head(branch.name), '', say.shipped, ...known, ''].join('\n');
  const bytes = new TextEncoder().encode(`\ufeff${text.replace(/\r?\n/g, '\r\n')}`);
  return { name: `${say.file} ${branch.name.replace(/[\\/:*?"<>|]/g, ' ')}.txt`, bytes };
}
