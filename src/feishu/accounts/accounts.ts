import type { MessageId, PersonId } from '../../base/ids.ts';
import type { Db } from '../../database/db.ts';
import { createChats } from './chats.ts';
import { createIncomingReader } from './incoming.ts';
import { createPeople } from './people.ts';

interface AccountsNeeds {
  db: Db;
  /** Whom a message of ours was sent to in private. */
  privateTo(message: MessageId): Promise<PersonId | undefined>;
}

/** Who is who: the platform's ids on one side, ours on the other. Nobody else knows both. */
export function createAccounts({ db, privateTo }: AccountsNeeds) {
  const people = createPeople(db);
  const chats = createChats({ db, privateTo });
  return {
    ...people,
    told: chats.toldPlace,
    platformIdOf: chats.platformIdOf,
    inward: createIncomingReader(people, chats),
  };
}
export type Accounts = ReturnType<typeof createAccounts>;
