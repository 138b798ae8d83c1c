import type { Sentences } from '../../src/bot/refusals.ts';
import type { RosterRefusals } from '../../src/people/roster/refusals.ts';
import { inBoth } from '../bot/words.ts';

export const rosterRefusals = inBoth<Sentences<RosterRefusals>>(
  {
    NOT_SECRETARY: (_, { tip }) =>
      `这一步只有本支部的书记能做，请书记来发，或请书记发「书记 @你」把你设为书记。${tip}`,
    NOT_ADMIN: (_, { tip }) => `这一步只有学伴的管理员能做，请管理员来发。${tip}`,
    NOT_OWNER_OR_ADMIN: (_, { tip }) =>
      `只有群主或学伴的管理员能绑定支部，请群主在群里 @我 发送。${tip}`,
    NOT_MEMBER: ({ name }, { tip }) =>
      `${name ? `「${name}」` : '你'}不在这个支部的群里，先加入支部的群再试。${tip}`,
    BRANCH_NAME_TAKEN: ({ name }) =>
      `支部「${name}」已经有了，只有它的书记或管理员能把新的群并进来。换个名字，例如：绑定 第二党支部`,
    GROUP_BOUND_ELSEWHERE: ({ branch }, { tip }) =>
      `这个群已经绑定「${branch}」，要改绑请管理员来发。${tip}`,
    LAST_SECRETARY: () =>
      '支部至少要有一位书记。先设一位新书记（例如：书记 @王芳），再撤销这一位。',
    GROUP_NOT_BOUND: () => '这个群还没有绑定支部。请群主或管理员先发，例如：绑定 第一党支部',
    NO_BRANCH: () =>
      '你还不在任何支部里。请先加入一个绑定了支部的群，或请群主在群里发，例如：绑定 第一党支部',
    GROUP_ONLY: (_, { tip }) => `这条命令要在群里 @我 发送。${tip}`,
  },
  {
    NOT_SECRETARY: (_, { tip }) =>
      `Only a secretary of this branch can do this. Ask one to send it, or to make you one with "secretary @you". ${tip}`,
    NOT_ADMIN: (_, { tip }) =>
      `Only an administrator of Xueban can do this. Please ask one to send it. ${tip}`,
    NOT_OWNER_OR_ADMIN: (_, { tip }) =>
      `Only the group's owner or an administrator can bind it: the owner sends it here and mentions me. ${tip}`,
    NOT_MEMBER: ({ name }, { tip }) =>
      `${name ? `"${name}" is` : 'You are'} not in this branch's groups. Join one first, then try again. ${tip}`,
    BRANCH_NAME_TAKEN: ({ name }) =>
      `There is a branch "${name}" already; only its secretary or an administrator can add a group to it. Take another name. Example: bind Second Branch`,
    GROUP_BOUND_ELSEWHERE: ({ branch }, { tip }) =>
      `This group belongs to "${branch}" already. An administrator can change that. ${tip}`,
    LAST_SECRETARY: () =>
      'A branch needs a secretary. Name another one first. Example: secretary @Wang Fang',
    GROUP_NOT_BOUND: () =>
      'This group is not tied to a branch yet. Its owner or an administrator does it first. Example: bind First Branch',
    NO_BRANCH: () =>
      'You are in no branch yet. Join a group that is tied to one, or have its owner tie it. Example: bind First Branch',
    GROUP_ONLY: (_, { tip }) => `This is sent in a group, with me mentioned. ${tip}`,
  },
);
