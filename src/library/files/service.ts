import { randomUUID } from 'node:crypto';
import type { Card, Reader } from '../../bot/talk.ts';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import { sha256 } from '../../base/hash.ts';
import { BranchId, type MessageId, PersonId, UploadId } from '../../base/ids.ts';
import { oneLine } from '../../base/line.ts';
import type { Roster } from '../../people/roster/service.ts';
import type { Branch, SecretaryScope } from '../../people/roster/types.ts';
import { largestFile, requireReadable } from './claims.ts';
import { unpack } from './packing.ts';
import type { ReadResult, FileReading } from './file-reading.ts';
import { createFileKinds } from './file-kinds.ts';
import type { FileDestination, ReadFile } from './types.ts';

interface FilesNeeds {
  db: Db;
  clock: Clock;
  roster: Roster;
  /** Opened and closed by whoever makes this. */
  reading: FileReading;
}

/** A file with what was read in it; nothing of it is stored yet. */
interface Sent {
  person: PersonId;
  message: MessageId;
  name: string;
  bytes: Uint8Array;
  found: ReadResult;
}
/** A file that waits, as its sender sees it. */
interface Shown {
  upload: UploadId;
  /** When it is forgotten. */
  until: Date;
  card: Card;
}
interface Decision {
  upload: UploadId;
  person: PersonId;
}
interface Confirming extends Omit<Decision, 'person'> {
  branch: BranchId;
  /** Only the branch's committee may ask it. */
  committee?: boolean;
}
/** A file to which its sender has said yes. */
interface Confirmed extends Omit<FileDestination, 'branch'> {
  upload: UploadId;
  person: PersonId;
  branch: BranchId;
  kind: string;
  read: ReadFile;
}

/** How long a file waits for its confirmation. */
const waits = 24 * 60 * 60 * 1000;

/** Files that secretaries send: read once and shown, and stored as they were shown once the sender has confirmed. */
export function createFiles({ db, clock, roster, reading }: FilesNeeds) {
  const registry = createFileKinds();

  /** The branches a person may add files to; refuses who serves none. */
  async function mayAdd(person: PersonId): Promise<Branch[]> {
    const branches = (await roster.branchesOf(person)).filter((branch) => branch.secretary);
    if (branches.length === 0) throw new Refusal('FILE_FROM_MEMBER');
    return branches;
  }

  /** What is in a file, by whichever kind claims it; with a form of it to be kept. */
  const read = (file: { name: string; bytes: Uint8Array }): Promise<ReadResult> =>
    reading.read(registry.all(), file, { isKept: true });

  return {
    add: registry.add,
    refuse: registry.refuse,
    /** The largest file that is read, in bytes. */
    largestFile,
    read,

    /** Refuses what can be refused before the file is fetched: who sends it, its kind, its size. */
    async mayRead(person: PersonId, { name, size = 0 }: { name?: string; size?: number }) {
      await mayAdd(person);
      if (name !== undefined) requireReadable(registry.all(), name);
      if (size > largestFile)
        throw new Refusal('FILE_TOO_BIG', { limit: largestFile / 1024 / 1024 });
    },

    /**
     * Keeps a file, and what was read in it, until it is confirmed. The same message again changes nothing
     * and shows nothing: undefined.
     */
    async hold(reader: Reader, sent: Sent): Promise<Shown | undefined> {
      const branches = await mayAdd(sent.person);
      const [upload, hash] = [UploadId.parse(randomUUID()), sha256(sent.bytes)];
      const { found } = sent;
      const kind = registry.of(found.kind);
      const name = oneLine(sent.name);
      const at = clock.now();
      const { count } = await db.client.upload.createMany({
        data: {
          id: upload,
          personId: sent.person,
          message: sent.message,
          name,
          title: found.read.title,
          hash,
          bytes: Uint8Array.from(sent.bytes),
          kind: kind.kind,
          form: kind.form,
          read: found.packed && Uint8Array.from(found.packed),
          createdAt: at,
        },
        skipDuplicates: true,
      });
      if (count === 0) return undefined;
      const until = new Date(at.getTime() + waits);
      const card = await kind.shown(reader, found.read, { upload, name, hash, until }, branches);
      return { upload, until, card };
    },

    /**
     * The sender says yes, once: whoever comes second, or after a day, is refused. The file is in its
     * place when `keep` has run.
     */
    async confirm(
      scope: SecretaryScope,
      { upload, branch, committee = false }: Confirming,
    ): Promise<string> {
      scope.require(branch);
      const [row] = await db.sql<{ title: string }>(
        `update upload set confirmed_at = $4, branch_id = $3, committee = $6 where id = $1::uuid and person_id = $2
           and confirmed_at is null and created_at > $5 returning title`,
        ...[
          upload,
          scope.by,
          branch,
          clock.now(),
          new Date(clock.now().getTime() - waits),
          committee,
        ],
      );
      if (!row) throw new Refusal('UPLOAD_GONE');
      return row.title;
    },

    /** The sender says no: the file is forgotten. */
    async drop({ upload, person }: Decision): Promise<string> {
      const [row] = await db.sql<{ title: string }>(
        `delete from upload where id = $1::uuid and person_id = $2 and confirmed_at is null returning title`,
        ...[upload, person],
      );
      if (!row) throw new Refusal('UPLOAD_GONE');
      return row.title;
    },

    /**
     * A confirmed file with what was read in it; undefined when it was dealt with before. It is read anew
     * only where an older build had stored it.
     */
    async confirmed(upload: UploadId): Promise<Confirmed | undefined> {
      const row = await db.client.upload.findUnique({ where: { id: upload } });
      if (!row?.confirmedAt || row.branchId === null) return undefined;
      const isKnown = registry.find(row.kind)?.form === row.form;
      const stored = isKnown && row.read ? await unpack(row.read) : undefined;
      const found = stored
        ? { kind: row.kind ?? '', read: stored as ReadFile }
        : await read({ name: row.name, bytes: row.bytes });
      const { committee, name: source, hash } = row;
      const [branch, person] = [BranchId.parse(row.branchId), PersonId.parse(row.personId)];
      return { upload, person, branch, committee, source, hash, ...found };
    },

    /** Stores a confirmed file as its kind does and forgets the upload. Undefined when done before. */
    keep: (reader: Reader, confirmed: Confirmed): Promise<Card | undefined> =>
      db.atomic(async () => {
        const { upload, kind, read: what, committee, source, hash } = confirmed;
        const { count } = await db.client.upload.deleteMany({ where: { id: upload } });
        if (count === 0) return undefined;
        const branch = await roster.branch(confirmed.branch);
        return registry.of(kind).kept(reader, what, { branch, committee, source, hash });
      }),

    /** A file nobody confirmed within a day. */
    async expire(upload: UploadId): Promise<void> {
      await db.client.upload.deleteMany({ where: { id: upload, confirmedAt: null } });
    },

    /** A confirmed file that could not be kept after all. */
    async forget(upload: UploadId): Promise<PersonId | undefined> {
      const row = await db.client.upload.findUnique({
        where: { id: upload },
        select: { personId: true },
      });
      await db.client.upload.deleteMany({ where: { id: upload } });
      return row ? PersonId.parse(row.personId) : undefined;
    },

    /** Whatever this person has sent and not confirmed. */
    async forgetOf(person: PersonId): Promise<void> {
      await db.client.upload.deleteMany({ where: { personId: person, confirmedAt: null } });
    },
  };
}
export type Files = ReturnType<typeof createFiles>;
