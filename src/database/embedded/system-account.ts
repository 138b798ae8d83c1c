import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';

/** The system account the embedded server runs as; undefined where it is simply our own. */
export type SystemAccount = Readonly<{ uid: number; gid: number }> | undefined;

const NOBODY = 65534;

/** PostgreSQL refuses to run as root: then the owner of existing data runs it, else `nobody`. */
export function chooseAccount(data: string): SystemAccount {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: numberOfNobody('-u'), gid: numberOfNobody('-g') };
}

function numberOfNobody(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return NOBODY;
  }
}

/** Whether `account` may walk down to `place`; a home with mode 0700 on the way is closed to it. */
export function canReach(place: string, account: SystemAccount): boolean {
  if (!account) return true;
  const parent = path.dirname(place);
  if (parent !== place && !canReach(parent, account)) return false;
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat) return true;
  if (stat.uid === account.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === account.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}
