import type { Card, Reader } from '../../bot/talk.ts';
import type { Db } from '../../database/db.ts';
import { BranchId, PersonId, type UploadId } from '../../base/ids.ts';
import type { Roster } from '../../people/roster/service.ts';
import type { FileKinds } from './file-kinds.ts';
import type { ReadResult } from './file-reading.ts';
import { unpack } from './packing.ts';
import type { FileDestination, ReadFile } from './types.ts';

interface ConfirmedUploadsNeeds {
  db: Db;
  roster: Roster;
  kinds: FileKinds;
  /** Reads a file whose stored reading an older build had made. */
  read(file: { name: string; bytes: Uint8Array }): Promise<ReadResult>;
}

/** A file that its sender has confirmed. */
interface ConfirmedUpload extends Omit<FileDestination, 'branch'> {
  upload: UploadId;
  person: PersonId;
  branch: BranchId;
  kind: string;
  read: ReadFile;
}

/** Files that their senders have confirmed, until a job has put them into the library. */
export function createConfirmedUploads({ db, roster, kinds, read }: ConfirmedUploadsNeeds) {
  return {
    /**
     * A confirmed file with what was read in it; undefined where it was stored before. It is read again only
     * where an older build had stored the upload.
     */
    async find(upload: UploadId): Promise<ConfirmedUpload | undefined> {
      const row = await db.client.upload.findUnique({ where: { id: upload } });
      if (!row?.confirmedAt || row.branchId === null) return undefined;
      const isKnown = kinds.find(row.kind)?.form === row.form;
      const stored = isKnown && row.read ? await unpack(row.read) : undefined;
      const found = stored
        ? { kind: row.kind ?? '', read: stored as ReadFile }
        : await read({ name: row.name, bytes: row.bytes });
      const { committee, name: source, hash } = row;
      const [branch, person] = [BranchId.parse(row.branchId), PersonId.parse(row.personId)];
      return { upload, person, branch, committee, source, hash, ...found };
    },

    /** Stores a confirmed file as its kind does, and deletes the upload. Undefined where that was done before. */
    store: (reader: Reader, confirmed: ConfirmedUpload): Promise<Card | undefined> =>
      db.atomic(async () => {
        const { upload, kind, read: what, committee, source, hash } = confirmed;
        const { count } = await db.client.upload.deleteMany({ where: { id: upload } });
        if (count === 0) return undefined;
        const branch = await roster.branch(confirmed.branch);
        return kinds.of(kind).kept(reader, what, { branch, committee, source, hash });
      }),

    /** Deletes a confirmed file that could not be stored, and returns its sender. */
    async discard(upload: UploadId): Promise<PersonId | undefined> {
      const row = await db.client.upload.findUnique({
        where: { id: upload },
        select: { personId: true },
      });
      await db.client.upload.deleteMany({ where: { id: upload } });
      return row ? PersonId.parse(row.personId) : undefined;
    },
  };
}
