import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import { sha256 } from '../hash.ts';
import type { BranchId, MessageId, PersonId, UploadId } from '../ids.ts';
import { oneLine } from '../line.ts';
import type { Block } from '../retrieval/types.ts';
import type { Roster } from '../roster/service.ts';
import type { Branch } from '../roster/types.ts';
import type { Banks } from './banks.ts';
import { largest, requireReadable } from './kinds.ts';
import { createPreviews, type Shown } from './preview.ts';
import type { ReadFile, Reading } from './reading.ts';
import type { RestingOn } from './resting.ts';
import type { Shelf } from './shelf.ts';
import type { KeptBank, KeptWordList, Shelved } from './types.ts';
import type { StoredLists } from './word-lists.ts';

interface UploadNeeds {
  db: Db;
  clock: Clock;
  roster: Roster;
  reading: Reading;
  shelf: Shelf;
  banks: Banks;
  resting: RestingOn;
  lists: StoredLists;
}

interface Sent {
  person: PersonId;
  message: MessageId;
  name: string;
  bytes: Uint8Array;
}
/** A file with what was read in it; nothing of it is stored yet. */
interface SentAndRead extends Sent {
  read: ReadFile;
}
interface Decision {
  upload: UploadId;
  person: PersonId;
}
interface Confirming extends Decision {
  branch: BranchId;
  /** Only the branch's committee may ask it. */
  committee?: boolean;
}
interface Confirmed {
  upload: UploadId;
  person: PersonId;
  branch: BranchId;
  committee: boolean;
  source: string;
  hash: string;
  read: ReadFile;
}
export type Kept =
  | { is: 'document'; kept: Shelved }
  | { is: 'bank'; kept: KeptBank }
  | { is: 'words'; kept: KeptWordList };

/** How long a file waits for its confirmation. */
const waits = 24 * 60 * 60 * 1000;

/** Files that secretaries send: read and shown first, in the library once the sender has confirmed. */
export function createUploads(needs: UploadNeeds) {
  const { db, clock, roster, reading, shelf, banks, resting, lists } = needs;
  const preview = createPreviews({ shelf, banks, resting, lists });

  /** The branches a person may add documents to; refuses who serves none. */
  async function mayAdd(person: PersonId): Promise<Branch[]> {
    const branches = (await roster.branchesOf(person)).filter((branch) => branch.secretary);
    if (branches.length === 0) throw new Refusal('FILE_FROM_MEMBER');
    return branches;
  }

  return {
    /**
     * A document that was read through the platform goes the way of a file: under a name that keeps its
     * token, and with bytes that say what was read, so that the same text is known again.
     */
    linked: {
      name: ({ kind, token }: { kind: string; token: string }) => `feishu:${kind}/${token}`,
      bytes: (document: { title: string; blocks: Block[] }): Uint8Array =>
        new TextEncoder().encode(JSON.stringify(document)),
    },

    /** Refuses what can be refused before the file is fetched: who sends it, its kind, its size. */
    async mayRead(person: PersonId, { name, size = 0 }: { name?: string; size?: number }) {
      await mayAdd(person);
      if (name !== undefined) requireReadable(name);
      if (size > largest) throw new Refusal('FILE_TOO_BIG', { limit: 10 });
    },

    /** Reads a file, in a thread of its own; refuses what cannot be read. */
    read: async (sent: Sent): Promise<SentAndRead> => ({
      ...sent,
      read: await reading.readSent(sent.name, sent.bytes),
    }),

    /**
     * Keeps a file that was read until it is confirmed. The same message again changes nothing and
     * shows nothing: undefined.
     */
    async hold(file: SentAndRead): Promise<Shown | undefined> {
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
          title: file.read.title,
          hash,
          bytes: Uint8Array.from(file.bytes),
          createdAt: at,
        },
        skipDuplicates: true,
      });
      if (count === 0) return undefined;
      const held = { upload, name, hash, until: new Date(at.getTime() + waits) };
      return preview(held, file.read, branches);
    },

    /**
     * The sender says yes, once: whoever comes second, or after a day, is refused. The document is in
     * the library when `keep` has run.
     */
    async confirm({ upload, branch, person, committee = false }: Confirming): Promise<string> {
      await roster.requireSecretary(person, branch);
      const [row] = await db.sql<{ title: string }>(
        `update upload set confirmed_at = $4, branch_id = $3, committee = $6 where id = $1::uuid and person_id = $2
           and confirmed_at is null and created_at > $5 returning title`,
        ...[
          upload,
          person,
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

    /** Reads a confirmed file once more. Undefined when it was dealt with before. */
    async readConfirmed(upload: UploadId): Promise<Confirmed | undefined> {
      const row = await db.client.upload.findUnique({ where: { id: upload } });
      if (!row?.confirmedAt || row.branchId === null) return undefined;
      const read = await reading.readSent(row.name, row.bytes);
      const branch = row.branchId as BranchId;
      const person = row.personId as PersonId;
      const { committee, name: source, hash } = row;
      return { upload, person, branch, committee, source, hash, read };
    },

    /** Puts a confirmed file on its branch's shelf and forgets the upload. Undefined when done before. */
    keep: ({ upload, read, ...place }: Confirmed): Promise<Kept | undefined> =>
      db.atomic(async () => {
        const { count } = await db.client.upload.deleteMany({ where: { id: upload } });
        if (count === 0) return undefined;
        const branch = await roster.branch(place.branch);
        const { title } = read;
        const { branch: id, committee, source, hash } = place;
        if (read.is === 'bank')
          return { is: 'bank', kept: await banks.put({ branch, title, source, hash }, read) };
        if (read.is === 'words') {
          const how = await lists.put({ branch: id, text: read.text, hash });
          return { is: 'words', kept: { branch, groups: read.groups.length, how } };
        }
        const { edition, passages } = read;
        const shelving = { branch: id, committee, title, source, hash, edition };
        const { how, before } = await shelf.put(shelving, read);
        const [rests] = before ? await resting.on({ title, branch: id, document: before.id }) : [];
        const shelved = { branch, title, passages: passages.length, how, committee, edition };
        const kept = { ...shelved, resting: rests };
        return { is: 'document', kept };
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
