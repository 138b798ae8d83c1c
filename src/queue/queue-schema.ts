import { Fault } from '../base/errors.ts';
import { getConstructionPlans } from 'pg-boss';

/** The statements that make pg-boss' tables, to be run in a transaction of the caller's. */
export function queueSchema(): string {
  const [, statements] = /^\s*BEGIN;([^]*)COMMIT;\s*$/.exec(getConstructionPlans('pgboss')) ?? [];
  if (!statements) throw new Fault('pg-boss makes its tables in another way than it used to');
  // pg-boss' statements set time limits for the transaction; they are lifted for what the caller does next.
  return `${statements} SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;`;
}
