import { z } from 'zod';

/**
 * Ids are branded, so that a chat is never passed where a person is meant. They are our own numbers;
 * the platform's ids stay in `src/feishu/`. The one exception is a message id: it is opaque to us and
 * only ever handed back to the platform.
 *
 * Each id is a type and, under the same name, the schema of what may be one: for what comes back from a
 * button, for the payload of a job, and for a column that Prisma's client gives as a bare number.
 */
declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** The schema takes and gives the branded type, so that nobody adds a job with a bare number. */
const branded = <Id>(schema: z.ZodType): z.ZodType<Id, Id> => schema as z.ZodType<Id, Id>;
/** Of a row: no number that PostgreSQL's `integer` could not hold. */
const numbered = <Id extends number>() => branded<Id>(z.int().positive().max(2147483647));

export type PersonId = Branded<number, 'person'>;
export const PersonId = numbered<PersonId>();
export type ChatId = Branded<number, 'chat'>;
export const ChatId = numbered<ChatId>();
export type BranchId = Branded<number, 'branch'>;
export const BranchId = numbered<BranchId>();
export type RoundId = Branded<number, 'round'>;
export const RoundId = numbered<RoundId>();
export type AttemptId = Branded<number, 'attempt'>;
export const AttemptId = numbered<AttemptId>();
export type DocumentId = Branded<number, 'document'>;
export const DocumentId = numbered<DocumentId>();
export type PassageId = Branded<number, 'passage'>;
export const PassageId = numbered<PassageId>();
export type FeedbackId = Branded<number, 'feedback'>;
export const FeedbackId = numbered<FeedbackId>();
export type StandardId = Branded<number, 'standard'>;
export const StandardId = numbered<StandardId>();
export type UploadId = Branded<string, 'upload'>;
export const UploadId = branded<UploadId>(z.uuid());
/** The platform's id of a message (`om_…`): opaque, handed back as it came. */
export type MessageId = Branded<string, 'message'>;
export const MessageId = branded<MessageId>(z.string());
