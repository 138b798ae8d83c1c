import { both, type Bilingual } from './bilingual.ts';
import type { GroupChange } from './contract.ts';
import { chatEvent, ownerOf, usersOf } from './events.ts';
import { Fault } from './fault.ts';
import type { Pusher } from './pusher.ts';
import { botName } from './sample.ts';
import type { ChatRecord } from './state.ts';
import type { World } from './world.ts';

interface Parts {
  world: World;
  pusher: Pusher;
}
/** One kind of change: what becomes of the group, the line people read, and the event for the bot. */
type Change<Kind extends GroupChange['kind']> = (
  parts: Parts,
  as: string,
  chat: ChatRecord,
  change: Extract<GroupChange, { kind: Kind }>,
) => { line: Bilingual; type: string; more?: object };

const nameOf = (world: World, id: string) => world.person(id)?.name ?? id;
/** Several names, as each language puts them together. */
function listOf(world: World, people: string[]): Bilingual {
  const names = people.map((id) => nameOf(world, id));
  return both(names.join('、'), names.join(', '));
}

/** What the platform says in a group when the bot comes into it. */
export const botAdded = (name: string): Bilingual =>
  both(`${name} 添加了机器人 ${botName}`, `${name} added the bot ${botName}`);

const changes: { [Kind in GroupChange['kind']]: Change<Kind> } = {
  invite({ world }, as, chat, { people }) {
    const added = people.filter((id) => world.person(id) && !chat.members.includes(id));
    if (added.length === 0) throw new Fault('他们已经在群里', 'They are in the group already');
    world.changeChat(chat, { members: [...chat.members, ...added] });
    const [name, whom] = [nameOf(world, as), listOf(world, added)];
    const line = both(`${name} 邀请 ${whom.text} 加入了群聊`, `${name} invited ${whom.en}`);
    return { line, type: 'im.chat.member.user.added_v1', more: { users: usersOf(world, added) } };
  },
  remove({ world }, as, chat, { people }) {
    if (chat.owner !== as)
      throw new Fault('只有群主可以移出成员', 'Only the owner can remove members');
    const gone = people.filter((id) => chat.members.includes(id) && id !== as);
    if (gone.length === 0) throw new Fault('他们不在群里', 'They are not in the group');
    world.changeChat(chat, { members: chat.members.filter((id) => !gone.includes(id)) });
    const [name, whom] = [nameOf(world, as), listOf(world, gone)];
    const line = both(`${name} 将 ${whom.text} 移出了群聊`, `${name} removed ${whom.en}`);
    return { line, type: 'im.chat.member.user.deleted_v1', more: { users: usersOf(world, gone) } };
  },
  leave({ world }, as, chat) {
    const members = chat.members.filter((id) => id !== as);
    world.changeChat(chat, { members, owner: chat.owner === as ? members[0] : chat.owner });
    const more = { users: usersOf(world, [as]) };
    return {
      line: both(`${nameOf(world, as)} 退出了群聊`, `${nameOf(world, as)} left the group`),
      type: 'im.chat.member.user.deleted_v1',
      more,
    };
  },
  'add-bot'({ world }, as, chat) {
    if (chat.withBot) throw new Fault('机器人已经在群里', 'The bot is in the group already');
    world.changeChat(chat, { withBot: true });
    return {
      line: botAdded(nameOf(world, as)),
      type: 'im.chat.member.bot.added_v1',
    };
  },
  'remove-bot'({ world }, as, chat) {
    if (!chat.withBot) throw new Fault('机器人不在群里', 'The bot is not in the group');
    world.changeChat(chat, { withBot: false });
    return {
      line: both(
        `${nameOf(world, as)} 移除了机器人 ${botName}`,
        `${nameOf(world, as)} removed the bot ${botName}`,
      ),
      type: 'im.chat.member.bot.deleted_v1',
    };
  },
  owner({ world }, as, chat, { person }) {
    if (chat.owner !== as)
      throw new Fault('只有群主可以转让', 'Only the owner can pass the group on');
    if (!chat.members.includes(person))
      throw new Fault('新群主必须在群里', 'The new owner must be in the group');
    world.changeChat(chat, { owner: person });
    const more = { before_change: ownerOf(as), after_change: ownerOf(person) };
    const owner = nameOf(world, person);
    const line = both(`${owner} 成为新群主`, `${owner} owns the group now`);
    return { line, type: 'im.chat.updated_v1', more };
  },
  rename({ world }, as, chat, { name }) {
    if (name.trim() === '') throw new Fault('群名不能为空', 'A group needs a name');
    const more = { before_change: { name: chat.name }, after_change: { name } };
    world.changeChat(chat, { name });
    return {
      line: both(
        `${nameOf(world, as)} 将群名改为“${name}”`,
        `${nameOf(world, as)} named the group “${name}”`,
      ),
      type: 'im.chat.updated_v1',
      more,
    };
  },
  disband({ world }, as, chat) {
    if (chat.owner !== as)
      throw new Fault('只有群主可以解散', 'Only the owner can disband the group');
    world.changeChat(chat, { disbanded: true });
    const name = nameOf(world, as);
    const line = both(`${name} 解散了群聊`, `${name} disbanded the group`);
    return { line, type: 'im.chat.disbanded_v1' };
  },
};

/** Changes the group and tells the bot, if it is or was in it; `taken` says whether the app took the event. */
export function changeGroup(
  parts: Parts,
  as: string,
  chat: ChatRecord,
  change: GroupChange,
): { taken: Promise<boolean> } {
  if (chat.kind !== 'group') throw new Fault('这不是群聊', 'This is no group');
  const told = chat.withBot;
  const apply = changes[change.kind] as Change<typeof change.kind>;
  const { line, type, more } = apply(parts, as, chat, change);
  parts.world.tell(chat.id, line);
  if (!told && !chat.withBot) return { taken: Promise.resolve(true) };
  return { taken: parts.pusher.push(type, { ...chatEvent(chat, as), ...more }) };
}
