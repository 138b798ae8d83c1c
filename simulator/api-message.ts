import { botId, tenantKey } from './sample.ts';
import type { MessageRecord } from './state.ts';

/** A message as the Open API shows it. */
export function wire(message: MessageRecord) {
  const app = message.sender === botId;
  return {
    message_id: message.id,
    ...(message.replyTo && { root_id: message.replyTo, parent_id: message.replyTo }),
    msg_type: message.type,
    create_time: String(message.at),
    update_time: String(message.at),
    deleted: message.recalled,
    updated: message.edits > 0,
    chat_id: message.chat,
    sender: {
      id: message.sender,
      id_type: 'open_id',
      sender_type: app ? 'app' : 'user',
      tenant_key: tenantKey,
    },
    body: { content: message.content },
  };
}
