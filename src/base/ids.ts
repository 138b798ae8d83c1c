/**
 * Ids are branded, so that a chat is never passed where a person is meant. They are our own numbers;
 * the platform's ids stay in `src/feishu/`. The one exception is a message id: it is opaque to us and
 * only ever handed back to the platform.
 */
declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type PersonId = Branded<number, 'person'>;
export type ChatId = Branded<number, 'chat'>;
export type BranchId = Branded<number, 'branch'>;
export type RoundId = Branded<number, 'round'>;
export type AttemptId = Branded<number, 'attempt'>;
export type DocumentId = Branded<number, 'document'>;
export type PassageId = Branded<number, 'passage'>;
export type FeedbackId = Branded<number, 'feedback'>;
export type StandardId = Branded<number, 'standard'>;
export type UploadId = Branded<string, 'upload'>;
/** The platform's id of a message (`om_…`): opaque, handed back as it came. */
export type MessageId = Branded<string, 'message'>;
