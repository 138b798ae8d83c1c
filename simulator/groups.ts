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
) => { line: string; type: string; more?: object };

const namesOf = (world: World, people: string[]) =>
  people.map((id) => world.person(id)?.name ?? id).join('、');

const changes: { [Kind in GroupChange['kind']]: Change<Kind> } = {
  invite({ world }, as, chat, { people }) {
    const added = people.filter((id) => world.person(id) && !chat.members.includes(id));
    if (added.length === 0) throw new Fault('他们已经在群里');
    world.changeChat(chat, { members: [...chat.members, ...added] });
    const line = `${namesOf(world, [as])} 邀请 ${namesOf(world, added)} 加入了群聊`;
    return { line, type: 'im.chat.member.user.added_v1', more: { users: usersOf(world, added) } };
  },
  remove({ world }, as, chat, { people }) {
    if (chat.owner !== as) throw new Fault('只有群主可以移出成员');
    const gone = people.filter((id) => chat.members.includes(id) && id !== as);
    if (gone.length === 0) throw new Fault('他们不在群里');
    world.changeChat(chat, { members: chat.members.filter((id) => !gone.includes(id)) });
    const line = `${namesOf(world, [as])} 将 ${namesOf(world, gone)} 移出了群聊`;
    return { line, type: 'im.chat.member.user.deleted_v1', more: { users: usersOf(world, gone) } };
  },
  leave({ world }, as, chat) {
    const members = chat.members.filter((id) => id !== as);
    world.changeChat(chat, { members, owner: chat.owner === as ? members[0] : chat.owner });
    const more = { users: usersOf(world, [as]) };
    return {
      line: `${namesOf(world, [as])} 退出了群聊`,
      type: 'im.chat.member.user.deleted_v1',
      more,
    };
  },
  'add-bot'({ world }, as, chat) {
    if (chat.withBot) throw new Fault('机器人已经在群里');
    world.changeChat(chat, { withBot: true });
    return {
      line: `${namesOf(world, [as])} 添加了机器人 ${botName}`,
      type: 'im.chat.member.bot.added_v1',
    };
  },
  'remove-bot'({ world }, as, chat) {
    if (!chat.withBot) throw new Fault('机器人不在群里');
    world.changeChat(chat, { withBot: false });
    return {
      line: `${namesOf(world, [as])} 移除了机器人 ${botName}`,
      type: 'im.chat.member.bot.deleted_v1',
    };
  },
  owner({ world }, as, chat, { person }) {
    if (chat.owner !== as) throw new Fault('只有群主可以转让');
    if (!chat.members.includes(person)) throw new Fault('新群主必须在群里');
    world.changeChat(chat, { owner: person });
    const more = { before_change: ownerOf(as), after_change: ownerOf(person) };
    return { line: `${namesOf(world, [person])} 成为新群主`, type: 'im.chat.updated_v1', more };
  },
  rename({ world }, as, chat, { name }) {
    if (name.trim() === '') throw new Fault('群名不能为空');
    const more = { before_change: { name: chat.name }, after_change: { name } };
    world.changeChat(chat, { name });
    return {
      line: `${namesOf(world, [as])} 将群名改为“${name}”`,
      type: 'im.chat.updated_v1',
      more,
    };
  },
  disband({ world }, as, chat) {
    if (chat.owner !== as) throw new Fault('只有群主可以解散');
    world.changeChat(chat, { disbanded: true });
    return { line: `${namesOf(world, [as])} 解散了群聊`, type: 'im.chat.disbanded_v1' };
  },
};

/** Changes the group and tells the bot, if it is or was in it; `taken` says whether the app took the event. */
export function changeGroup(
  parts: Parts,
  as: string,
  chat: ChatRecord,
  change: GroupChange,
): { taken: Promise<boolean> } {
  if (chat.kind !== 'group') throw new Fault('这不是群聊');
  const told = chat.withBot;
  const apply = changes[change.kind] as Change<typeof change.kind>;
  const { line, type, more } = apply(parts, as, chat, change);
  parts.world.tell(chat.id, line);
  if (!told && !chat.withBot) return { taken: Promise.resolve(true) };
  return { taken: parts.pusher.push(type, { ...chatEvent(chat, as), ...more }) };
}
