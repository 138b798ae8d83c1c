import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { StartError } from '../../base/errors.ts';
import type { Binaries } from './binaries.ts';
import type { ServerFolder } from './server-folder.ts';

const OWNER = 'xueban';
const DATABASE = 'xueban';

/** The address of a database of the embedded server that listens on `port`; ours unless named. */
export type UrlAt = (port: number, name?: string) => string;

export function urlsWith(password: string): UrlAt {
  return (port, name = DATABASE) => `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${name}`;
}

/** The password of existing data, for a command that runs beside the app. */
export function passwordOf(folder: ServerFolder): string {
  refuseForeignData(folder);
  return keptPassword(folder);
}

/** Makes the data folder at the first start, and returns the password of its one role. */
export function prepareCluster(folder: ServerFolder, binaries: Binaries): string {
  const password = passwordOf(folder);
  if (existsSync(folder.data)) return password;
  // Made beside its place and renamed: a folder that exists is always a whole one.
  const draft = `${folder.data}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = path.join(folder.base, 'password.draft');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (folder.account) {
    chownSync(draft, folder.account.uid, folder.account.gid);
    chownSync(passwordFile, folder.account.uid, folder.account.gid);
  }
  try {
    initialise(draft, passwordFile, folder, binaries);
  } finally {
    rmSync(passwordFile);
  }
  renameSync(draft, folder.data);
  return password;
}

function refuseForeignData({ data }: ServerFolder) {
  if (process.getuid?.() === 0 || !existsSync(data)) return;
  try {
    accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(
      `The embedded database in ${data} belongs to another user. Start Xueban as that user, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
}

/** Without a password every user of this machine could enter through the loopback address. */
function keptPassword({ base, data }: ServerFolder): string {
  const file = path.join(base, 'password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (existsSync(data)) {
    throw new StartError(
      `The password of the embedded database is missing: restore ${file} from a backup.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600, flush: true });
  return password;
}

function initialise(draft: string, passwordFile: string, folder: ServerFolder, binaries: Binaries) {
  const flags = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${OWNER}`];
  const made = spawnSync(
    binaries.initdb,
    [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...flags],
    { ...folder.account, cwd: folder.base, env: serverEnvironment(), encoding: 'utf8' },
  );
  if (made.status === 0) return;
  const reason = made.error?.message ?? made.stderr.trim().split('\n').at(-1);
  throw new StartError(`The embedded database could not be made in ${folder.base}: ${reason}`);
}

/** What the server inherits: none of our settings, and English messages. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}
