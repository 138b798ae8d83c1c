import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeWritableFolder } from '../../base/writable-folder.ts';
import { sha256 } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import { type SystemAccount, canReach, chooseAccount } from './system-account.ts';

/** Where the embedded server keeps everything of its own, and the account it runs as. */
export interface ServerFolder {
  readonly base: string;
  readonly data: string;
  readonly account: SystemAccount;
}

const SHARED_STATE = '/var/lib/xueban';

/**
 * Makes a folder that the server can work in: `wanted`, or for root below a closed home directory one under
 * `/var/lib`. A note in `wanted` records that choice, so that the data are found again even after the home
 * directory has been opened.
 */
export function prepareServerFolder(wanted: string, log: Log): ServerFolder {
  const note = path.join(wanted, 'moved-to');
  makeWritableFolder(wanted);
  const folder = folderMadeAt(wanted);
  if (!existsSync(note)) {
    if (canReach(wanted, folder.account)) return folder;
    writeFileSync(note, `${path.join(SHARED_STATE, nameFor(wanted))}\n`);
  }
  const base = readFileSync(note, 'utf8').trim();
  log.warn(
    { wanted, base },
    `The embedded database cannot work below a closed home: its data are in ${base}`,
  );
  return folderMadeAt(base);
}

/** Where that folder is. Makes nothing. */
export function findServerFolder(wanted: string): ServerFolder {
  const note = path.join(wanted, 'moved-to');
  return folderAt(existsSync(note) ? readFileSync(note, 'utf8').trim() : wanted);
}

function folderMadeAt(base: string): ServerFolder {
  makeWritableFolder(base);
  return folderAt(base);
}

function folderAt(base: string): ServerFolder {
  const data = path.join(path.resolve(base), 'data');
  return { base: path.resolve(base), data, account: chooseAccount(data) };
}

/** One folder per checkout: two of them must not share a database. */
function nameFor(wanted: string): string {
  return sha256(path.resolve(wanted)).slice(0, 12);
}
