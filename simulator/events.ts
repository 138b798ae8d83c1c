import { botId, tenantKey, steadyId } from './sample.ts';
import type { ChatRecord, MessageRecord } from './state.ts';
import type { World } from './world.ts';

/** The ids of one person as events carry them; `user_id` needs a scope the app does not have. */
function ids(openId: string) {
  return { open_id: openId, union_id: steadyId('on', openId) };
}

/** The inside of an `im.message.receive_v1`. */
export function messageEvent(message: MessageRecord, chat: ChatRecord, parent?: MessageRecord) {
  return {
    sender: { sender_id: ids(message.sender), sender_type: 'user', tenant_key: tenantKey },
    message: {
      message_id: message.id,
      ...(parent && { root_id: parent.replyTo ?? parent.id, parent_id: parent.id }),
      create_time: String(message.at),
      update_time: String(message.at),
      chat_id: message.chat,
      chat_type: chat.kind,
      message_type: message.type,
      content: message.content,
      ...(message.mentions.length > 0 && { mentions: message.mentions.map(mentionOf) }),
      user_agent: 'Simulator',
    },
  };
}

function mentionOf({ key, id, name }: MessageRecord['mentions'][number]) {
  if (!id) return { key, id: {}, name: 'Everyone', tenant_key: tenantKey };
  const kind = id === botId ? 'bot' : 'user';
  return { key, id: ids(id), mentioned_type: kind, name, tenant_key: tenantKey };
}

/** The inside of every event about a group's people, its bot and its end. */
export function chatEvent(chat: ChatRecord, operator: string) {
  return {
    chat_id: chat.id,
    operator_id: ids(operator),
    external: chat.external,
    operator_tenant_key: tenantKey,
    name: chat.name,
    i18n_names: { zh_cn: chat.name },
  };
}

export function usersOf(world: World, people: string[]) {
  return people.map((id) => ({
    name: world.person(id)?.name ?? '',
    tenant_key: tenantKey,
    user_id: ids(id),
  }));
}

export const ownerOf = (id: string | undefined) => ({ owner_id: id ? ids(id) : {} });

/** The inside of a `card.action.trigger`. */
export function pressEvent(
  presser: string,
  message: MessageRecord,
  action: Record<string, unknown>,
  token: string,
) {
  return {
    operator: { ...ids(presser), tenant_key: tenantKey },
    token,
    action,
    host: 'im_message',
    context: { open_message_id: message.id, open_chat_id: message.chat },
  };
}
