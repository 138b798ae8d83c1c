import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../base/folder.ts';
import { sha256 } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import { type Account, canReach, chooseAccount } from './account.ts';

/** Where the embedded server keeps everything of its own, and the account it runs as. */
export interface Home {
  readonly base: string;
  readonly data: string;
  readonly account: Account;
}

const SHARED_STATE = '/var/lib/xueban';

/**
 * Settles on a folder the server can work in: `wanted`, or for root below a closed home a folder under
 * `/var/lib`. A note in `wanted` remembers that choice, so that the data are found again even after
 * the home has been opened.
 */
export function settleHome(wanted: string, log: Log): Home {
  const note = path.join(wanted, 'moved-to');
  makeFolder(wanted);
  const home = homeAt(wanted);
  if (!existsSync(note)) {
    if (canReach(wanted, home.account)) return home;
    writeFileSync(note, `${path.join(SHARED_STATE, nameFor(wanted))}\n`);
  }
  const base = readFileSync(note, 'utf8').trim();
  log.warn(
    { wanted, base },
    `The embedded database cannot work below a closed home: its data are in ${base}`,
  );
  return homeAt(base);
}

/** Where that folder is; makes nothing. */
export function findHome(wanted: string): Home {
  const note = path.join(wanted, 'moved-to');
  return homeIn(existsSync(note) ? readFileSync(note, 'utf8').trim() : wanted);
}

function homeAt(base: string): Home {
  makeFolder(base);
  return homeIn(base);
}

function homeIn(base: string): Home {
  const data = path.join(path.resolve(base), 'data');
  return { base: path.resolve(base), data, account: chooseAccount(data) };
}

/** One folder per checkout: two of them must not share a database. */
function nameFor(wanted: string): string {
  return sha256(path.resolve(wanted)).slice(0, 12);
}
