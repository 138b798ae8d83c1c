import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/prisma/client.ts';

type Client = Omit<PrismaClient, `$${'connect' | 'disconnect' | 'on' | 'extends'}`>;
interface Atomic {
  client: Client;
  effects: (() => void)[];
  /** How many attempts are under way, each within the one before. */
  attempts: number;
}

/**
 * The database. Inside `atomic` every query of the same call chain joins one transaction, whoever makes
 * it; so a handler, the services it asks and the outbox commit together or not at all.
 */
export interface Db {
  /** The surrounding transaction's client, or the root client outside one. */
  readonly client: Client;
  /** Plain SQL with `$1…` parameters, in the surrounding transaction if there is one. */
  sql<Row>(text: string, ...values: unknown[]): Promise<Row[]>;
  /** Runs `work` in a transaction; a nested call joins the outer one. */
  atomic<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` in the surrounding transaction; what it wrote is undone, alone, when it throws. Attempts
   * may be made within attempts, but not beside one another.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /** True inside a transaction. */
  readonly isAtomic: boolean;
  /** Runs `effect` once the surrounding transaction has committed, or now outside one. */
  afterCommit(effect: () => void): void;
  /** Plain connections for the hot paths and the queue. */
  readonly pool: pg.Pool;
  /** Two connections for storing incoming events, so that storing never waits for handling. */
  readonly door: pg.Pool;
  close(): Promise<void>;
}

export function openDb(url: string, { connections = 20 } = {}): Db {
  // Prisma writes and reads timestamptz as if every session stood in UTC, so every session does.
  const options = '-c timezone=UTC';
  // Opening a connection takes longer than most queries, so some stay open.
  const pool = new pg.Pool({ connectionString: url, max: connections, min: 4, options });
  const door = new pg.Pool({ connectionString: url, max: 2, min: 2, options });
  // A connection that the server ends, idle or in use, must not end the process: the next query reports
  // it. It may break twice, first with the server's words and then with the socket.
  for (const each of [pool, door]) {
    each.on('error', () => {});
    each.on('connect', (connection) => connection.on('error', () => {}));
  }
  const root = new PrismaClient({ adapter: new PrismaPg(pool) });
  const current = new AsyncLocalStorage<Atomic>();
  const client = () => current.getStore()?.client ?? root;
  return {
    pool,
    door,
    get client() {
      return client();
    },
    sql: (text, ...values) => client().$queryRawUnsafe(text, ...values),
    async atomic(work) {
      if (current.getStore()) return work();
      const effects: Atomic['effects'] = [];
      const result = await root.$transaction(
        (tx) => current.run({ client: tx, effects, attempts: 0 }, work),
        {
          timeout: 30_000,
          maxWait: 10_000,
        },
      );
      for (const effect of effects) effect();
      return result;
    },
    async attempt(work) {
      const store = current.getStore();
      if (!store) return this.atomic(work);
      const before = store.effects.length;
      store.attempts += 1;
      const savepoint = `attempt_${store.attempts}`;
      const { client: tx } = store;
      try {
        await tx.$executeRawUnsafe(`savepoint ${savepoint}`);
        const result = await work();
        await tx.$executeRawUnsafe(`release savepoint ${savepoint}`);
        return result;
      } catch (error) {
        store.effects.length = before;
        await tx.$executeRawUnsafe(`rollback to savepoint ${savepoint}`);
        await tx.$executeRawUnsafe(`release savepoint ${savepoint}`);
        throw error;
      } finally {
        store.attempts -= 1;
      }
    },
    get isAtomic() {
      return current.getStore() !== undefined;
    },
    afterCommit(effect) {
      const store = current.getStore();
      if (store) store.effects.push(effect);
      else effect();
    },
    async close() {
      current.disable();
      await root.$disconnect();
      for (const each of [pool, door]) await each.end().catch(() => {});
    },
  };
}
