import { checkinFace } from '../cards/checkin.ts';
import { attendanceCard } from '../cards/attendance.ts';
import { meetingFace } from '../cards/meeting.ts';
import { pressedLine } from '../cards/pressed.ts';
import { quizFace } from '../cards/quiz.ts';
import { quizReportCard } from '../cards/quiz-report.ts';
import { takenIn } from '../cards/quiz-result.ts';
import { reportCard, type RoundEnding } from '../cards/round-news.ts';
import { houseRefusals, refusalWords } from '../cards/refusal.ts';
import type { RoundFaces } from '../cards/rounds.ts';
import { registerAsk } from '../handlers/ask.ts';
import { registerCheckin } from '../handlers/checkin.ts';
import { registerDaily } from '../handlers/daily.ts';
import { registerExport } from '../handlers/export.ts';
import { registerFeedback } from '../handlers/feedback.ts';
import { registerHelp } from '../handlers/help.ts';
import { registerLeave } from '../handlers/leave.ts';
import { registerDocuments, registerLibrary } from '../handlers/library.ts';
import { answerMeetingByWord, leaveMeeting, registerMeeting } from '../handlers/meeting.ts';
import { registerNudges } from '../handlers/nudges.ts';
import { registerPrivacy } from '../handlers/privacy.ts';
import { registerQuiet } from '../handlers/quiet.ts';
import { answerQuizByWord, registerQuiz } from '../handlers/quiz.ts';
import { registerRecord } from '../handlers/record.ts';
import { registerRoster } from '../handlers/roster.ts';
import { registerRounds } from '../handlers/rounds.ts';
import { registerSmallTalk } from '../handlers/small-talk.ts';
import { registerStandard } from '../handlers/standard.ts';
import { registerTemplate } from '../handlers/template.ts';
import { registerVain } from '../handlers/vain.ts';
import { type Bot, createBot } from './bot/bot.ts';
import type { Reader } from './bot/talk.ts';
import { createTimetable } from './jobs/schedule.ts';
import type { BranchScope } from './roster/types.ts';
import type { Round } from './rounds/types.ts';
import { createServices, type Services, type ServicesNeeds } from './services.ts';

/** Everything a feature may be made of; each takes what it needs. */
type House = ServicesNeeds & Services & ReturnType<typeof parts>;

/** The table of contents of the bot: one line a feature. */
const features: readonly ((house: House) => void)[] = [
  registerHelp,
  registerSmallTalk,
  registerRoster,
  registerRounds,
  registerLeave,
  registerExport,
  registerTemplate,
  registerQuiet,
  registerPrivacy,
  registerRecord,
  registerNudges,
  registerCheckin,
  registerQuiz,
  registerMeeting,
  registerLibrary,
  registerDocuments,
  registerDaily,
  registerAsk,
  registerVain,
  registerFeedback,
  registerStandard,
];

/** Everything the bot can do, whatever the platform. */
export function createTopics(needs: ServicesNeeds) {
  const bot = botOf(needs);
  const services = createServices({ ...needs, refusal: bot.refusal });
  const house = { ...needs, ...services, ...parts(bot, services) };
  for (const feature of features) feature(house);
  const { timetable, roster, rounds, library } = house;
  return { bot, timetable, roster, rounds, library };
}

function parts(bot: Bot, services: Services) {
  return {
    bot,
    refusal: bot.refusal,
    timetable: createTimetable(),
    ...roundParts(services),
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

/** What the kinds of round differ in. */
function roundParts({ rounds, quizzes, meetings }: Services) {
  const faces = { checkin: checkinFace, quiz: quizFace, meeting: meetingFace };
  return {
    faces,
    ending: createEnding({ rounds, quizzes, meetings, faces }),
    inSteps: {
      quiz: answerQuizByWord(quizzes),
      meeting: answerMeetingByWord({ meetings, rounds }),
    },
    editing: { meeting: meetings.edit },
    ownLeave: { meeting: leaveMeeting({ meetings, rounds }) },
  };
}

interface EndingNeeds extends Pick<Services, 'rounds' | 'quizzes' | 'meetings'> {
  faces: RoundFaces;
}

/** How rounds end: a quiz takes in the papers that are complete, and each kind reports in its own way. */
function createEnding({ rounds, quizzes, meetings, faces }: EndingNeeds): RoundEnding {
  async function report(reader: Reader, scope: BranchScope, round: Round) {
    const { missing, onLeave } = await rounds.missingIn(scope, round);
    return reportCard(reader, faces, round, missing, onLeave);
  }
  return {
    settle: async (reader, round) =>
      round.kind === 'quiz' ? takenIn(reader, round, await quizzes.settle(round)) : [],
    async reports(reader, scope, round) {
      if (round.kind === 'meeting')
        return [attendanceCard(reader, round, await meetings.attendance(scope, round))];
      const usual = await report(reader, scope, round);
      if (round.kind !== 'quiz') return [usual];
      return [usual, quizReportCard(reader, await quizzes.report(scope, round))];
    },
  };
}
