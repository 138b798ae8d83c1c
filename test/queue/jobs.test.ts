import { readFileSync } from 'node:fs';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { card } from '../../cards/bot/kit.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { Sent } from '../../src/bot/messenger.ts';
import { cleanJob } from '../../jobs/night/clean.ts';
import { tellAdminsSoon } from '../../jobs/queue/tell-admins.ts';
import { textOf } from '../support/card-text.ts';
import { messageOf, openDoor } from '../support/door.ts';
import { loseCompletions } from '../support/lost-completions.ts';
import type { FakeMessenger } from '../support/messenger.ts';
import { openModelEndpoint } from '../support/model-endpoint.ts';
import { world, type WorldOptions } from '../support/world.ts';
import { sourcesIn } from '../support/pairs.ts';

const endpoint = await openModelEndpoint();
afterAll(() => endpoint.close());

/** Every job that the sources declare. */
const declared = sourcesIn('src', 'jobs')
  .flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/^export const \w+ = defineJob\(\{\s*name: '(.+?)'/gm),
  ])
  .map(([, name = '']) => name)
  .sort();

/** What people were told in the end, whatever the order. */
const told = ({ messages }: FakeMessenger) =>
  messages
    .map(({ content, recalled }) => `${textOf(content)}${recalled ? ' (back)' : ''}`)
    // Said or not by how busy this machine is.
    .filter((text) => !text.startsWith('正在读取'))
    .sort();

type World = Awaited<ReturnType<typeof world>>;
type There = World & {
  /** Time goes by, in which what was lost is done again. */
  rest(): Promise<void>;
  goTo(at: string): Promise<void>;
};
/** One course of events, after which the same has been said whether or not completions were lost. */
interface Scene {
  jobs: string[];
  play(isShaken: boolean): Promise<{ told: string[]; lost: string[] }>;
}

function inWorld(
  options: WorldOptions,
  jobs: string[],
  events: (there: There) => Promise<unknown>,
) {
  const play = async (isShaken: boolean) => {
    const there = await world(options);
    const { db, clock, settle, messenger } = there;
    const losing = isShaken ? await loseCompletions(db, declared) : undefined;
    const rest = async () => {
      for (let i = 0; i < 6; i += 1) {
        await losing?.handBack();
        // At first as soon as a try can follow on another.
        if (i >= 3) clock.pass(5_000);
        await settle();
      }
    };
    const goTo = async (at: string) => {
      clock.set(`${at}:05+08:00`);
      await settle();
      await rest();
    };
    await events({ ...there, rest, goTo });
    await rest();
    // What is made in another thread may still be on its way.
    await rest();
    return { told: told(messenger), lost: (await losing?.jobs()) ?? [] };
  };
  return { jobs, play } satisfies Scene;
}

const rules =
  '# 学习制度\n\n第一条 请假应当在活动开始前向主持人提出。\n\n第二条 请假的党员在两周之内补学。\n';

const scenes: Record<string, Scene> = {
  binding: inWorld({ bound: false }, ['group.bind', 'outbox.send'], async ({ lin, rest }) => {
    await lin.says('绑定 第一党支部');
    await rest();
    // Refused: bound already.
    await lin.says('绑定 第一党支部');
  }),

  'the night': inWorld({}, ['group.sync-all', 'group.sync'], ({ goTo }) =>
    goTo('2026-03-03T03:00'),
  ),

  'a check-in': inWorld(
    {},
    ['round.refresh', 'outbox.update', 'nudge.automatic', 'round.close'],
    async ({ lin, wang, rest, goTo }) => {
      await lin.says('签到 党课 截止 18:00');
      await rest();
      await wang.presses('签到');
      await rest();
      await goTo('2026-03-02T16:00');
      await goTo('2026-03-02T18:00');
    },
  ),

  'a long check-in': inWorld({}, ['round.renew'], async ({ lin, rest, goTo }) => {
    await lin.says('签到 党课 截止 3月25日 18:00');
    await rest();
    await goTo('2026-03-15T10:01');
  }),

  reminders: inWorld(
    { at: '2026-03-02T21:30:00+08:00' },
    ['nudge.report', 'nudge.held'],
    async ({ lin, zhao, rest, goTo }) => {
      await zhao.whispers('勿扰 关');
      await rest();
      await lin.says('签到 党课 截止 明天 18:00');
      await lin.whispers('催办 1');
      await rest();
      await goTo('2026-03-03T08:00');
    },
  ),

  'a meeting': inWorld(
    {},
    ['meeting.call', 'meeting.moved', 'round.close'],
    async ({ lin, wang, goTo, rest }) => {
      await lin.says('会议 支委会 后天 10:00 地点 301');
      await rest();
      await wang.presses('参加');
      await goTo('2026-03-03T10:00');
      await lin.says('改 1 时间 后天 15:00');
      await rest();
      await goTo('2026-03-04T15:00');
      await goTo('2026-03-05T14:00');
      await goTo('2026-03-05T14:45');
      await goTo('2026-03-05T15:00');
      await goTo('2026-03-05T18:00');
    },
  ),

  'an export': inWorld({}, ['round.export', 'template.send'], async ({ lin }) => {
    await lin.says('签到 党课');
    await lin.whispers('导出 1');
    await lin.whispers('模板');
  }),

  files: inWorld(
    {},
    ['library.read', 'library.keep', 'library.expire'],
    async ({ lin, rest, goTo }) => {
      await lin.sends('制度.md', rules);
      await rest();
      await lin.presses('确认入库');
      await rest();
      await lin.sends('空.md', '');
      await rest();
      await lin.sends('新.md', `${rules}\n第三条 每月集中学习一次。\n`);
      await rest();
      await goTo('2026-03-03T11:00');
    },
  ),

  'a written answer': inWorld(
    { llm: endpoint.settings },
    ['ask.write', 'ask.forget'],
    async ({ lin, wang, rest, goTo }) => {
      await lin.sends('制度.md', rules);
      await rest();
      await lin.presses('确认入库');
      await rest();
      endpoint.behaves(() => ({ does: 'stream', pieces: ['请假的党员在两周之内补学。[1]'] }));
      await wang.says('请假的党员在多久之内补学');
      await rest();
      await goTo('2026-03-02T11:00');
    },
  ),

  'the daily reading': inWorld({}, ['outbox.send'], async ({ lin, rest, goTo }) => {
    await lin.sends('制度.md', rules);
    await rest();
    await lin.presses('确认入库');
    await rest();
    await lin.says('每日一学 开 8:30');
    await goTo('2026-03-03T08:30');
    await goTo('2026-03-04T08:30');
    await goTo('2026-03-05T08:30');
  }),

  'asked in vain': inWorld(
    { at: '2026-03-04T10:00:00+08:00' },
    ['week.tell', 'week.held'],
    async ({ lin, zhao, wang, rest, goTo }) => {
      await lin.sends('制度.md', rules);
      await rest();
      await lin.presses('确认入库');
      await rest();
      await lin.says('书记 @赵敏', { mentions: [zhao] });
      await zhao.whispers('勿扰 21:00-11:00');
      await rest();
      await wang.says('红烧肉要炖多长时间');
      await goTo('2026-03-09T09:00');
      await goTo('2026-03-09T11:00');
    },
  ),

  'somebody out of reach': inWorld(
    {},
    ['recipient.tell'],
    async ({ lin, wang, messenger, rest }) => {
      messenger.isGone = (to) => 'person' in to && to.person === wang.id;
      await lin.says('签到 党课');
      await rest();
      await lin.says('催办 1');
    },
  ),

  'a bad day of the platform': inWorld(
    {},
    ['outbox.late'],
    async ({ lin, messenger, rest, goTo }) => {
      const { send } = messenger;
      messenger.send = () => Promise.resolve({ outcome: 'later', reason: '500' });
      await lin.says('签到 党课');
      for (let i = 0; i < 6; i += 1) await rest();
      messenger.send = send;
      await goTo('2026-03-02T10:30');
    },
  ),

  'the house': {
    jobs: ['inbox.receive', 'dead-letter.tell', 'house.clean', 'outbox.recall'],
    async play(isShaken) {
      const door = await openDoor();
      onTestFinished(door.stop);
      const { db, queue, clock, outbox, messenger } = door;
      const losing = isShaken ? await loseCompletions(db, declared) : undefined;
      const rest = async () => {
        for (let i = 0; i < 30; i += 1) {
          await losing?.handBack();
          await door.pass(5_000);
        }
      };
      const { id } = await db.client.person.create({ data: { openId: 'ou_admin' } });
      door.admins.add(id as PersonId);
      const bad = new Set(['坏']);
      door.behind.handle = async (incoming) => {
        if (incoming.kind !== 'said') return {};
        if (bad.has(incoming.text)) throw new Error('no');
        await outbox.put([{ to: { chat: incoming.place.id }, content: { text: '还有' } }]);
        return { text: `收到 ${incoming.text}` };
      };
      await door.send(messageOf('好'));
      await door.send(messageOf('坏'));
      await rest();
      await tellAdminsSoon(queue, clock);
      await queue.add(cleanJob, {});
      await outbox.put([
        { to: { person: id as PersonId }, content: { text: '错了' }, subject: 'a' },
      ]);
      await rest();
      await outbox.recall('a');
      await rest();
      return { told: told(messenger), lost: (await losing?.jobs()) ?? [] };
    },
  },
};

it('a platform that hangs delays nothing that is due', async () => {
  const { lin, wang, group, db, clock, messenger, outbox, settle, works } = await world();
  await lin.says('签到 党课 截止 18:00');
  await lin.says('会议 支委会 明天 18:00');
  const cards = Array.from({ length: 60 }, (_, i) => {
    const content = { card: card(`卡片 ${i}`, 'plain', []) };
    return { to: { person: wang.id }, content, subject: 'a' };
  });
  await outbox.put(cards);
  for (let i = 0; i < 10; i += 1) await settle();
  const hanging: (() => void)[] = [];
  const hang = () =>
    new Promise<Sent>((resolve) =>
      hanging.push(() => resolve({ outcome: 'refused', reason: 'at last' })),
    );
  Object.assign(messenger, { update: hang, recall: hang });
  await outbox.refresh('a', card('新', 'plain', []));
  await outbox.recall('a');
  await works();
  await expect.poll(() => hanging.length).toBeGreaterThanOrEqual(8);
  clock.set('2026-03-02T18:00:05+08:00');
  await db.sql(
    `update pgboss.job set start_after = $1 where state = 'created' and data->>'job' in ('round.close', 'meeting.call')
       and start_after <= $2`,
    ...[new Date('2026-03-01T00:00:00Z'), clock.now()],
  );
  await expect.poll(() => lin.reads()).toContain('党课');
  await expect.poll(() => group.all().join()).toContain('会议提醒');
  messenger.update = messenger.recall = () => Promise.resolve({ outcome: 'refused', reason: 'no' });
  for (const give of hanging) give();
});

it('every job that is declared is tried here', () => {
  const tried = Object.values(scenes).flatMap(({ jobs }) => jobs);
  expect([...new Set(tried)].sort()).toEqual(declared);
});

it.each(Object.entries(scenes))(
  'says nothing twice when its jobs are killed before they are noted as done: %s',
  async (_, { jobs, play }) => {
    const calm = await play(false);
    const shaken = await play(true);
    expect(shaken.told).toEqual(calm.told);
    expect(calm.told.length).toBeGreaterThan(0);
    expect(shaken.lost).toEqual(expect.arrayContaining(jobs));
  },
);
