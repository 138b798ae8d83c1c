import { randomUUID } from 'node:crypto';
import type { Card, Reader } from '../../bot/talk.ts';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import { sha256 } from '../../base/hash.ts';
import { type BranchId, type MessageId, type PersonId, UploadId } from '../../base/ids.ts';
import { oneLine } from '../../base/text.ts';
import type { Branch, SecretaryScope } from '../../people/roster/types.ts';
import type { ReadResult } from './file-reading.ts';
import type { FileKinds } from './file-kinds.ts';

interface UploadsNeeds {
  db: Db;
  clock: Clock;
  kinds: FileKinds;
  /** The branches a person may add files to; refuses who serves none. */
  branchesFor(person: PersonId): Promise<Branch[]>;
}

/** A file with what was read in it; nothing of it is stored yet. */
interface FileToHold {
  person: PersonId;
  message: MessageId;
  name: string;
  bytes: Uint8Array;
  found: ReadResult;
}
/** A file that waits for its confirmation, with the card for its sender. */
interface HeldUpload {
  upload: UploadId;
  /** When it is forgotten. */
  until: Date;
  card: Card;
}
interface UploadRejection {
  upload: UploadId;
  person: PersonId;
}
interface UploadConfirmation {
  upload: UploadId;
  branch: BranchId;
  /** Only the branch's committee may ask it. */
  committee?: boolean;
}
/** How long a file waits for its confirmation. */
const confirmableMs = 24 * 60 * 60 * 1000;

/** Files that were read and shown, and wait until their sender confirms or rejects them. */
export function createUploads({ db, clock, kinds, branchesFor }: UploadsNeeds) {
  return {
    /**
     * Stores a file, and what was read in it, until it is confirmed. Returns undefined, and changes nothing, where
     * the message was handled before.
     */
    async hold(reader: Reader, sent: FileToHold): Promise<HeldUpload | undefined> {
      const branches = await branchesFor(sent.person);
      const [upload, hash] = [UploadId.parse(randomUUID()), sha256(sent.bytes)];
      const { found } = sent;
      const kind = kinds.of(found.kind);
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
      const until = new Date(at.getTime() + confirmableMs);
      const card = await kind.shown(reader, found.read, { upload, name, hash, until }, branches);
      return { upload, until, card };
    },

    /**
     * Records that the sender confirms, and returns the title. Refuses a second confirmation, and one after a day.
     * The file is in the library once `confirmed.store` has run.
     */
    async confirm(
      scope: SecretaryScope,
      { upload, branch, committee = false }: UploadConfirmation,
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
          new Date(clock.now().getTime() - confirmableMs),
          committee,
        ],
      );
      if (!row) throw new Refusal('UPLOAD_GONE');
      return row.title;
    },

    /** Deletes a file which the sender does not want to add, and returns its title. */
    async drop({ upload, person }: UploadRejection): Promise<string> {
      const [row] = await db.sql<{ title: string }>(
        `delete from upload where id = $1::uuid and person_id = $2 and confirmed_at is null returning title`,
        ...[upload, person],
      );
      if (!row) throw new Refusal('UPLOAD_GONE');
      return row.title;
    },

    /** Deletes a file that nobody confirmed within a day. */
    async expire(upload: UploadId): Promise<void> {
      await db.client.upload.deleteMany({ where: { id: upload, confirmedAt: null } });
    },

    /** Deletes what this person has sent and not confirmed. */
    async deleteUnconfirmedOf(person: PersonId): Promise<void> {
      await db.client.upload.deleteMany({ where: { personId: person, confirmedAt: null } });
    },
  };
}
