import type { Db } from '../../database/db.ts';
import { ChatId, type PersonId } from '../../base/ids.ts';
import type { Branch } from './types.ts';

/** The groups themselves: whose they are, and whether the bot is in them. */
export function createGroups(db: Db) {
  async function branchOf(chat: ChatId): Promise<Branch | undefined> {
    const [branch] = await db.sql<Branch>(
      `select b.id, b.name from branch b join chat c on c.branch_id = b.id where c.id = $1`,
      chat,
    );
    return branch;
  }

  return {
    branchOf,

    /** The bot is in this group (again). `welcome` is true once in the life of a group. */
    async botAdded(chat: ChatId, at: Date): Promise<{ welcome: boolean; branch?: Branch }> {
      await db.client.chat.update({ where: { id: chat }, data: { goneAt: null } });
      const { count } = await db.client.chat.updateMany({
        where: { id: chat, welcomedAt: null },
        data: { welcomedAt: at },
      });
      return { welcome: count > 0, branch: await branchOf(chat) };
    },

    /** The bot was removed or the group dissolved: nothing is written to it any more. */
    async chatGone(chat: ChatId, at: Date): Promise<void> {
      await db.client.chat.updateMany({
        where: { id: chat, goneAt: null },
        data: { goneAt: at },
      });
    },

    /** Records that messages do not reach them any more. True for the first call. */
    async outOfReach(recipient: { chat: ChatId } | { person: PersonId }, at: Date) {
      const where = { goneAt: null, id: 'chat' in recipient ? recipient.chat : recipient.person };
      const marking = { where, data: { goneAt: at } };
      const { count } =
        'chat' in recipient
          ? await db.client.chat.updateMany(marking)
          : await db.client.person.updateMany(marking);
      return count > 0;
    },

    /** Every group of a branch that the bot is still in. */
    async boundGroups(): Promise<ChatId[]> {
      const rows = await db.client.chat.findMany({
        where: { branchId: { not: null }, goneAt: null },
        select: { id: true },
        orderBy: { id: 'asc' },
      });
      return rows.map((row) => ChatId.parse(row.id));
    },
  };
}
export type Groups = ReturnType<typeof createGroups>;
