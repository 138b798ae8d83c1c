import { Fault } from '../../src/base/errors.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sent } from '../../src/bot/messenger.ts';
import type { Card } from '../../src/bot/talk.ts';
import type { MessageId } from '../../src/base/ids.ts';
import { notSent, type SendNeeds } from './deliver.ts';
import { recallJob, updateJob } from '../../src/queue/outbox-jobs.ts';
import { nextCardSequence } from '../../src/queue/card-sequence.ts';

interface Wanted {
  platformId: MessageId | null;
  entity: string | null;
  wanted: Card | null;
  version: number;
}

/** Makes one sent card show what is wanted now. An update shows the newest card that is wanted and may skip older ones. */
export function registerUpdateMessage(needs: SendNeeds) {
  const { db, queue, rateLimit, messenger, wait = sleep, log } = needs;

  /** A card entity is changed as one, as long as the platform knows it; any other card is replaced. */
  async function showCard(
    id: string,
    message: MessageId,
    card: Card,
    entity: string | null,
  ): Promise<Sent> {
    if (entity !== null) {
      const changed = await messenger.finishCard(entity, card, await nextCardSequence(db, id, 2));
      if (changed.outcome === 'changed') return { outcome: 'sent', message };
      if (changed.outcome !== 'refused') return changed;
    }
    return messenger.update(message, { card });
  }

  queue.on(updateJob, async ({ id }, { finish }) => {
    const ms = await rateLimit.reserve(['app:update', `message:${id}`]);
    if (ms > 0) await wait(ms);
    const [row] = await db.sql<Wanted>(
      `select o.platform_id as "platformId", o.entity, wanted, wanted_version as version from outgoing o
         left join chat c on c.id = o.chat_id
         where o.id = $1::uuid and wanted is not null and state = 'sent' and c.gone_at is null`,
      id,
    );
    // Not sent yet: the delivery looks after it.
    if (!row?.platformId || !row.wanted) return;
    const sent = await showCard(id, row.platformId, row.wanted, row.entity);
    if (isOver(sent)) {
      if (sent.outcome !== 'sent') log.warn({ id, ...sent }, 'a card could not be updated');
      const { version } = row;
      await finish(() =>
        db.sql(
          `update outgoing set wanted = null where id = $1::uuid and wanted_version = $2`,
          ...[id, version],
        ),
      );
    } else throw notSent(sent);
  });
}

/** Takes one sent message back. */
export const registerRecallMessage = ({ db, queue, messenger, log }: SendNeeds) =>
  queue.on(recallJob, async ({ id }) => {
    const [row] = await db.sql<{ platformId: MessageId | null }>(
      `select platform_id as "platformId" from outgoing where id = $1::uuid and state in ('waiting', 'sent')`,
      id,
    );
    if (!row) return;
    if (!row.platformId) throw new Fault('it is still on its way');
    const sent = await messenger.recall(row.platformId);
    if (!isOver(sent)) throw notSent(sent);
    if (sent.outcome !== 'sent') log.warn({ id, ...sent }, 'a message could not be taken back');
  });

const isOver = (sent: Sent): sent is Exclude<Sent, { outcome: 'later' | 'unknown' }> =>
  sent.outcome !== 'later' && sent.outcome !== 'unknown';
