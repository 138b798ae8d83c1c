import { loggedLine, recordCard, sentPrivately } from '../cards/record.ts';
import type { RoundFaces } from '../cards/rounds.ts';
import type { Bot } from '../src/bot/bot.ts';
import { privately } from '../src/bot/privately.ts';
import type { OwnRecords } from '../src/record/service.ts';
import type { Study } from '../src/study/service.ts';

interface RecordParts {
  bot: Bot;
  record: OwnRecords;
  study: Study;
  kinds: RoundFaces;
}

/** 我的 and 学习: what somebody keeps for themselves. */
export function registerRecord({ bot, record, study, kinds }: RecordParts) {
  bot.onCommand('me', async (said) => {
    const { from, reader } = said;
    const card = recordCard(reader, kinds, await record.of(from));
    return privately(said, { card }, sentPrivately(reader));
  });

  bot.onCommand('study', async ({ from, place, at, parts, reader }) => {
    const month = await study.log({ person: from, at, ...parts });
    return { text: loggedLine(reader, parts.minutes, month, place.kind) };
  });
}
