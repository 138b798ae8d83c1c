import { describe, expect, it } from 'vitest';
import { dayAndTime } from '../../cards/bot/times.ts';
import { fromZone, inZone } from '../../src/base/clock.ts';
import { endIn } from '../../src/bot/times/ends.ts';
import { readTime } from '../../src/bot/times/times.ts';

const zone = 'Asia/Shanghai';
/** A Monday morning. */
const written = { at: new Date('2026-11-30T09:30:00+08:00'), zone, workEnds: 17 * 60 + 30 };

function shown(text: string): string {
  const end = endIn(text, written);
  if (end.is !== 'read') return end.is === 'none' ? 'none' : `unreadable ${end.said}`;
  const time = readTime(end.said, written);
  if (!time.ok) return time.why;
  return `${inZone(time.instant, zone).format('MM-DD HH:mm')} ${end.rest}`.trim();
}

describe('an end is found wherever it stands', () => {
  it.each([
    ['主题党日学习 截止12月2日（周三）18:00', '12-02 18:00 主题党日学习'],
    ['主题党日学习 截止：12月2日(周三) 18:00', '12-02 18:00 主题党日学习'],
    ['主题党日学习 周五18:00截止', '12-04 18:00 主题党日学习'],
    ['主题党日学习周五18:00截止', '12-04 18:00 主题党日学习'],
    ['学习 周五 18:00 前', '12-04 18:00 学习'],
    ['心得 今晚八点前完成', '11-30 20:00 心得'],
    ['学习 明天下午6点前', '12-01 18:00 学习'],
    ['学习 明天下班前', '12-01 17:30 学习'],
    ['学习 12月4日前', '12-04 18:00 学习'],
    ['主题党日（截止周五18:00）', '12-04 18:00 主题党日'],
    ['学习（请于12月2日18:00前完成）', '12-02 18:00 学习'],
    ['学习 截止时间：明天18:00', '12-01 18:00 学习'],
    ['学习 截止：明天18:00。', '12-01 18:00 学习'],
    ['学习截止18:00', '11-30 18:00 学习'],
    ['党章学习 截至周五下午5点', '12-04 17:00 党章学习'],
    ['读书 最晚周五', '12-04 18:00 读书'],
    ['两小时内 打卡', '11-30 11:30 打卡'],
    ['三天内完成学习', '12-03 09:30 完成学习'],
    ['请大家周五前把心得交上来', '12-04 18:00 请大家把心得交上来'],
    ['党课 截止18:00 三楼', '11-30 18:00 党课 三楼'],
    ['学习 截止本月30日', '11-30 18:00 学习'],
    ['学习 截止下个月5号', '12-05 18:00 学习'],
    ['学习 截止12月底', '12-31 18:00 学习'],
    ['学习 截止下周周三', '12-09 18:00 学习'],
    ['学习 截止 2026/12/9 下午 02:26', '12-09 14:26 学习'],
    ['《截止18:00》 截止 明天', '12-01 18:00 《截止18:00》'],
    ['Read by hand by Friday 6pm', '12-04 18:00 Read by hand'],
    ['Read every day before Fri', '12-04 18:00 Read every day'],
    ['Read, due tomorrow', '12-01 18:00 Read'],
    ['Read no later than 5 Dec 18:00', '12-05 18:00 Read'],
    ['Read until Wed 2 Dec 18:00', '12-02 18:00 Read'],
  ])('%s', (text, expected) => expect(shown(text)).toBe(expected));
});

describe('an end that cannot be read is not lost', () => {
  it.each([
    ['学习 截止2月30日', 'unreadable 2月30日'],
    ['学习 2月30日前', 'unreadable 2月30日'],
    ['学习25:99前', 'unreadable 25:99'],
    ['学习 截止 待定', 'unreadable 待定'],
    ['学习 截止12月2日（周四）18:00', 'unreadable 12月2日(周四)18:00'],
    ['本周内完成', 'unreadable 本周内'],
    ['Read by Feb 30', 'unreadable Feb 30'],
  ])('%s', (text, expected) => expect(shown(text)).toBe(expected));
});

describe('what speaks of no end stays a title', () => {
  it.each([
    '学习截止日期的规定',
    '截止阀检查',
    '学习3天前的新闻',
    '学习十二月四日前沿讲座',
    '学习1949年10月1日前的党史',
    '学习国庆节前讲话',
    '「截止周五」读后感',
    '《周五18:00前》',
    '学习党的二十大精神内涵',
    '第三天内容',
    'Read by hand',
    'Stand by me',
    'Read before you sign',
  ])('%s', (text) => expect(shown(text)).toBe('none'));
});

/** A small generator of numbers that are the same in every run. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
}

describe('what the bot shows it reads as the same moment', () => {
  it.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
    const next = numbers(20261130);
    const start = written.at.getTime();
    for (let i = 0; i < 300; i += 1) {
      const minutes = next(360 * 24 * 60);
      const at = new Date(Math.floor(start / 60_000) * 60_000 + (minutes + 1) * 60_000);
      const said = dayAndTime({ locale, zone, now: written.at }, at);
      expect([said, readTime(said, written)]).toEqual([said, { ok: true, instant: at }]);
      const end = endIn(locale === 'zh-CN' ? `学习 截止${said}` : `Read by ${said}`, written);
      expect(end).toMatchObject({ is: 'read', rest: locale === 'zh-CN' ? '学习' : 'Read' });
    }
  });

  it('also in the short forms of exports and lists', () => {
    const at = fromZone('2026-12-09 14:26', zone);
    for (const said of [
      '2026-12-09 14:26',
      '2026/12/9 14:26',
      '12月9日 14:26',
      '2026年12月9日 14:26',
    ])
      expect([said, readTime(said, written)]).toEqual([said, { ok: true, instant: at }]);
  });
});
