import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { BranchId, MessageId, PersonId, UploadId } from '../ids.ts';
import { oneLine } from '../line.ts';
import type { Roster } from '../roster/service.ts';
import type { Branch } from '../roster/types.ts';
import type { Passage } from '../retrieval/types.ts';
import { largest, requireKind } from './kinds.ts';
import type { Reading } from './reading.ts';
import type { Shelf, Shelving } from './shelf.ts';
import type { Preview, Shelved } from './types.ts';

interface UploadNeeds {
  db: Db;
  clock: Clock;
  roster: Roster;
  reading: Reading;
  shelf: Shelf;
}

interface Sent {
  person: PersonId;
  message: MessageId;
  name: string;
  bytes: Uint8Array;
}
/** A file with what was read in it; nothing of it is stored yet. */
interface ReadFile extends Sent {
  title: string;
  passages: Passage[];
  lost: number;
}
interface Decision {
  upload: UploadId;
  person: PersonId;
}
interface Confirmed {
  upload: UploadId;
  person: PersonId;
  document: Shelving;
  passages: Passage[];
}

/** How long a file waits for its confirmation. */
const waits = 24 * 60 * 60 * 1000;

/** Files that secretaries send: read and shown first, in the library once the sender has confirmed. */
export function createUploads({ db, clock, roster, reading, shelf }: UploadNeeds) {
  /** The branches a person may add documents to; refuses who serves none. */
  async function mayAdd(person: PersonId): Promise<Branch[]> {
    const branches = (await roster.branchesOf(person)).filter((branch) => branch.secretary);
    if (branches.length === 0) throw new Refusal('FILE_FROM_MEMBER');
    return branches;
  }

  return {
    /** Refuses what can be refused before the file is fetched: who sends it, its kind, its size. */
    async mayRead(person: PersonId, { name, size = 0 }: { name: string; size?: number }) {
      await mayAdd(person);
      requireKind(name);
      if (size > largest) throw new Refusal('FILE_TOO_BIG', { limit: 10 });
    },

    /** Reads a file, in a thread of its own; refuses what cannot be read. */
    read: async (sent: Sent): Promise<ReadFile> => ({
      ...sent,
      ...(await reading.read(sent.name, sent.bytes)),
    }),

    /**
     * Keeps a file that was read until it is confirmed. The same message again changes nothing and
     * shows nothing: undefined.
     */
    async hold(file: ReadFile): Promise<Preview | undefined> {
      const branches = await mayAdd(file.person);
      const [upload, hash] = [randomUUID() as UploadId, sha256(file.bytes)];
      const name = oneLine(file.name);
      const at = clock.now();
      const { count } = await db.client.upload.createMany({
        data: {
          id: upload,
          personId: file.person,
          message: file.message,
          name,
          title: file.title,
          hash,
          bytes: Uint8Array.from(file.bytes),
          createdAt: at,
        },
        skipDuplicates: true,
      });
      if (count === 0) return undefined;
      const places: Preview['places'] = [];
      for (const { id, name: branch } of branches) {
        const already = await shelf.already(id, file.title, hash);
        places.push({ branch: { id, name: branch }, already });
      }
      const headings = file.passages.map(({ heading }) => heading).filter(Boolean);
      return {
        upload,
        title: file.title,
        name,
        passages: file.passages.length,
        headings: [...new Set(headings)].slice(0, 6),
        opening: file.passages[0]?.text ?? '',
        lost: file.lost,
        places,
        until: new Date(at.getTime() + waits),
      };
    },

    /**
     * The sender says yes, once: whoever comes second, or after a day, is refused. The document is in
     * the library when `keep` has run.
     */
    async confirm({ upload, branch, person }: Decision & { branch: BranchId }): Promise<string> {
      await roster.requireSecretary(person, branch);
      const [row] = await db.sql<{ title: string }>(
        `update upload set confirmed_at = $4, branch_id = $3 where id = $1::uuid and person_id = $2
           and confirmed_at is null and created_at > $5 returning title`,
        ...[upload, person, branch, clock.now(), new Date(clock.now().getTime() - waits)],
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

    /** Reads a confirmed file once more. Undefined when it was dealt with before. */
    async readConfirmed(upload: UploadId): Promise<Confirmed | undefined> {
      const row = await db.client.upload.findUnique({ where: { id: upload } });
      if (!row?.confirmedAt || row.branchId === null) return undefined;
      const { title, passages } = await reading.read(row.name, row.bytes);
      const branch = row.branchId as BranchId;
      const document = { branch, title, source: row.name, hash: row.hash };
      return { upload, person: row.personId as PersonId, document, passages };
    },

    /** Puts a confirmed file on its branch's shelf and forgets the upload. Undefined when done before. */
    keep: ({ upload, document, passages }: Confirmed): Promise<Shelved | undefined> =>
      db.atomic(async () => {
        const { count } = await db.client.upload.deleteMany({ where: { id: upload } });
        if (count === 0 || !document.branch) return undefined;
        const branch = await roster.branch(document.branch);
        const how = await shelf.put(document, passages);
        return { branch, title: document.title, passages: passages.length, how };
      }),

    /** A file nobody confirmed within a day. */
    async expire(upload: UploadId): Promise<void> {
      await db.client.upload.deleteMany({ where: { id: upload, confirmedAt: null } });
    },

    /** A confirmed file that could not be kept after all. */
    async forget(upload: UploadId): Promise<PersonId | undefined> {
      const row = await db.client.upload.findUnique({ where: { id: upload } });
      await db.client.upload.deleteMany({ where: { id: upload } });
      return row?.personId as PersonId | undefined;
    },
  };
}
export type Uploads = ReturnType<typeof createUploads>;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
