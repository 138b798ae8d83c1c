import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';

/** Offers to do what people asked for in their own words, each of which is carried out once. */
export function createOrders({ db, clock }: { db: Db; clock: Clock }) {
  return {
    /** True for the first who confirms this offer; joins the surrounding transaction. */
    async confirm(id: string): Promise<boolean> {
      const rows = await db.sql(
        `insert into confirmed_order (id, confirmed_at) values ($1::uuid, $2) on conflict do nothing returning id`,
        id,
        clock.now(),
      );
      return rows.length > 0;
    },

    /** A card can be pressed for 14 days. */
    forget: (before: Date) =>
      db.client.confirmedOrder.deleteMany({ where: { confirmedAt: { lt: before } } }),
  };
}
export type Orders = ReturnType<typeof createOrders>;
