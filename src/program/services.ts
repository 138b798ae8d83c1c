import { createAsk } from '../answers/ask/service.ts';
import { createReranking } from '../answers/ask/reranking.ts';
import { createWriter } from '../answers/ask/writer.ts';
import type { Bot } from '../bot/bot.ts';
import { createBurden } from '../people/burden/service.ts';
import type { Messenger } from '../bot/messenger.ts';
import type { Locale, Reader } from '../bot/talk.ts';
import { createCalendar } from '../daily/calendar/service.ts';
import { createCheckins } from '../rounds/checkin/service.ts';
import type { Clock } from '../base/clock.ts';
import { createDailies } from '../daily/service.ts';
import type { Db } from '../database/db.ts';
import { createFeedback } from '../answers/feedback/service.ts';
import type { PersonId } from '../base/ids.ts';
import type { FileReading } from '../library/files/file-reading.ts';
import { createFiles } from '../library/files/service.ts';
import { createGrowingCards } from '../../jobs/answers/growing-cards.ts';
import type { Outbox } from '../queue/outbox.ts';
import type { RunningQueue } from '../queue/queue.ts';
import { createTellPendingRemoval } from '../../jobs/library/tell-pending-removal.ts';
import { createTellNotTaken } from '../../jobs/library/tell-not-taken.ts';
import { createTellRenewed } from '../../jobs/library/tell-renewed.ts';
import { createMeaning } from '../library/meaning/meaning.ts';
import { createLibrary } from '../library/service.ts';
import type { Log } from '../base/log.ts';
import { createMeetings } from '../rounds/meetings/service.ts';
import { createChat } from '../answers/model/chat.ts';
import type { Endpoint } from '../answers/model/post.ts';
import { createNudges } from '../rounds/nudges/service.ts';
import { outside } from '../database/outside.ts';
import { createPrivacy } from '../people/privacy/service.ts';
import { createQuiet } from '../people/quiet/service.ts';
import { createQuizzes } from '../rounds/quiz/service.ts';
import { createRecord } from '../people/record/service.ts';
import { createRetrieval } from '../answers/retrieval/retrieval.ts';
import { createRoster } from '../people/roster/service.ts';
import { createRounds } from '../rounds/service.ts';
import type { KnownKinds } from '../rounds/types.ts';
import type { Sheets } from '../library/sheets/service.ts';
import { createOrders } from '../people/orders/service.ts';
import { createSettings } from '../people/settings/service.ts';
import { createStandards } from '../answers/standard/service.ts';
import { createStudy } from '../people/study/service.ts';
import { createUnanswered } from '../answers/unanswered/service.ts';

export interface ServicesNeeds {
  db: Db;
  clock: Clock;
  log: Log;
  queue: RunningQueue;
  outbox: Outbox;
  messenger: Messenger;
  admins: () => ReadonlySet<PersonId>;
  locale: Locale;
  zone: string;
  /** Opened and closed by whoever makes the services. */
  reading: FileReading;
  /** Writes sheets; opened and closed likewise. */
  sheets: Sheets;
  /** The folder of study documents that belong to all. */
  corpusDir?: string;
  /** The model that writes answers; without one they are quotes only. */
  llm?: Endpoint;
  /** The model that compares meanings; without one passages are found by their words alone. */
  embedding?: Endpoint;
  /** What the operator says of holidays and moved workdays, if the file is there. */
  calendarFile?: string;
}

/** The use cases of every topic, each made once and handed to those that ask it. They know no chat. */
export function createServices(
  needs: ServicesNeeds & Pick<Bot, 'refusal'> & { kinds: KnownKinds },
) {
  const { db, clock, log, queue, outbox, admins, locale, zone, reading, kinds } = needs;
  const { corpusDir: folder, calendarFile: file, llm, embedding } = needs;
  const reader = (): Reader => ({ locale, zone, now: clock.now() });
  const roster = createRoster({ db, clock, admins });
  const files = createFiles({ db, clock, roster, reading });
  const rounds = createRounds({ db, clock, queue, roster, kinds, zone });
  const settings = createSettings({ db, clock });
  const orders = createOrders({ db, clock });
  const burden = createBurden({ clock, settings, outbox, zone });
  const quiet = createQuiet({ db, clock, zone });
  const nudges = createNudges({ db, clock, queue, rounds, quiet });
  const study = createStudy({ db, clock, zone });
  const checkins = createCheckins({ rounds });
  const quizzes = createQuizzes({ db, rounds });
  const meetings = createMeetings({ db, clock, queue, rounds });
  const record = createRecord({ rounds, meetings, study, quiet });
  const meaning = embedding && createMeaning({ db, clock, log, embedding });
  const retrieval = createRetrieval({ db, semanticRanking: meaning?.semanticRanking });
  const library = createLibrary({
    ...{ db, clock, retrieval, reading, log, folder, zone },
    backfill: meaning?.backfill,
    onPendingRemoval: createTellPendingRemoval({ ...needs, reader }),
    onNotTaken: createTellNotTaken({ ...needs, reader }),
    onRenewed: createTellRenewed({ ...needs, roster, reader }),
  });
  const standards = createStandards({ db, clock, zone, retrieval });
  const chat = llm && outside(db, createChat(llm));
  const reranking = chat && createReranking({ chat, log });
  const ask = createAsk({ db, clock, zone, roster, retrieval, standards, queue, reranking });
  const growing = createGrowingCards(needs);
  const writer = chat && createWriter({ chat, log });
  const feedback = createFeedback({ db, clock, zone, standards });
  const unanswered = createUnanswered({ db, clock, zone, queue, feedback, standards });
  const privacy = createPrivacy({ db, clock, rounds, files, quiet, ask, feedback, study });
  const calendar = createCalendar({ file, log });
  const dailies = createDailies({ db, clock, library, calendar, zone });
  return {
    ...{ settings, burden, orders },
    ...{ reader, roster, files, rounds, quiet, nudges, privacy, study, record, checkins, quizzes },
    ...{ meetings, library, standards, ask, growing, writer, unanswered, feedback, dailies },
  };
}
export type Services = ReturnType<typeof createServices>;
