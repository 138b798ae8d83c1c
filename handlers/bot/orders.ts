import { randomUUID } from 'node:crypto';
import { mayUse } from '../../cards/bot/help.ts';
import {
  confirmOrder,
  doneBefore,
  doneCard,
  dropOrder,
  droppedCard,
  incompleteCard,
  notYoursLine,
  offerCard,
  sentPrivately,
} from '../../cards/bot/orders.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { Refusal } from '../../src/base/errors.ts';
import { privately } from '../../src/bot/privately.ts';
import type { Place, Reply } from '../../src/bot/talk.ts';
import type { Cleaning } from '../../jobs/night/clean.ts';
import type { Orders } from '../../src/people/orders/service.ts';
import type { Roster } from '../../src/people/roster/service.ts';

interface OrderParts {
  bot: Bot;
  orders: Orders;
  roster: Roster;
  cleaning: Cleaning;
}

/**
 * What people ask for without a command's word: shown at once, in private, where they want to see something;
 * else offered, and done once they confirm. The documents are never asked for it.
 */
export function registerOrders({ bot, orders, roster, cleaning }: OrderParts) {
  bot.onOrder(async (said) => {
    const { from, place, reader, order } = said;
    if (order.command.isThere === false)
      throw new Refusal('NOT_YET', { command: order.command.name });
    const standing = await roster.standing(from, place);
    if (!mayUse[order.command.who](standing)) return { text: notYoursLine(reader, order.command) };
    const told = sentPrivately(reader, order.how);
    if (!bot.isWhole(order.line, said.at))
      return privately(said, { card: incompleteCard(reader, order) }, told);
    if (order.how === 'toSee')
      return inPrivate(await bot.carryOutLine(order.line, said, own(place)));
    const value = {
      id: randomUUID(),
      line: order.line,
      ...(place.kind === 'group' && { group: place.id }),
    };
    return privately(said, { card: offerCard(reader, order, value) }, told);

    /** In a group nobody reads what one person wanted to see. */
    function inPrivate({ card, text, send = [] }: Reply): Reply {
      if (place.kind === 'private') return { card, text, send };
      const content = card ? { card } : text === undefined ? undefined : { text };
      return {
        text: told,
        send: [...(content ? [{ to: { person: from }, content }] : []), ...send],
      };
    }
  });

  bot.onPress(confirmOrder, async (press) => {
    const { id, line, group } = press.value;
    if (!(await orders.confirm(id)))
      return { toast: { type: 'info', content: doneBefore(press.reader) } };
    const place: Place = group === undefined ? press.place : { id: group, kind: 'group' };
    const { toast, replace, ...reply } = await bot.carryOutLine(line, press, place);
    return { ...reply, toast, replace: replace ?? doneCard(press.reader, line) };
  });

  bot.onPress(dropOrder, ({ reader }) => Promise.resolve({ replace: droppedCard(reader) }));
  cleaning.on((before) => orders.forget(before(14)));
}

/** As if it was written in private: then names may be shown. */
const own = (place: Place): Place => ({ ...place, kind: 'private' });
