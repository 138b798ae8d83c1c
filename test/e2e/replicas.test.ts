import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { type Replicas, startReplicas } from '../support/replicas.ts';
import { fromBot, read, reads } from '../support/running-app.ts';

const crowd = 40;
let all: Replicas;
let sim: Replicas['sim'];
let people: [SimulatedPerson, ...SimulatedPerson[]];
let group: string;

beforeAll(async () => {
  all = await startReplicas();
  ({ sim } = all);
  const join = (i: number) => sim.addPerson(`p${i}`, `同志${i}`);
  people = [join(0), ...Array.from({ length: crowd - 1 }, (_, i) => join(i + 1))];
  group = sim.addGroup(
    '大支部群',
    people.map(({ id }) => id),
  ).id;
});
afterAll(() => all.stop());

const inGroup = (...texts: string[]) => reads(sim, group, ...texts);
const answers = (person: SimulatedPerson) => fromBot(sim, person.private).map(read);

it('two processes count one round, each press once', async () => {
  await people[0].says(group, '@学伴 绑定 大支部');
  await inGroup('绑定好了', `成员：${crowd} 人`);
  await people[0].says(group, '@学伴 签到 主题党日');
  const card = await inGroup('签到 · 主题党日', `已签到 0 / ${crowd} 人`);
  const twice = [...people.slice(0, 20), ...people.slice(0, 20)];
  const pressed = await Promise.all(twice.map((person) => person.presses(card.id, '签到')));
  const fresh = pressed.filter(({ toast }) => toast?.content === '签到成功');
  expect(fresh).toHaveLength(20);
  expect((await inGroup(`已签到 20 / ${crowd} 人`)).id).toBe(card.id);
});

it('keep to the limits of one chat together', async () => {
  const [owner] = people;
  const before = fromBot(sim, group).length;
  const asked = Array.from({ length: 12 }, (_, i) => `@学伴 第${i}个问题是什么`);
  await Promise.all(asked.map((text) => owner.says(group, text)));
  await sim.waitFor(() => fromBot(sim, group).length >= before + asked.length);
  const at = fromBot(sim, group)
    .slice(before)
    .map((message) => message.at);
  // Five a second at most: no six within one.
  for (const [i, time] of at.entries()) expect((at[i + 5] ?? Infinity) - time).toBeGreaterThan(999);
});

it('go on when one of them is killed amid messages, and answer each once', async () => {
  const rest = people.slice(20);
  let written = 0;
  let killed: Promise<void> | undefined;
  await Promise.all(
    rest.map(async (person) => {
      await person.says(person.private, '答 1');
      await person.says(person.private, '主题党日怎么开');
      written += 1;
      if (written > 5) killed ??= all.replicas[0].kill();
    }),
  );
  await killed;
  await expect.poll(sim.undelivered).toBe(0);
  await sim.waitFor(() => rest.every((person) => answers(person).length >= 2), 40_000);
  await inGroup(`已签到 ${crowd} / ${crowd} 人`);
  for (const person of rest) expect(answers(person)).toHaveLength(2);
}, 90_000);
