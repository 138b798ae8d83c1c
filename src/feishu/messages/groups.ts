import type { Messenger } from '../../bot/messenger.ts';
import { must } from '../../base/errors.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type ApiClient, safeId } from '../api/api-client.ts';
import { chatKinds } from '../events/events.ts';

/** Groups and their members, as the platform knows them. */
export function createGroups(
  { call }: ApiClient,
  accounts: Accounts,
): Pick<Messenger, 'group' | 'members'> {
  return {
    async group(chat) {
      const chat_id = safeId(await accounts.platformIdOf(chat));
      const { data } = await call('group', (client) =>
        client.im.chat.get({ path: { chat_id }, params: { user_id_type: 'open_id' } }),
      );
      const { name = '', owner_id: openId, external = false, chat_mode = '' } = data ?? {};
      const kind = chatKinds.get(chat_mode);
      if (kind) await accounts.told(chat_id, kind);
      const [owner] = openId ? await accounts.persons([{ openId }]) : [];
      return { name, owner, external };
    },

    async *members(chat) {
      const chat_id = safeId(await accounts.platformIdOf(chat));
      let page_token: string | undefined;
      do {
        const params = { member_id_type: 'open_id' as const, page_size: 100, page_token };
        const { data } = await call('members', (client) =>
          client.im.chatMembers.get({ path: { chat_id }, params }),
        );
        const them = (data?.items ?? []).flatMap(({ member_id: openId, name = '' }) =>
          openId ? [{ openId, name }] : [],
        );
        const ids = await accounts.persons(them);
        yield them.map(({ name }, i) => ({ person: must(ids[i]), name }));
        // A page may hold fewer than asked for: only `has_more` tells.
        page_token = data?.has_more ? data.page_token : undefined;
      } while (page_token);
    },
  };
}
