import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badDays, type BadDay } from '../../simulator/bad-day-names.ts';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { studyGroup } from '../../simulator/sample.ts';
import { fillsBank, pressesThrough } from '../support/quiz-taker.ts';
import { fromBot, read, reads, runningApp, type RunningApp } from '../support/running-app.ts';

const groups = 40;
/** A message that has to be tried several times, behind others of its chat, is there by then. */
const inTime = 90_000;
/** Within it the platform knows a repeated message again, and after it the app asks no more. */
const almostAnHour = 51 * 60_000;
const pressers = ['zhou', 'chen', 'wang', 'zhao', 'sun'];
const writers = ['qian', 'wu', 'he', 'li', 'zheng'];
const words = ['1 A', '仍然交卷'];

let app: RunningApp;
let gao: SimulatedPerson;
let lin: SimulatedPerson;
let chats: string[];
let quizzes = 0;

beforeAll(async () => {
  app = await runningApp({ lag: almostAnHour, patience: 2_000 });
  Object.assign(app.sim.switches, { badEvery: 5, badRepeats: false });
  [gao, lin] = [app.sim.person('gao'), app.sim.person('lin')];
  chats = Array.from({ length: groups }, (_, i) => app.sim.addGroup(`第${i}支部群`, [gao.id]).id);
  for (const [i, chat] of chats.entries()) await gao.says(chat, `@学伴 绑定 第${i}支部`);
  await lin.says(studyGroup, '@学伴 绑定 向阳支部');
  await Promise.all([studyGroup, ...chats].map((chat) => reads(app.sim, chat, '绑定好了')));
  await fillsBank(app.sim, lin);
});
afterAll(async () => {
  app.sim.switches.badDay = undefined;
  await app.stop();
});

const people = (handles: string[]) => handles.map((handle) => app.sim.person(handle));
const cardsIn = (chat: string, heading: string) =>
  fromBot(app.sim, chat).filter((message) => read(message).startsWith(heading));
const inGroup = (text: string) =>
  fromBot(app.sim, studyGroup).filter((message) => read(message).includes(text));

/** On a bad day each message may need several tries, and in one chat they wait for one another. */
const seesInGroup = (...texts: string[]) =>
  app.sim.waitFor(
    () => inGroup('').find((each) => texts.every((text) => read(each).includes(text))),
    inTime,
  );

/** Every group's secretary opens a check-in at the same time: 40 cards leave at once. */
async function pushToAll(title: string): Promise<void> {
  await Promise.all(chats.map((chat) => gao.says(chat, `@学伴 签到 ${title}`)));
  const isSeen = (chat: string) => cardsIn(chat, `签到 · ${title}`).length > 0;
  await app.sim.waitFor(() => chats.every(isSeen), inTime);
}

/** A quiz for ten people, and what comes of it. */
function nextQuiz() {
  const number = (quizzes += 1);
  const everybody = people([...pressers, ...writers]);
  const before = new Map(
    [lin, ...everybody].map(({ id, private: chat }) => [id, fromBot(app.sim, chat).length]),
  );
  const told = (person: SimulatedPerson) =>
    fromBot(app.sim, person.private).slice(before.get(person.id));
  const reports = () => told(lin).filter((each) => read(each).startsWith('测验结果 · 党章'));

  return {
    ...{ number, told, reports },
    /** Opened; half of the people press for their questions, and half ask for them in words. */
    async begin() {
      await lin.says(studyGroup, '@学伴 测验 党章 3题');
      const { id } = await seesInGroup('测验 · 党章', `编号 #${number} `);
      await Promise.all([
        ...people(pressers).map((person) => person.presses(id, '开始答题')),
        ...people(writers).map((person) => person.says(person.private, `答 ${number}`)),
      ]);
      await app.sim.waitFor(() => everybody.every((each) => told(each).length > 0), inTime);
    },
    /** All of them answer and hand in, those who write without waiting for what comes back. */
    async answer() {
      const pressing = people(pressers).map(async (person) => {
        for (const sheet of told(person)) await pressesThrough(app.sim, person, sheet);
      });
      const writing = people(writers).map(async (person) => {
        for (const each of words) await person.says(person.private, `答 ${number} ${each}`);
        await app.sim.waitFor(() => told(person).length > words.length, inTime);
      });
      await Promise.all([...pressing, ...writing]);
    },
    async close() {
      await lin.says(studyGroup, `@学伴 结束 ${number}`);
      await app.sim.waitFor(() => reports().length > 0, inTime);
    },
  };
}

/** Resolves once every message has its outcome: what was on its way twice would have arrived by then. */
async function allSettled(): Promise<void> {
  const waiting = `select 1 from outgoing where state = 'waiting' or (state = 'sent' and wanted is not null)`;
  while ((await app.db.sql(waiting)).length > 0) await pause(50);
}

const statesNow = () =>
  app.db.sql<{ state: string; count: number }>(
    'select state, count(*)::int as count from outgoing group by state order by state',
  );

async function answersOf(quiz: number): Promise<number | undefined> {
  const [row] = await app.db.sql<{ count: number }>(
    `select count(*)::int as count from quiz_answer a join quiz_attempt t on t.id = a.attempt_id
     join round r on r.id = t.round_id where r.number = $1 and r.kind = 'quiz'`,
    quiz,
  );
  return row?.count;
}

/** A card whose id is not known cannot be brought up to date. */
const canFollow = (badDay: BadDay) => badDay !== 'repeated-silent';

/** The platform names no message to who repeats a call: an hour later nobody can ask any more. */
function anHourPasses() {
  app.clock.lag = 0;
  app.sim.switches.badDay = undefined;
}

// No card here grows.
const days = badDays.filter((badDay) => badDay !== 'no-streaming');

describe.each(days)('on a day of %s', (badDay) => {
  let quiz: ReturnType<typeof nextQuiz>;
  beforeAll(async () => {
    app.sim.switches.badDay = badDay;
    quiz = nextQuiz();
    const pushed = pushToAll(badDay);
    await quiz.begin();
    if (badDay === 'repeated-silent') await pushed.then(anHourPasses);
    await Promise.all([pushed, quiz.answer()]);
    await quiz.close();
    await allSettled();
    // The card follows the end by a job of its own, which nothing above waits for.
    if (canFollow(badDay)) await seesInGroup('测验已结束', `编号 #${quiz.number} `);
  }, 240_000);

  it('each of 40 groups sees its card exactly once', () => {
    expect(chats.map((chat) => cardsIn(chat, `签到 · ${badDay}`).length)).toEqual(
      chats.map(() => 1),
    );
  });

  it('each person of a quiz sees each message exactly once', () => {
    for (const each of people(pressers)) expect(quiz.told(each)).toHaveLength(1);
    for (const each of people(writers)) expect(quiz.told(each)).toHaveLength(1 + words.length);
    expect(quiz.reports()).toHaveLength(1);
    const [card, ...more] = inGroup(`编号 #${quiz.number} `).map(read);
    expect(more).toEqual([]);
    if (canFollow(badDay)) expect(card).toContain('测验已结束 · 党章');
    expect(inGroup(`#${quiz.number} 已结束，已交卷 10 / 11 人`)).toHaveLength(1);
  });

  it('every answer of it counts once', async () => {
    const [report = ''] = quiz.reports().map(read);
    expect(report.match(/\d\/3/g)).toHaveLength(pressers.length + writers.length);
    for (const { name } of people(pressers)) expect(report).toContain(`${name} 3/3`);
    expect(await answersOf(quiz.number)).toBe(3 * pressers.length + writers.length);
  });

  it('a message is known to be sent, or called unknown where nobody can know', async () => {
    const states = (await statesNow()).map(({ state }) => state);
    expect(states).toEqual(badDay === 'repeated-silent' ? ['sent', 'unknown'] : ['sent']);
  });
});
