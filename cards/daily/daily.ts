import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import type { Daily, DueReading, Reading, PushOutcome } from '../../src/daily/types.ts';
import { card, line, note, plain, slip } from '../bot/kit.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth, shorten } from '../bot/words.ts';

const longestName = 60;

const words = inBoth(
  {
    title: '每日一学',
    reading: (title: string) => `每日一学 · 《${title}》`,
    source: (title: string, heading: string) => `—— 《${title}》${heading && ` ${heading}`}`,
    place: (number: number, total: number) => `第 ${number} / ${total} 段`,
    over: (title: string) => `《${title}》到这里就学完了。`,
    then: (title: string) => `下次开始学《${title}》。`,
    again: '下次从头再学一遍。',
    on: '每日一学已开启',
    off: '每日一学已关闭',
    wasOff: '每日一学本来就没有开。要开启，例如：每日一学 开 8:30 工作日',
    howOn:
      '要开启，例如：每日一学 开 8:30 工作日，也可以指定从哪份资料开始：每日一学 开 8:30 资料 标题',
    howOff: '要改时间或换资料，再发一次「每日一学 开 …」；要停，发「每日一学 关」。',
    goesOn: '再次开启时从停下的地方接着学。',
    group: (name: string) => `发到：${name || '这个群'}`,
    when: (time: string, workdays: boolean) => `时间：${workdays ? '每个工作日' : '每天'} ${time}`,
    document: (title: string) => `资料：《${title}》`,
    position: (read: number, total: number) => `进度：已学 ${read} / ${total} 段`,
    next: (time: string) => `下一次：${time}`,
    isOff: '现在是关闭的。',
    unknownYear: (year: number) =>
      `还没有 ${year} 年的放假和调休安排，${year} 年暂按周一到周五推送。安排公布后请管理员更新学伴，或填写日历文件 calendar.json。`,
    missed: (times: string) =>
      `${times} 的一段没有发出（学伴当时没有运行，晚了一小时以上），已记为错过，不再补发。内容没有跳过，下次接着学。`,
    several: (times: string, more: number) => `${times}等 ${more} 次`,
    removed: (title: string, then: string) =>
      `资料《${title}》已经不在了，改为学《${then}》。要换一份，例如：每日一学 开 8:30 资料 ${then}`,
    finished: (title: string, then: string) =>
      `《${title}》已经学完，下次${title === then ? '从头再学一遍' : `开始学《${then}》`}。要换一份，例如：每日一学 开 8:30 资料 ${then}；要停，发「每日一学 关」。`,
    stopped: {
      'group-gone':
        '这个群已经发不进去，或已改绑其他支部，每日一学在这里已关闭。要在别的群开启，请到那个群里发，例如：每日一学 开 8:30 工作日',
      'no-document':
        '学习资料都不在了，每日一学已关闭。请先把一份 .docx、.pdf、.md、.txt 或 .html 文件私聊发给我并确认入库，再发，例如：每日一学 开 8:30 工作日',
    },
    settled: {
      unknown: (time: string) =>
        `${time} 的一段没能确认是否送达，不再重发，免得重复。请到群里看一眼；下次仍学这一段。`,
      refused: (time: string) => `${time} 的一段没能发出，已记为错过。内容没有跳过，下次接着学。`,
    },
    comma: '、',
  },
  {
    title: 'Daily reading',
    reading: (title) => `Daily reading · "${title}"`,
    source: (title, heading) => `— "${title}"${heading && `, ${heading}`}`,
    place: (number, total) => `Passage ${number} of ${total}`,
    over: (title) => `This was the last passage of "${title}".`,
    then: (title) => ` Next comes "${title}".`,
    again: ' Next it begins anew.',
    on: 'Daily reading is on',
    off: 'Daily reading is off',
    wasOff: 'Daily reading was not on. To switch it on, for example: daily on 8:30 workdays',
    howOn:
      'To switch it on, for example: daily on 8:30 workdays; or with a document to begin with: daily on 8:30 from TITLE',
    howOff: 'To change time or document send "daily on …" again; to stop it, "daily off".',
    goesOn: 'Switched on again, it goes on where it stopped.',
    group: (name) => `Goes to: ${name || 'this group'}`,
    when: (time, workdays) => `Time: ${time} ${workdays ? 'on workdays' : 'every day'}`,
    document: (title) => `Document: "${title}"`,
    position: (read, total) => `Progress: ${read} of ${total} passages read`,
    next: (time) => `Next: ${time}`,
    isOff: 'It is off now.',
    unknownYear: (year) =>
      `The holidays of ${year} are not known yet, so in ${year} it comes Monday to Friday. Once they are published, an administrator updates Xueban or fills in calendar.json.`,
    missed: (times) =>
      `The passage of ${times} was not sent (Xueban was not running and it was over an hour late). It is recorded as missed; nothing was skipped, the next one goes on from there.`,
    several: (times, more) => `${times} and others, ${more} in all,`,
    removed: (title, then) =>
      `"${title}" is not there any more; it goes on with "${then}". To choose another, for example: daily on 8:30 from ${then}`,
    finished: (title, then) =>
      `"${title}" is read to its end; next ${title === then ? 'it begins anew' : `comes "${then}"`}. To choose another, for example: daily on 8:30 from ${then}. To stop: daily off`,
    stopped: {
      'group-gone':
        'This group can no longer be written to, or belongs to another branch: its daily reading is off. To have it elsewhere, write there, for example: daily on 8:30 workdays',
      'no-document':
        'There is no study document any more, so daily reading is off. Send me a .docx, .pdf, .md, .txt or .html file in private and confirm it, then for example: daily on 8:30 workdays',
    },
    settled: {
      unknown: (time) =>
        `Whether the passage of ${time} arrived is not known; it is not sent again, so that nobody sees it twice. Please look into the group; the next one is the same passage.`,
      refused: (time) =>
        `The passage of ${time} could not be sent and is recorded as missed; nothing was skipped.`,
    },
    comma: ', ',
  },
);

/** The passage of the day: nothing but the document's words, and where they stand. */
export function readingCard({ locale }: Reader, reading: Reading): Card {
  const say = words[locale];
  const { title, heading, text, number, total, then } = reading;
  const after = then === title ? say.again : say.then(then ?? '');
  return card(say.reading(shorten(title, longestName)), 'plain', [
    plain(text),
    note(say.source(title, heading)),
    note(say.place(number, total)),
    ...(then === undefined ? [] : [line, plain(`${say.over(title)}${after}`)]),
  ]);
}

/** After 开: what was understood. */
export function switchedOnCard(reader: Reader, daily: Daily): Card {
  const say = words[reader.locale];
  return card(say.on, 'good', [...stateOf(reader, daily), note(say.howOff)]);
}

/** After 关. */
export function switchedOffCard(reader: Reader, dailies: Daily[]): Card {
  const say = words[reader.locale];
  if (dailies.length === 0) return slip(say.wasOff, [plain(say.wasOff)]);
  const where = dailies.map(({ group, title, read, total }) =>
    plain([say.group(group.name), say.document(title), say.position(read, total)].join('\n')),
  );
  return card(say.off, 'over', [...where, note(say.goesOn)]);
}

/** How it stands, group by group. */
export function dailyCard(reader: Reader, dailies: Daily[]): Card {
  const say = words[reader.locale];
  const isOn = dailies.some(({ next }) => next);
  const states = dailies.flatMap((daily, i) => [
    ...(i > 0 ? [line] : []),
    ...stateOf(reader, daily),
  ]);
  const body = dailies.length > 0 ? states : [plain(say.isOff)];
  return card(say.title, isOn ? 'plain' : 'over', [...body, note(isOn ? say.howOff : say.howOn)]);
}

function stateOf(reader: Reader, daily: Daily): CardElement[] {
  const say = words[reader.locale];
  const { group, workdays, minute, title, read, total, next, unknownYear } = daily;
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const lines = [
    say.group(group.name),
    say.when(time, workdays),
    say.document(title),
    say.position(read, total),
    next ? say.next(dayAndTime(reader, next)) : say.isOff,
  ];
  return [
    plain(lines.join('\n')),
    ...(unknownYear === undefined ? [] : [note(say.unknownYear(unknownYear))]),
  ];
}

/** The year's holidays are not known: for administrators. */
export const unknownYearLine = ({ locale }: Reader, year: number): string =>
  words[locale].unknownYear(year);

/** What the secretaries should know of a group's reading; undefined where all went well. */
export function dueNewsCard(reader: Reader, due: DueReading): Card | undefined {
  const say = words[reader.locale];
  const { missed, removed, stopped, unknownYear } = due;
  return newsCard(reader, due.group.name, [
    ...(missed.length > 0 ? [say.missed(timesOf(reader, missed))] : []),
    ...(removed ? [say.removed(removed.title, removed.then)] : []),
    ...(stopped ? [say.stopped[stopped]] : []),
    ...(unknownYear === undefined ? [] : [say.unknownYear(unknownYear)]),
  ]);
}

/** What became of a push, where the secretaries should know. */
export function outcomeNewsCard(reader: Reader, settled: PushOutcome): Card | undefined {
  const say = words[reader.locale];
  const { state, finished } = settled;
  const time = dayAndTime(reader, settled.at);
  return newsCard(reader, settled.group.name, [
    ...(finished ? [say.finished(finished.title, finished.then)] : []),
    ...(state === 'unknown' || state === 'refused' ? [say.settled[state](time)] : []),
    ...(state === 'gone' ? [say.stopped['group-gone']] : []),
  ]);
}

function newsCard({ locale }: Reader, group: string, lines: string[]): Card | undefined {
  if (lines.length === 0) return undefined;
  const title = [words[locale].title, shorten(group, longestName)].filter(Boolean).join(' · ');
  return card(title, 'warning', lines.map(plain));
}

/** So many are still worth naming. */
const named = 3;

function timesOf(reader: Reader, times: Date[]): string {
  const say = words[reader.locale];
  const some = times
    .slice(0, named)
    .map((at) => dayAndTime(reader, at))
    .join(say.comma);
  return times.length > named ? say.several(some, times.length) : some;
}
