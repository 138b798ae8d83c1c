import { pressedLine } from '../../cards/bot/pressed.ts';
import { houseRefusals, refusalWords } from '../../cards/bot/refusal.ts';
import type { RoundFeature, RoundFeatures } from '../../cards/rounds/round-feature.ts';
import { registerAsk } from '../../handlers/answers/ask.ts';
import { registerBanks } from '../../handlers/library/banks.ts';
import { registerCheckin } from '../../handlers/rounds/checkin.ts';
import { registerDaily } from '../../handlers/daily/daily.ts';
import { registerExport } from '../../handlers/rounds/export.ts';
import { registerFeedback } from '../../handlers/answers/feedback.ts';
import { registerFiles } from '../../handlers/library/files.ts';
import { registerHelp } from '../../handlers/bot/help.ts';
import { registerTypedLabels } from '../../handlers/bot/typed-labels.ts';
import { registerOrders } from '../../handlers/bot/orders.ts';
import { registerLater } from '../../handlers/bot/later.ts';
import { registerLeave } from '../../handlers/rounds/leave.ts';
import { registerDocuments } from '../../handlers/library/documents.ts';
import { registerMeeting } from '../../handlers/rounds/meetings.ts';
import { registerNudges } from '../../handlers/rounds/nudges.ts';
import { registerPrivacy } from '../../handlers/people/privacy.ts';
import { registerQuiet } from '../../handlers/people/quiet.ts';
import { registerQuiz } from '../../handlers/rounds/quiz.ts';
import { registerRecord } from '../../handlers/people/record.ts';
import { registerRoster } from '../../handlers/people/roster.ts';
import { registerRounds } from '../../handlers/rounds/rounds.ts';
import { createOffers } from '../../cards/people/settings.ts';
import { registerSettings } from '../../handlers/people/settings.ts';
import { registerSmallTalk } from '../../handlers/bot/small-talk.ts';
import { registerStandard } from '../../handlers/answers/standard.ts';
import { registerTemplate } from '../../handlers/library/template.ts';
import { registerWorkHours } from '../../handlers/daily/work-hours.ts';
import { registerUnanswered } from '../../handlers/answers/unanswered.ts';
import { type Bot, createBot } from '../bot/bot.ts';
import { createCleaning } from '../../jobs/night/clean.ts';
import { createTimetable } from '../queue/timetable.ts';
import { createKinds } from '../rounds/service.ts';
import { createServices, type Services, type ServicesNeeds } from './services.ts';

/** Everything a feature may be made of; each takes what it needs. */
export type House = ServicesNeeds & Services & ReturnType<typeof parts> & { kinds: RoundFeatures };

export type Feature = (house: House) => void;

/**
 * The table of contents of the bot: one line a feature. The help lists their commands in this order.
 *
 * A feature is a function that takes the house and adds what it consists of: commands, buttons, jobs, kinds of
 * round, settings, kinds of file, refusals, lines of the timetable, and what is deleted every night. A new
 * feature changes no other list. A test may add features of its own.
 */
const features: readonly Feature[] = [
  registerHelp,
  registerLater,
  registerSmallTalk,
  registerCheckin,
  registerRounds,
  registerQuiz,
  registerMeeting,
  registerLeave,
  registerNudges,
  registerExport,
  registerDaily,
  registerRecord,
  registerQuiet,
  registerPrivacy,
  registerFiles,
  registerBanks,
  registerDocuments,
  registerStandard,
  registerFeedback,
  registerTemplate,
  registerTypedLabels,
  registerOrders,
  registerAsk,
  registerUnanswered,
  registerWorkHours,
  registerSettings,
  registerRoster,
];

/** Everything the bot can do, whatever the platform; tests add features of their own. */
export function createTopics(needs: ServicesNeeds, more: readonly Feature[] = []) {
  const bot = botOf(needs);
  const kinds = createKinds<RoundFeature>();
  const services = createServices({ ...needs, refusal: bot.refusal, kinds });
  const house = { ...needs, ...services, ...parts(bot, needs), kinds };
  for (const feature of [...features, ...more]) feature(house);
  const { timetable, cleaning, roster, rounds, library } = house;
  return { bot, timetable, cleaning, roster, rounds, library };
}

function parts(bot: Bot, needs: ServicesNeeds) {
  return {
    bot,
    refusal: bot.refusal,
    timetable: createTimetable(),
    cleaning: createCleaning(needs),
    offers: createOffers(),
  };
}

function botOf({ db, clock, log, locale, zone }: ServicesNeeds): Bot {
  // What a handler wrote before it refused is undone; the refusal itself is still said.
  const attempt = <T>(work: () => Promise<T>) => db.attempt(work);
  const words = { refusal: refusalWords, pressed: pressedLine };
  const bot = createBot({ clock, locale, zone, log, attempt, ...words });
  bot.says(houseRefusals);
  return bot;
}
