import { randomUUID } from 'node:crypto';
import { exportingLine, exportRefusals, exportRound } from '../../cards/rounds/export.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { boundsOf } from '../../src/bot/times/periods.ts';
import { period, type Period } from '../../src/bot/parts/period.ts';
import { inZone } from '../../src/base/clock.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { PersonId, RoundId } from '../../src/base/ids.ts';
import {
  registerSendExport,
  sendExportJob,
  type SendExportNeeds,
} from '../../jobs/rounds/send-export.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { oneOf } from '../../src/bot/parts/one-of.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { round } from '../../src/bot/parts/round.ts';
import { createMeantRound } from './meant-round.ts';

/** 导出3号签到名单, 导出3月的签到表. */
function exportRest(text: string): string | undefined {
  const month = /(\d{1,2}|[一二三四五六七八九十]{1,2})月/.exec(text)?.[0];
  const number = /(?:#|编号)?\s*(\d{1,9})\s*号?(?![\d月日年点分:个次])/.exec(text)?.[1];
  return month ?? number;
}

export const exportCommand = defineCommand({
  name: 'export',
  word: both('导出', 'export'),
  who: 'secretary',
  does: both('导出表格', 'exports a sheet'),
  example: both('导出 12', 'export 12'),
  glued: (rest) => /^#?\d/.test(rest),
  inOwnWords: {
    todo: /(?:导出|下载|导一下|拉一?份|整理一?份|发我|给我|要)(?!.{0,4}(?:提醒|消息)).{0,14}(?:名单|表格?|excel|数据|情况表|统计表|考勤)(?!有)|(?:签到|打卡|参会|测验|考勤).{0,4}(?:名单|表|数据|结果).{0,3}(?:发|给|拿|导)(?:给)?我/i,
    rest: exportRest,
  },
  parts: {
    which: maybe(
      oneOf(
        { round: round(), period: period(both('月份', 'MONTH')) },
        { asked: both('编号或月份', 'a number or a month'), or: both('或', ' or ') },
      ),
    ),
  },
});

interface ExportParts extends SendExportNeeds {
  bot: Bot;
  roster: Roster;
}

/** 导出: a round, or what was opened in a month, as a sheet for the secretary's eyes alone. */
export function registerExport(parts: ExportParts) {
  const { bot, rounds, roster, queue } = parts;
  const meantRound = createMeantRound(parts);
  registerSendExport(parts);
  bot.says(exportRefusals);
  const make = (person: PersonId, ids: RoundId[], period?: Period) =>
    queue.add(sendExportJob, { id: randomUUID(), person, rounds: ids, period });

  const choice = (round: RoundId) => exportRound.with({ round });

  bot.onCommand(exportCommand, async (said) => {
    const { from, place, at, parts, reader } = said;
    if (parts.round !== undefined)
      return meantRound.ofSecretary(said, parts.round, choice, async ({ id }) => {
        await make(from, [id]);
        return { text: exportingLine(reader, place.kind) };
      });
    const scope = await roster.asSecretaryHere(from, place);
    const now = inZone(at, reader.zone);
    const period = parts.period ?? { year: now.year(), month: now.month() + 1 };
    const opened = await rounds.openedIn(scope, boundsOf(period, reader.zone));
    if (opened.length === 0) throw new Refusal('NOTHING_TO_EXPORT');
    await make(
      from,
      opened.map(({ id }) => id),
      period,
    );
    return { text: exportingLine(reader, place.kind) };
  });

  bot.onPress(exportRound, async ({ from, value, reader }) => {
    const { round } = await meantRound.pressed(from, value.round);
    await make(from, [round.id]);
    return { toast: { type: 'success', content: exportingLine(reader, 'private') } };
  });
}
