import { checkinFace } from '../cards/checkin.ts';
import { attendanceCard } from '../cards/attendance.ts';
import { meetingFace } from '../cards/meeting.ts';
import { pressedLine } from '../cards/pressed.ts';
import { quizFace } from '../cards/quiz.ts';
import { quizReportCard } from '../cards/quiz-report.ts';
import { takenIn } from '../cards/quiz-result.ts';
import { reportCard, type RoundEnding } from '../cards/round-news.ts';
import { refusalCard, refusalLine } from '../cards/refusal.ts';
import type { RoundFaces } from '../cards/rounds.ts';
import { unreachedLine } from '../cards/unreached.ts';
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
import { createAsk } from './ask/service.ts';
import { createReranking } from './ask/reranking.ts';
import { createWriter } from './ask/writer.ts';
import { createBot } from './bot/bot.ts';
import type { Messenger } from './bot/messenger.ts';
import type { Locale, Reader } from './bot/talk.ts';
import { createCalendar } from './calendar/service.ts';
import { checkinKind, createCheckins } from './checkin/service.ts';
import type { Clock } from './clock.ts';
import { createDailies } from './daily/service.ts';
import type { Db } from './db.ts';
import type { Refusal } from './errors.ts';
import { createFeedback } from './feedback/service.ts';
import type { PersonId } from './ids.ts';
import { createBindGroup } from './jobs/bind-group.ts';
import { createCallMeeting, createTellMoved } from './jobs/call-meeting.ts';
import { createCloseRound } from './jobs/close-round.ts';
import { createExpireUpload } from './jobs/expire-upload.ts';
import { createForgetTurns } from './jobs/forget-turns.ts';
import { createGrowing } from './jobs/growing.ts';
import { createKeepUpload } from './jobs/keep-upload.ts';
import type { Outbox } from './jobs/outbox.ts';
import { createPushDaily } from './jobs/push-daily.ts';
import type { RunningQueue } from './jobs/queue.ts';
import { createReadUpload } from './jobs/read-upload.ts';
import { createRefreshRound } from './jobs/refresh-round.ts';
import { createRenewRound } from './jobs/renew-round.ts';
import { createReportNudge } from './jobs/report-nudge.ts';
import { createSendExport } from './jobs/send-export.ts';
import { createSendHeld } from './jobs/send-held.ts';
import { createSyncAllMembers, createSyncMembers, planNight } from './jobs/sync-members.ts';
import { createTellGone } from './jobs/tell-gone.ts';
import { createTellHeld } from './jobs/tell-held.ts';
import { createTellNotTaken } from './jobs/tell-not-taken.ts';
import { createTellRenewed } from './jobs/tell-renewed.ts';
import { createTellWeek, createTellWeekHeld } from './jobs/tell-week.ts';
import { createWriteAnswer } from './jobs/write-answer.ts';
import type { Reading } from './library/reading.ts';
import { createLibrary } from './library/service.ts';
import type { Log } from './log.ts';
import { createMeaning } from './library/meaning.ts';
import { createMeetingKind, createMeetings, type Meetings } from './meetings/service.ts';
import { createChat } from './model/chat.ts';
import type { Endpoint } from './model/post.ts';
import { createNudges } from './nudges/service.ts';
import { createPrivacy } from './privacy/service.ts';
import { createQuiet } from './quiet/service.ts';
import { createQuizKind, createQuizzes, type Quizzes } from './quiz/service.ts';
import { createRecord } from './record/service.ts';
import { createRetrieval } from './retrieval/retrieval.ts';
import { createRoster } from './roster/service.ts';
import { createRounds, type Rounds } from './rounds/service.ts';
import type { Round } from './rounds/types.ts';
import { createStandards } from './standard/service.ts';
import { createStudy } from './study/service.ts';
import { createVain } from './vain/service.ts';

interface TopicsNeeds {
  db: Db;
  clock: Clock;
  log: Log;
  queue: RunningQueue;
  outbox: Outbox;
  messenger: Messenger;
  admins: () => ReadonlySet<PersonId>;
  locale: Locale;
  zone: string;
  /** Opened and closed by whoever makes the topics. */
  reading: Reading;
  /** The folder of study documents that belong to all. */
  corpusDir?: string;
  /** The model that writes answers; without one they are quotes only. */
  llm?: Endpoint;
  /** The model that compares meanings; without one passages are found by their words alone. */
  embedding?: Endpoint;
  /** What the operator says of holidays and moved workdays, if the file is there. */
  calendarFile?: string;
}

/** Everything the bot can do, whatever the platform: one `register…` a topic, and the topics' jobs. */
export function createTopics(needs: TopicsNeeds) {
  const {
    db,
    clock,
    log,
    queue,
    admins,
    locale,
    zone,
    reading,
    corpusDir: folder,
    calendarFile: file,
    llm,
    embedding,
  } = needs;
  const reader = (): Reader => ({ locale, zone, now: clock.now() });
  const roster = createRoster({ db, clock, admins });
  const kinds = [checkinKind, createQuizKind(db), createMeetingKind(db)];
  const rounds = createRounds({ db, clock, queue, roster, kinds, zone });
  const quiet = createQuiet({ db, clock, zone });
  const nudges = createNudges({ db, clock, queue, rounds, quiet });
  const privacy = createPrivacy({ db, clock, rounds });
  const study = createStudy({ db, clock, zone });
  const record = createRecord({ rounds, study, quiet });
  const checkins = createCheckins({ rounds, roster });
  const quizzes = createQuizzes({ db, rounds, roster });
  const meetings = createMeetings({ db, clock, queue, rounds, roster });
  const faces = { checkin: checkinFace, quiz: quizFace, meeting: meetingFace };
  const ending = createEnding({ rounds, quizzes, meetings, faces });
  const meaning = embedding && createMeaning({ db, clock, log, embedding });
  const retrieval = createRetrieval({ db, nearness: meaning?.nearness });
  const onHeld = createTellHeld({ ...needs, reader });
  const library = createLibrary({
    ...{ db, clock, roster, retrieval, reading, log, folder, zone },
    ...{ onHeld, filling: meaning?.filling },
    onNotTaken: createTellNotTaken({ ...needs, reader }),
    onRenewed: createTellRenewed({ ...needs, roster, reader }),
  });
  const standards = createStandards({ db, clock, zone, roster, retrieval });
  const chat = llm && createChat(llm);
  const reranking = chat && createReranking({ chat, log });
  const ask = createAsk({ db, clock, zone, roster, retrieval, standards, queue, reranking });
  const growing = createGrowing(needs);
  const writer = chat && createWriter({ chat, log });
  const vain = createVain({ db, clock, zone, roster, queue });
  const feedback = createFeedback({ db, clock, zone, roster });
  const calendar = createCalendar({ file, log });
  const dailies = createDailies({ db, clock, roster, library, calendar, zone });
  const refusal = (to: Reader, refused: Refusal) => ({
    said: { card: refusalCard(to, refused) },
    toast: refusalLine(to, refused),
  });

  // What a handler wrote before it refused is undone; the refusal itself is still said.
  const attempt = <T>(work: () => Promise<T>) => db.attempt(work);
  const isLost = async (person: PersonId) => !(await roster.canBeReached(person));
  const unreached = { is: isLost, line: unreachedLine };
  const words = { refusal, pressed: pressedLine, unreached };
  const bot = createBot({ clock, locale, zone, log, attempt, ...words });
  registerHelp(bot, { roster });
  registerSmallTalk(bot);
  registerRoster(bot, { roster, rounds, queue });
  const inSteps = {
    quiz: answerQuizByWord(quizzes),
    meeting: answerMeetingByWord({ meetings, rounds }),
  };
  const editing = { meeting: meetings.edit };
  registerRounds(bot, { rounds, roster, faces, inSteps, ending, editing });
  registerLeave(bot, { rounds, ownLeave: { meeting: leaveMeeting({ meetings, rounds }) } });
  registerExport(bot, { rounds, roster, queue });
  registerTemplate(bot);
  registerQuiet(bot, { quiet });
  registerPrivacy(bot, { privacy });
  registerRecord(bot, { record, study, faces });
  registerNudges(bot, { nudges, rounds, roster, queue, faces });
  registerCheckin(bot, { checkins, meetings, rounds });
  registerQuiz(bot, quizzes, roster);
  registerMeeting(bot, { meetings, rounds });
  registerLibrary(bot, { library, queue });
  registerDocuments(bot, { library, queue });
  registerDaily(bot, { dailies, admins });
  registerAsk(bot, { ask, vain, queue, hasWriter: writer !== undefined });
  registerVain(bot, vain);
  registerFeedback(bot, { feedback, vain });
  registerStandard(bot, { standards, feedback });

  const topics = { roster, rounds, meetings, library, dailies };
  const parts = { ...needs, ...topics, faces, ending, reader, refusal, writer };
  queue.register(createBindGroup(parts));
  queue.register(createSyncMembers(parts));
  queue.register(createSyncAllMembers(parts));
  queue.register(createCloseRound(parts));
  queue.register(createCallMeeting(parts));
  queue.register(createTellMoved(parts));
  queue.register(createRefreshRound(parts));
  queue.register(createRenewRound(parts));
  queue.register(createReadUpload(parts));
  queue.register(createKeepUpload(parts));
  queue.register(createExpireUpload(parts));
  queue.register(createForgetTurns({ ask }));
  queue.register(createTellGone(parts));
  queue.register(createSendExport(parts));
  queue.register(createSendHeld({ ...parts, nudges }));
  queue.register(createReportNudge(parts));
  queue.register(createTellWeek({ ...parts, vain, quiet }));
  queue.register(createTellWeekHeld({ ...parts, vain, quiet }));
  queue.register(createWriteAnswer({ clock, ask, writer, growing, feedback, reader }));

  return {
    bot,
    roster,
    rounds,
    library,
    /** Plans what comes by itself, once the queue is open. */
    plan: () => planNight(parts),
    /** When a tick next has something to do. */
    nextSlot: () => dailies.nextSlot(),
    /** What is due by the clock, each minute. */
    tick: createPushDaily(parts),
  };
}

interface EndingNeeds {
  rounds: Rounds;
  quizzes: Quizzes;
  meetings: Meetings;
  faces: RoundFaces;
}

/** How rounds end: a quiz takes in the papers that are complete, and each kind reports in its own way. */
function createEnding({ rounds, quizzes, meetings, faces }: EndingNeeds): RoundEnding {
  async function report(reader: Reader, round: Round) {
    const [missing, onLeave] = [await rounds.waiting(round.id), await rounds.onLeave(round.id)];
    return reportCard(reader, faces, round, missing, onLeave);
  }
  return {
    settle: async (reader, round) =>
      round.kind === 'quiz' ? takenIn(reader, round, await quizzes.settle(round)) : [],
    async reports(reader, round) {
      if (round.kind === 'meeting')
        return [attendanceCard(reader, round, await meetings.attendance(round.id))];
      const usual = await report(reader, round);
      if (round.kind !== 'quiz') return [usual];
      return [usual, quizReportCard(reader, await quizzes.report(round))];
    },
  };
}
