import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { studyGroup } from '../../simulator/sample.ts';
import {
  fromBot,
  read,
  reads,
  runningApp,
  untilReady,
  type RunningApp,
} from '../support/running-app.ts';

let app: RunningApp;
let lin: SimulatedPerson;
let wang: SimulatedPerson;

beforeAll(async () => {
  app = await runningApp({ eventMode: 'ws' });
  lin = app.sim.person('lin');
  wang = app.sim.person('wang');
  await lin.says(studyGroup, '@学伴 绑定 向阳支部');
});
afterAll(() => app.stop());

const inGroup = (...texts: string[]) => reads(app.sim, studyGroup, ...texts);
const answersOf = (person: SimulatedPerson) => fromBot(app.sim, person.private);
const readiness = async () => {
  const answer = await fetch(`${app.url}/readyz`);
  return { status: answer.status, text: await answer.text() };
};
/** Resolves once the app has come back by itself. */
async function isBack() {
  await expect.poll(() => app.sim.lines.stand, { timeout: 30_000 }).toBe(true);
  await untilReady(app.url);
}

it('brings messages, presses and their answers, with no webhook there', async () => {
  await inGroup('绑定好了', '支部：向阳支部');
  await lin.says(studyGroup, '@学伴 签到 主题党日');
  const card = await inGroup('签到 · 主题党日', '已签到 0 / 11 人');
  expect((await wang.presses(card.id, '签到')).toast?.content).toBe('签到成功');
  expect((await wang.presses(card.id, '签到')).toast?.content).toBe('你已经签过了');
  await inGroup('已签到 1 / 11 人');
  const knocked = await fetch(`${app.url}/webhook/event`, { method: 'POST', body: '{}' });
  expect(knocked.status).toBe(404);
});

it('brings a message that is cut into many frames', async () => {
  const long = '学'.repeat(450);
  await lin.says(lin.private, `签到 ${long}`);
  await reads(app.sim, lin.private, '太长了');
});

it('comes back after it was cut, and every message is answered once', async () => {
  const before = answersOf(lin).length;
  const said = Array.from({ length: 12 }, async (_, i) => {
    if (i === 6) app.sim.lines.cut();
    return lin.says(lin.private, `第${i}个问题是什么`);
  });
  await Promise.all(said);
  await isBack();
  await expect.poll(app.sim.undelivered, { timeout: 30_000 }).toBe(0);
  await app.sim.waitFor(() => answersOf(lin).length >= before + 12);
  await app.sim.settled();
  expect(answersOf(lin)).toHaveLength(before + 12);
}, 60_000);

it('is not ready while it is away, and tries again after it was refused for good', async () => {
  app.sim.lines.refuse({ code: 1000040350, msg: 'too many connections' });
  app.sim.lines.cut();
  const refused = () => app.lines.some((line) => line.includes('was refused'));
  await expect.poll(refused, { timeout: 20_000 }).toBe(true);
  expect(await readiness()).toMatchObject({
    status: 503,
    text: expect.stringContaining('the long connection is away') as string,
  });
  app.sim.lines.refuse(undefined);
  await isBack();
  await wang.says(wang.private, '帮助');
  expect(read(await reads(app.sim, wang.private, '直接提问'))).toContain('向阳支部');
}, 60_000);

it('says nothing of its secret in the log', () => {
  expect(app.lines.join('\n')).not.toContain(app.keys.secret);
});
