import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SimulatorClock } from '../../simulator/clock.ts';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';
import {
  appProcess,
  freePort,
  hurriedClock,
  settingsFor,
  type AppProcess,
} from '../support/app-process.ts';
import { fromBot, newKeys, read, reads } from '../support/running-app.ts';

const crowd = 48;
let dir: string;
let port: number;
let sim: Simulator;
let env: Record<string, string | undefined>;
let app: AppProcess;
let people: [SimulatedPerson, ...SimulatedPerson[]];
/** Every process that a run of the app or its database was. */
const processes: number[] = [];

/** Resolves once the app that runs now, or comes next, is ready. */
let up = Promise.resolve();
/** The platform repeats for hours: however slow this machine starts the app, the last try finds it. */
const patientClock: SimulatorClock = {
  ...hurriedClock,
  after: (milliseconds, act) =>
    hurriedClock.after(milliseconds, milliseconds < 60_000 ? act : () => void up.then(act)),
};

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'crash-'));
  // The database's own user has to get through.
  chmodSync(dir, 0o755);
  port = await freePort();
  const keys = newKeys();
  sim = createSimulator({ app: keys, clock: patientClock });
  const { domain } = await sim.listen();
  env = { ...settingsFor(keys, domain), DATA_DIR: dir };
  const join = (i: number) => sim.addPerson(`p${i}`, `同志${i}`);
  people = [join(0), ...Array.from({ length: crowd - 1 }, (_, i) => join(i + 1))];
  await start();
});
afterAll(async () => {
  await app.kill();
  await sim.close();
  rmSync(dir, { recursive: true, force: true });
});

async function start() {
  app = appProcess(port, env);
  sim.aim(app.door);
  await (up = app.ready());
  processes.push(app.id, postmaster());
}

const note = () => path.join(dir, 'postgres', 'data', 'postmaster.pid');
const postmaster = () => Number(readFileSync(note(), 'utf8').split('\n')[0]);

type Victim = 'the app' | 'the app and its database';

async function crash(victim: Victim) {
  if (victim === 'the app and its database') process.kill(postmaster(), 'SIGKILL');
  await app.kill();
}

/** Answers to presses that were taken, by person. */
const toasts = new Map<string, string[]>();

async function press(person: SimulatedPerson, card: string): Promise<void> {
  const { toast } = await person.presses(card, '签到');
  const said = toast?.content ?? '';
  if (!said.startsWith('出错了')) toasts.set(person.id, [...(toasts.get(person.id) ?? []), said]);
}

/** Everybody acts at once; once `after` of them have had their answer, it crashes. */
async function crashAmid(acts: (() => Promise<unknown>)[], after: number, victim: Victim) {
  let answered = 0;
  let crashed: Promise<void> | undefined;
  await Promise.all(
    acts.map(async (act) => {
      await act();
      answered += 1;
      if (answered >= after) crashed ??= crash(victim);
    }),
  );
  await crashed;
}

/** What this person wrote in private, and what the bot did. */
const written = ({ id, private: chat }: SimulatedPerson) =>
  sim.messagesOf(chat).filter(({ sender }) => sender === id);
const answers = (person: SimulatedPerson) => fromBot(sim, person.private).map(read);

it('loses nothing and does nothing twice when it is killed amid presses and messages', async () => {
  const [owner] = people;
  const group = sim.addGroup(
    '大支部群',
    people.map(({ id }) => id),
  ).id;
  await owner.says(group, '@学伴 绑定 大支部');
  await reads(sim, group, '绑定好了', `成员：${crowd} 人`);
  await owner.says(group, '@学伴 签到 主题党日');
  const card = await reads(sim, group, '签到 · 主题党日', `已签到 0 / ${crowd} 人`);

  // Half of them press, the others sign in by command, and all ask something.
  const wave = (from: number) =>
    people
      .slice(from, from + crowd / 3)
      .flatMap((person, i) => [
        i % 2 ? () => press(person, card.id) : () => person.says(person.private, '答 1'),
        () => person.says(person.private, '主题党日怎么开'),
      ]);
  const third = crowd / 3;
  for (const [i, victim] of (
    ['the app', 'the app and its database', 'the app'] as const
  ).entries()) {
    await crashAmid(wave(i * third), 4 + i * 6, victim);
    await start();
  }

  // Who saw an error presses again, and so does who is not sure.
  await Promise.all(people.map((person) => press(person, card.id)));
  await expect.poll(sim.undelivered).toBe(0);
  await reads(sim, group, `已签到 ${crowd} / ${crowd} 人`);
  await sim.waitFor(
    () => people.every((each) => answers(each).length >= written(each).length),
    40_000,
  );
  await sim.settled();

  for (const said of toasts.values()) expect(said.slice(1)).not.toContain('签到成功');
  for (const person of people) {
    expect(answers(person)).toHaveLength(written(person).length);
    const wrote = written(person).some((message) => read(message) === '答 1');
    if (wrote) expect(answers(person).join()).toMatch(/签到成功|已经签过/);
  }
  expect(
    fromBot(sim, group).filter((message) => read(message).includes('签到 · 主题党日')),
  ).toHaveLength(1);
}, 90_000);

it('leaves no process behind', async () => {
  expect(await app.stop()).toBe(0);
  expect(existsSync(note())).toBe(false);
  for (const id of processes) expect(() => process.kill(id, 0)).toThrow('ESRCH');
});
