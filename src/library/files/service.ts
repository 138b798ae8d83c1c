import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { PersonId } from '../../base/ids.ts';
import type { Roster } from '../../people/roster/service.ts';
import type { Branch } from '../../people/roster/types.ts';
import { largestFile, requireReadable } from './claims.ts';
import { createConfirmedUploads } from './confirmed-uploads.ts';
import { createFileKinds } from './file-kinds.ts';
import type { FileReading, ReadResult } from './file-reading.ts';
import { createUploads } from './uploads.ts';

interface FilesNeeds {
  db: Db;
  clock: Clock;
  roster: Roster;
  /** Opened and closed by the caller. */
  reading: FileReading;
}

/** Files that secretaries send: read once and shown, and stored as they were shown once the sender has confirmed. */
export function createFiles({ db, clock, roster, reading }: FilesNeeds) {
  const kinds = createFileKinds();

  /** The branches a person may add files to; refuses a person who serves none. */
  async function branchesFor(person: PersonId): Promise<Branch[]> {
    const branches = (await roster.branchesOf(person)).filter((branch) => branch.secretary);
    if (branches.length === 0) throw new Refusal('FILE_FROM_MEMBER');
    return branches;
  }

  /** Reads a file by the kind that claims it, and packs what was read for the database. */
  const read = (file: { name: string; bytes: Uint8Array }): Promise<ReadResult> =>
    reading.read(kinds.all(), file, { isKept: true });

  return {
    /** Adds a kind of file. */
    add: kinds.add,
    /** Adds a kind of file that is known and refused. */
    refuse: kinds.refuse,
    /** The largest file that is read, in bytes. */
    largestFile,
    read,

    /** Refuses what can be refused before the file is fetched: by its sender, its kind and its size. */
    async requireMayRead(person: PersonId, { name, size = 0 }: { name?: string; size?: number }) {
      await branchesFor(person);
      if (name !== undefined) requireReadable(kinds.all(), name);
      if (size > largestFile)
        throw new Refusal('FILE_TOO_BIG', { limit: largestFile / 1024 / 1024 });
    },

    /** Files that wait for their sender's confirmation. */
    uploads: createUploads({ db, clock, kinds, branchesFor }),
    /** Files that wait to be stored. */
    confirmed: createConfirmedUploads({ db, roster, kinds, read }),
  };
}
export type Files = ReturnType<typeof createFiles>;
