import type { Messenger } from '../../src/bot/messenger.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { ChatId } from '../../src/base/ids.ts';
import type { GroupSeen } from '../../src/people/roster/types.ts';

/** A group as the platform describes it now, with everybody in it, read page by page. */
export async function readGroup(
  messenger: Messenger,
  clock: Clock,
  chat: ChatId,
): Promise<GroupSeen> {
  const asOf = clock.now();
  const group = await messenger.group(chat);
  const people: GroupSeen['people'] = [];
  for await (const page of messenger.members(chat)) people.push(...page);
  return { ...group, people, asOf };
}
