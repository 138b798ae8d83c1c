import { onTestFinished } from 'vitest';
import type { Locale } from '../../src/bot/talk.ts';
import { openDb } from '../../src/database/db.ts';
import { must } from '../../src/base/errors.ts';
import type { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import type { Endpoint } from '../../src/answers/model/post.ts';
import type { Feature } from '../../src/program/topics.ts';
import { handClock } from './clock.ts';
import { lendDatabase } from './lent-database.ts';
import { fakeMessenger } from './messenger.ts';
import { createGroup, createPerson, type Person, type Stage } from './people.ts';
import { startApp } from './started-app.ts';

export interface WorldOptions {
  at?: string;
  /** The group is bound to 第一党支部 from the start, with lin as its secretary. */
  bound?: boolean;
  /** More people in the group, beside lin, wang, zhao and liu. */
  members?: number;
  adminInGroup?: boolean;
  /** A second branch of its own, with lin as its secretary. */
  second?: boolean;
  /** In English the people, the groups and what they say at the start are English as well. */
  locale?: Locale;
  /** A model that writes answers, such as the settings of `openModelEndpoint`. */
  llm?: Endpoint;
  /** What the product does not have, such as a kind of round that a test makes up. */
  features?: readonly Feature[];
}

const names = {
  'zh-CN': {
    people: ['林志远', '王芳', '赵敏', '刘洋', '陈晨', '管理员'],
    member: '成员',
    groups: ['支部群', '第二支部群'],
    bind: ['绑定 第一党支部', '绑定 第二党支部'],
  },
  'en-US': {
    people: ['Lin', 'Wang', 'Zhao', 'Liu', 'Chen', 'Admin'],
    member: 'Member ',
    groups: ['Branch group', 'Second group'],
    bind: ['bind First Branch', 'bind Second Branch'],
  },
};

/**
 * The true app with a pretended platform, a hand-set clock and a database of its own. In it a group
 * with lin 林志远, its owner, wang 王芳, zhao 赵敏 and liu 刘洋; chen 陈晨 and admin 管理员 stand outside.
 * It ends with the test that made it.
 *
 * @example
 * const { lin, group } = await world('2026-03-02T10:00:00+08:00');
 * await lin.says('签到 党课');
 * expect(group.sees()).toContain('已签到 0 / 4 人');
 */
export async function world(options: WorldOptions | string = {}) {
  const given = typeof options === 'string' ? { at: options } : options;
  const { at = '2026-03-02T10:00:00+08:00', locale = 'zh-CN', llm, features } = given;
  const stage = await setStage(at, locale, { llm, features });
  const { people: named, member, groups, bind } = names[locale];
  const more = Array.from({ length: given.members ?? 0 }, (_, i) => `${member}${i + 1}`);
  const [inside, outsiders] = [named.slice(0, 4), named.slice(4)];
  const all = await stage.people([...inside, ...more, ...outsiders]);
  const [lin, wang, zhao, liu] = all as [Person, Person, Person, Person];
  const members = all.slice(4, -2);
  const [chen, admin] = all.slice(-2) as [Person, Person];
  stage.admins.add(admin.id);
  const inGroup = [lin, wang, zhao, liu, ...members, ...(given.adminInGroup ? [admin] : [])];
  const group = await stage.group(must(groups[0]), ...inGroup);
  if (given.bound !== false) await lin.says(must(bind[0]));
  const second = await stage.group(must(groups[1]), lin);
  if (given.second) await lin.says(must(bind[1]), { in: second });
  const people = { lin, wang, zhao, liu, chen, admin, members };
  const { clock, messenger, settle, bot, db, url, replica, cleans, outbox, works } = stage;
  const product = { bot, db, url, replica, cleans, outbox, works };
  return { ...people, group, second, clock, messenger, settle, ...product, add: stage.group };
}

async function setStage(at: string, locale: Locale, more: Pick<WorldOptions, 'llm' | 'features'>) {
  const { db, url, close } = await lendDatabase();
  onTestFinished(({ task }) => close({ failed: task.result?.state !== 'pass' }));
  const clock = handClock(at);
  const messenger = fakeMessenger();
  const admins = new Set<PersonId>();
  const app = await startApp({ db, url, clock, messenger, admins, locale, ...more });
  onTestFinished(app.stop);
  let messages = 0;
  let settling = Promise.resolve();
  const stage: Stage = {
    clock,
    messenger,
    hand: app.hand,
    settle: () => (settling = settling.then(app.settle)),
    nextMessage: () => `om_in_${(messages += 1)}` as MessageId,
  };
  return {
    ...stage,
    bot: app.bot,
    db,
    admins,
    url,
    cleans: app.clean,
    outbox: app.outbox,
    /** One more process on the same database, or on a copy of it; it works only when asked to. */
    async replica(at = url) {
      const own = openDb(at, { connections: 5 });
      onTestFinished(own.close);
      const other = await startApp({ db: own, url: at, clock, messenger, admins, locale, ...more });
      onTestFinished(other.stop);
      return other;
    },
    /** A process that does by itself what is due by the queue's clock. */
    async works() {
      const needs = { db, url, clock, messenger, admins, locale, ...more, works: true };
      onTestFinished((await startApp(needs)).stop);
    },
    /** One after the other, each with a private chat. */
    async people(names: readonly string[]) {
      const data = names.map((name) => ({ openId: `ou_${name}`, name }));
      const people = await db.client.person.createManyAndReturn({ data });
      const chats = await db.client.chat.createManyAndReturn({
        data: people.map(({ id, name }) => ({
          ...{ platformId: `oc_p_${name}`, kind: 'private', personId: id },
        })),
      });
      return people.map(({ id, name }, i) =>
        createPerson(stage, id as PersonId, name, must(chats[i]).id as ChatId),
      );
    },
    async group(name: string, ...people: Person[]) {
      const row = await db.client.chat.create({
        data: { platformId: `oc_${name}`, kind: 'group' },
      });
      const names = new Map(people.map((each) => [each.id, each.name]));
      const owner = people[0]?.id;
      messenger.groups.set(row.id as ChatId, { name, owner, external: false, people: names });
      const view = createGroup(stage, row.id as ChatId);
      for (const each of people) each.enters(view);
      return view;
    },
  };
}
