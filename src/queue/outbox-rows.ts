import { v7 as uuid } from 'uuid';
import type { Outgoing } from '../bot/talk.ts';
import { buttonsIn } from './card-buttons.ts';
import type { Db } from '../database/db.ts';

/** A message that is to be sent: its row, and whom it reaches. */
export interface StoredMessage {
  id: string;
  recipientKey: string;
}

/**
 * SQL for whom a row of `outgoing` reaches: a private chat and its person are the same, for the order of
 * messages as for the platform's limits.
 */
export const recipientSql = (row: string) =>
  `coalesce('person:' || coalesce(${row}.person_id, (select person_id from chat where id = ${row}.chat_id)),
     'chat:' || ${row}.chat_id)`;

/** Stores messages in one statement, however many they are; those whose id is stored already are left out. */
export const insertMessages = (db: Db, messages: Outgoing[], now: Date) =>
  db.sql<StoredMessage>(
    `insert into outgoing (id, chat_id, person_id, subject, reply_to, content, entity, buttons, expires_at, created_at)
     select id, chat_id, person_id, subject, reply_to, content, entity, buttons, expires_at, $2 from jsonb_to_recordset($1::jsonb)
       as m(id uuid, chat_id int, person_id int, subject text, reply_to text, content jsonb, entity text, buttons jsonb,
         expires_at timestamptz)
     on conflict (id) do nothing
     returning id::text, ${recipientSql('outgoing')} as "recipientKey"`,
    JSON.stringify(messages.map(asRow)),
    now,
  );

const asRow = ({ id = uuid(), to, content, replyTo, subject, until }: Outgoing) => ({
  id,
  ...('chat' in to ? { chat_id: to.chat } : { person_id: to.person }),
  ...{ subject, reply_to: replyTo, content: packed(content), expires_at: until },
  ...('card' in content && { entity: content.entity, buttons: buttonsIn(content) }),
});

/** Content as it is stored: files as base64, since JSON holds no bytes. */
function packed(content: Outgoing['content']): object {
  if (!('file' in content)) return content;
  const { name, bytes } = content.file;
  return { file: { name, base64: Buffer.from(bytes).toString('base64') } };
}
