import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';
import { projectRoot } from '../../src/base/project-root.ts';
import { appProcess, freePort, hurriedClock, settingsFor } from '../support/app-process.ts';
import { dropDatabase, emptyDatabase } from '../support/database.ts';
import { program } from '../support/program.ts';
import { newKeys, reads } from '../support/running-app.ts';

let dir: string;
let sim: Simulator;
let env: Record<string, string | undefined>;

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'moves-'));
  // The database's own user has to get through.
  chmodSync(dir, 0o755);
  const keys = newKeys();
  sim = createSimulator({ app: keys, clock: hurriedClock });
  const { domain } = await sim.listen();
  env = settingsFor(keys, domain);
});
afterAll(async () => {
  await sim.close();
  rmSync(dir, { recursive: true, force: true });
});

const place = (name: string) => ({ DATA_DIR: path.join(dir, name) });

async function start(where: object) {
  const app = appProcess(await freePort(), { ...env, ...where });
  sim.aim(app.door);
  await app.ready();
  return app;
}

/** A command of the operator; what it said, one line a time. */
async function run(command: 'backup' | 'restore', where: object, ...words: string[]) {
  const child = spawn(process.execPath, [program(command), ...words], {
    cwd: projectRoot,
    env: { ...env, INIT_CWD: dir, ...where },
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, out: out.trimEnd(), err: err.trimEnd() };
}

/** The branch is known as it was: one more answers, and the secretary closes. */
async function goesOn(group: string, secretary: SimulatedPerson, member: SimulatedPerson) {
  await member.says(member.private, '答 1');
  await reads(sim, member.private, '签到成功');
  await secretary.says(group, '@学伴 结束 1');
  await reads(sim, group, '#1 已结束', '已签到 2 / 3 人');
}

it('moves to a database of the operator’s own, with a round that is open', async () => {
  const here = place('here');
  const [lin, wang, xu] = [sim.person('lin'), sim.person('wang'), sim.person('xu')];
  expect(await run('backup', here)).toEqual({
    ...{ code: 1, out: '' },
    err: `There is no database in ${here.DATA_DIR} yet: there is nothing to back up.`,
  });
  const first = await start(here);
  onTestFailed(first.kill);
  const group = sim.addGroup('搬家小组', [lin.id, wang.id, xu.id]).id;
  await lin.says(group, '@学伴 绑定 搬家支部');
  await reads(sim, group, '绑定好了', '成员：3 人');
  await lin.says(group, '@学伴 签到 读书会');
  await reads(sim, group, '签到 · 读书会', '已签到 0 / 3 人');
  await wang.says(wang.private, '答 1');
  await reads(sim, group, '已签到 1 / 3 人');
  await sim.settled();

  // Beside the running app, into its own folder, and not into a database that is used.
  const live = await run('backup', here);
  expect(live).toMatchObject({ code: 0, err: '' });
  const backups = path.join(dir, 'here', 'backups');
  const [own = ''] = readdirSync(backups);
  expect(live.out).toContain(path.join(backups, own));
  expect(statSync(path.join(backups, own)).mode & 0o777).toBe(0o600);
  expect(await run('restore', here, path.join(backups, own))).toMatchObject({
    ...{ code: 1, out: '' },
    err: 'Another Xueban process is running on this DATA_DIR. Stop it first, or give this one a DATA_DIR of its own.',
  });
  expect(await first.stop()).toBe(0);

  // With the app stopped, to a file beside the operator.
  expect(await run('backup', here, 'moving.gz')).toMatchObject({ code: 0, err: '' });
  const url = await emptyDatabase();
  const there = { ...place('there'), DATABASE_URL: url };
  expect(await run('restore', there, 'moving.gz')).toMatchObject({ code: 0, err: '' });
  const second = await start(there);
  await goesOn(group, lin, xu);
  expect(await second.stop()).toBe(0);
  await dropDatabase(url);
}, 90_000);

it('comes back after it was lost, and closes as if nothing had happened', async () => {
  const here = place('kept');
  const [lin, wang, xu] = [sim.person('lin'), sim.person('wang'), sim.person('xu')];
  const first = await start(here);
  onTestFailed(first.kill);
  const group = sim.addGroup('备份小组', [lin.id, wang.id, xu.id]).id;
  await lin.says(group, '@学伴 绑定 备份支部');
  await reads(sim, group, '绑定好了', '成员：3 人');
  await lin.says(group, '@学伴 签到 党课');
  await reads(sim, group, '签到 · 党课', '已签到 0 / 3 人');
  await wang.says(group, '@学伴 答 1');
  await reads(sim, group, '已签到 1 / 3 人');
  await sim.settled();
  expect(await run('backup', here, 'kept.gz')).toMatchObject({ code: 0, err: '' });
  await first.kill();
  rmSync(path.join(dir, 'kept'), { recursive: true });

  mkdirSync(path.join(dir, 'kept'));
  expect(await run('restore', here, 'kept.gz')).toMatchObject({ code: 0, err: '' });
  const second = await start(here);
  await goesOn(group, lin, xu);
  expect(await second.stop()).toBe(0);
}, 90_000);
