import { createHash } from 'node:crypto';
import type { ChatRecord, PersonRecord, State } from './state.ts';

/** An id of the platform's form that is the same in every run, so that it fits the app's database. */
export function steadyId(prefix: 'ou' | 'oc' | 'on', name: string): string {
  return `${prefix}_${createHash('sha256').update(`${prefix}:${name}`).digest('hex').slice(0, 32)}`;
}

export const botName = '学伴';
export const botId = steadyId('ou', 'bot');
export const tenantKey = createHash('sha256').update('tenant').digest('hex').slice(0, 16);

const titles: [handle: string, name: string, title: string][] = [
  ['lin', '林静', '支部书记'],
  ['zhou', '周明远', '支部副书记'],
  ['chen', '陈志刚', '组织委员'],
  ['wang', '王晓燕', '宣传委员'],
  ['zhao', '赵建华', '党员'],
  ['sun', '孙丽萍', '党员'],
  ['qian', '钱伟', '党员'],
  ['wu', '吴敏', '党员'],
  ['he', '何芳', '党员'],
  ['li', '李思源', '预备党员'],
  ['zheng', '郑凯', '入党积极分子'],
  ['xu', '徐浩然', '不在支部'],
  ['gao', '高峰', '应用管理员'],
];
const branchHandles = titles.slice(0, 11).map(([handle]) => handle);

/** The people of the sample by handle, as ids. */
export const personId = (handle: string): string => steadyId('ou', handle);
export const sampleAdmin = personId('gao');
export const studyGroup = steadyId('oc', 'study');
export const volunteerGroup = steadyId('oc', 'volunteers');
export const privateChatOf = (person: string): string => steadyId('oc', `p2p:${person}`);

/** A branch that uses the bot, and a second group that does not have it yet. */
export function sampleState(): State {
  const people = titles.map(([handle, name, title]) => makePerson(handle, name, title));
  const groups = [
    makeGroup(studyGroup, '向阳支部学习群', branchHandles.map(personId), true),
    makeGroup(volunteerGroup, '园区志愿服务群', ['xu', 'zhao', 'wu', 'gao'].map(personId), false),
  ];
  return {
    people,
    chats: [...groups, ...people.map((person) => makePrivateChat(person.id))],
    messages: [],
    files: [],
    entities: [],
    uuids: {},
    deliveries: [],
    opened: false,
  };
}

export function makePerson(handle: string, name: string, title = ''): PersonRecord {
  return { id: personId(handle), handle, name, title, reach: 'open' };
}

export function makePrivateChat(person: string): ChatRecord {
  const id = privateChatOf(person);
  return {
    id,
    kind: 'p2p',
    name: botName,
    members: [person],
    withBot: true,
    external: false,
    disbanded: false,
  };
}

/** The first of `members` owns the group. */
export function makeGroup(
  id: string,
  name: string,
  members: string[],
  withBot: boolean,
): ChatRecord {
  const [owner] = members;
  return { id, kind: 'group', name, members, owner, withBot, external: false, disbanded: false };
}
