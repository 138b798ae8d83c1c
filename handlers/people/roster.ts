import {
  groupGoneCard,
  roleCard,
  roleNews,
  secretaryLeftCard,
  welcomeCard,
} from '../../cards/people/roster.ts';
import { rosterRefusals } from '../../cards/people/roster-refusals.ts';
import { unreachedLine } from '../../cards/people/unreached.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { SaidCommand } from '../../src/bot/handler.ts';
import type { Happened, Outgoing, Reader, Reply } from '../../src/bot/talk.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { PersonId } from '../../src/base/ids.ts';
import {
  bindGroupJob,
  registerBindGroup,
  type BindGroupNeeds,
} from '../../jobs/people/bind-group.ts';
import {
  registerSyncMembers,
  syncSoon,
  type SyncMembersNeeds,
} from '../../jobs/people/sync-members.ts';
import {
  registerSyncAllMembers,
  type SyncAllMembersNeeds,
} from '../../jobs/night/sync-all-members.ts';
import { registerTellGone, type TellGoneNeeds } from '../../jobs/people/tell-gone.ts';
import type { Branch, Moved } from '../../src/people/roster/types.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestName } from '../../src/bot/parts/line.ts';
import { person } from '../../src/bot/parts/person.ts';
import { text } from '../../src/bot/parts/text.ts';

/** No branch is called 怎么操作: the words of a question are not a name. */
const isQuestion = /怎么|如何|怎样|什么|为什么|哪|吗[?？]?$|[?？]$/;

export const bindCommand = defineCommand({
  name: 'bind',
  word: both('绑定', 'bind'),
  who: 'binder',
  does: both('把群和支部绑在一起', 'ties the group to a branch'),
  example: both('绑定 第一党支部', 'bind First Branch'),
  glued: (rest) => /^[^\s的?？]{1,20}(?:支部|党委|党总支)$/.test(rest),
  button: { label: both('怎么绑定', 'How to bind'), does: 'show' },
  inOwnWords: {
    todo: /^(?:帮我|请|麻烦)*(?:把)?(?:这个|本)?群?(?:绑定|绑到|关联)(?:一下)?(?:到)?(?:支部|.{1,20}支部)?[!！。~]*$/,
  },
  parts: {
    name: text(both('支部名', 'name'), {
      limit: longestName,
      tidy: (name) => name.replace(/[。!！]+$/, ''),
      unless: (name) => isQuestion.test(name),
    }),
  },
});

export const secretaryCommand = defineCommand({
  name: 'secretary',
  word: both('书记', 'secretary'),
  who: 'keeper',
  does: both('设一位书记', 'names a secretary'),
  example: both('书记 @王芳', 'secretary @Wang Fang'),
  inOwnWords: {
    todo: /(?:设置?|任命|指定|增加|添加|换)(?:一?[个位下])?.{0,14}(?:为|当|做|成)?书记$/,
  },
  parts: { person: person() },
});

export const unsecretaryCommand = defineCommand({
  name: 'unsecretary',
  word: both('撤销书记', 'unsecretary'),
  who: 'keeper',
  does: both('撤销一位书记', 'ends that role'),
  example: both('撤销书记 @王芳', 'unsecretary @Wang Fang'),
  parts: { person: person() },
});

interface RosterParts extends BindGroupNeeds, SyncMembersNeeds, SyncAllMembersNeeds, TellGoneNeeds {
  bot: Bot;
}

/** Tying groups to branches, the role of secretary, and members who come and go. */
export function registerRoster(parts: RosterParts) {
  const { bot, roster } = parts;
  bot.says(rosterRefusals);
  const isLost = async (person: PersonId) => !(await roster.canBeReached(person));
  bot.warnsUnreached({ is: isLost, line: unreachedLine });
  registerBinding(parts);
  registerRoles(parts);
  registerMembers(parts);
  registerGroups(parts);
  registerBindGroup(parts);
  registerSyncMembers(parts);
  registerSyncAllMembers(parts);
  registerTellGone(parts);
}

function registerBinding({ bot, roster, queue }: RosterParts) {
  // Who is in the group only the platform knows, so a job asks and answers.
  bot.onCommand(bindCommand, async ({ from, place, message, parts }) => {
    if (place.kind !== 'group') throw new Refusal('GROUP_ONLY');
    const name = roster.branchName(parts.name);
    const bind = { chat: place.id, by: from, name, message };
    await queue.add(bindGroupJob, bind, {
      key: `group.bind:${message}`,
      group: `group:${place.id}`,
    });
    return {};
  });
}

function registerRoles({ bot, roster }: RosterParts) {
  async function change(
    { from, place, parts, reader }: SaidCommand<typeof secretaryCommand>,
    given: boolean,
  ): Promise<Reply> {
    const { branch } = await roster.branchHere(from, place);
    const decide = given ? roster.giveRole : roster.endRole;
    const before = await roster.secretaries(branch.id);
    const changed = await decide({ branch: branch.id, person: parts.person, by: from });
    const [person, by] = [await roster.person(parts.person), await roster.person(from)];
    const role = { branch, person, by, given };
    return {
      card: roleCard(reader, role, changed),
      send: changed ? roleNews(reader, role, before) : [],
    };
  }
  bot.onCommand(secretaryCommand, (said) => change(said, true));
  bot.onCommand(unsecretaryCommand, (said) => change(said, false));
}

function registerMembers({ bot, roster, rounds, queue }: RosterParts) {
  bot.on('joined', async ({ place, people, at }) => {
    const { branch } = await roster.joined(place.id, people, at);
    if (branch) await rounds.audience.keepInStep(branch.id);
    return {};
  });

  bot.on('left', async ({ place, people, at, reader }) => {
    const moved = await roster.left(place.id, people, at);
    if (!moved.branch) return {};
    await rounds.audience.keepInStep(moved.branch.id);
    return { send: await newsOfLeaving(moved.branch, moved, reader) };
  });

  bot.on('owner-changed', async ({ place }) => {
    if (await roster.branchOf(place.id)) await syncSoon(queue, place.id);
    return {};
  });

  /** A secretary who leaves keeps the role; the others are told. */
  async function newsOfLeaving(branch: Branch, { people }: Moved, reader: Reader) {
    const secretaries = await roster.secretaries(branch.id);
    const members = new Set((await roster.members(branch.id)).map(({ id }) => id));
    const gone = secretaries.filter(
      ({ id }) => !members.has(id) && people.some((person) => person.id === id),
    );
    if (gone.length === 0) return [];
    const card = secretaryLeftCard(reader, branch, gone);
    const told = secretaries.filter((each) => !gone.includes(each));
    return told.map(({ id }): Outgoing => ({ to: { person: id }, content: { card } }));
  }
}

function registerGroups({ bot, roster, rounds, queue }: RosterParts) {
  bot.on('bot-added', async ({ place, at, reader }) => {
    const { welcome, branch } = await roster.botAdded(place.id, at);
    if (branch) await syncSoon(queue, place.id);
    return welcome
      ? { send: [{ to: { chat: place.id }, content: { card: welcomeCard(reader) } }] }
      : {};
  });

  /** Nothing is written to the group any more; the secretaries hear what is still open in it. */
  async function gone({ place, at, reader }: Happened & { reader: Reader }): Promise<Reply> {
    const branch = await roster.branchOf(place.id);
    await roster.chatGone(place.id, at);
    if (!branch) return {};
    const open = await rounds.openIn(place.id);
    if (open.length === 0) return {};
    const card = groupGoneCard(reader, branch, open);
    const secretaries = await roster.secretaries(branch.id);
    return { send: secretaries.map(({ id }) => ({ to: { person: id }, content: { card } })) };
  }
  bot.on('bot-removed', gone);
  bot.on('disbanded', gone);
}
