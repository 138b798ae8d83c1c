import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { checkBackup } from '../../src/database/backup/backup-file.ts';
import { migrate } from '../../src/database/migrate.ts';
import { restoreBackup } from '../../src/database/backup/restore.ts';
import { openDb } from '../../src/database/db.ts';
import { must } from '../../src/base/errors.ts';
import type { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import { openLog } from '../../src/base/log.ts';
import { projectRoot } from '../../src/base/project-root.ts';
import { handClock } from './clock.ts';
import { copyDatabase, dropDatabase, emptyDatabase } from './database.ts';
import { fakeMessenger, type PretendEntity, type PretendGroup, type Shown } from './messenger.ts';
import { createGroup, createPerson, type Stage } from './people.ts';
import { startApp } from './started-app.ts';

/** A button as somebody was shown it, with all that it carries. */
export interface OldButton {
  action: string;
  value: unknown;
  message: MessageId;
  to: Shown['to'];
}

/** What the platform knew when the old program ended, as `scripts/upgrade-life.ts` wrote it down. */
interface Platform {
  at: string;
  /** The statements that made the tables of pg-boss as they were then. */
  queueSchema: string;
  /** Every job and every action that the old sources named. */
  jobs: string[];
  actions: string[];
  buttons: OldButton[];
  messages: Shown[];
  groups: (Omit<PretendGroup, 'people'> & { chat: ChatId; people: [PersonId, string][] })[];
  files: [MessageId, string][];
  entities: [string, PretendEntity][];
}

const folder = path.join(projectRoot, 'test', 'fixtures', 'upgrade');

/** The commits of which there is a fixture. */
export const commits = readdirSync(folder).sort();

export function platformOf(commit: string): Platform {
  const packed = readFileSync(path.join(folder, commit, 'platform.json.gz'));
  return JSON.parse(gunzipSync(packed).toString('utf8')) as Platform;
}

/**
 * The branch that an older program left, with all that waited, brought up to date and lived on by the
 * present one: the platform shows what it showed, and the clock stands where it stood.
 */
export async function upgraded(commit: string) {
  const platform = platformOf(commit);
  const made = databases.get(commit) ?? upgradedDatabase(commit, platform.queueSchema);
  databases.set(commit, made);
  const url = await copyDatabase(await made);
  const db = openDb(url, { connections: 10 });
  onTestFinished(async () => {
    await db.close();
    await dropDatabase(url);
  });
  const clock = handClock(platform.at);
  const messenger = showing(platform);
  const people = await db.client.person.findMany({ include: { privateChat: true } });
  const named = (name: string) => must(people.find((each) => each.name === name));
  const admins = new Set([named('管理员').id as PersonId]);
  const app = await startApp({ db, url, clock, messenger, admins, locale: 'zh-CN' });
  onTestFinished(app.stop);
  let messages = 0;
  const stage: Stage = {
    ...{ clock, messenger, hand: app.hand, settle: app.settle },
    nextMessage: () => `om_new_${(messages += 1)}` as MessageId,
  };
  const groups = platform.groups.map((each) => ({ ...each, view: createGroup(stage, each.chat) }));

  return {
    ...{ clock, messenger, db, platform, settle: app.settle },
    group: (name: string) => must(groups.find((each) => each.name === name)).view,
    person(name: string) {
      const { id, privateChat } = named(name);
      const who = id as PersonId;
      const person = createPerson(stage, who, name, must(privateChat).id as ChatId);
      for (const { view, people: inside } of groups)
        if (inside.some(([each]) => each === who)) person.enters(view);
      return person;
    },
    /** Lets time go on until then, day by day and at the end hour by hour, with all that comes due. */
    async until(at: string) {
      const end = new Date(at).getTime();
      for (const step of [86_400_000, 21_600_000, 3_600_000])
        while (clock.now().getTime() + step < end) {
          clock.pass(step);
          await app.settle();
        }
      clock.set(at);
      await app.settle();
    },
    /** Presses an old button, as the person who saw it in private or as a member of the group. */
    async presses({ action, value, message, to }: OldButton, member: string, form = {}) {
      const chat = 'chat' in to ? to.chat : undefined;
      const isGroup = groups.some((each) => each.chat === chat);
      const alone = people.find(({ id, privateChat }) =>
        'person' in to ? id === to.person : privateChat?.id === chat,
      );
      const who = isGroup ? named(member) : must(alone);
      const place = isGroup
        ? { id: must(chat), kind: 'group' as const }
        : { id: must(who.privateChat).id as ChatId, kind: 'private' as const };
      const pressed = { action, value, form, message, place, from: who.id as PersonId };
      const at = clock.now();
      const reply = await app.hand({ kind: 'pressed', ...pressed, at, trace: 'an old button' });
      if (reply.replace) messenger.replace(message, reply.replace);
      return reply.toast;
    },
  };
}

/** By commit, each made once: every test goes on with a copy. The server is removed with them. */
const databases = new Map<string, Promise<string>>();

/** Made as the old program made it, filled with what it left, and migrated as at every start. */
async function upgradedDatabase(commit: string, queueSchema: string) {
  const url = await emptyDatabase();
  const file = path.join(folder, commit, 'database.jsonl.gz');
  await restoreBackup({ url, file, head: await checkBackup(file), queueSchema });
  await migrate(url, openLog('silent'));
  return url;
}

function showing({ messages, groups, files, entities }: Platform) {
  const messenger = fakeMessenger();
  messenger.messages.push(...messages);
  for (const { chat, people, ...group } of groups)
    messenger.groups.set(chat, { ...group, people: new Map(people) });
  for (const [id, base64] of files) messenger.files.set(id, Buffer.from(base64, 'base64'));
  for (const [id, entity] of entities) messenger.entities.set(id, entity);
  return messenger;
}
