/** Every "no" a person can hear. Its words stand in `cards/refusal.ts`, which does not compile without them. */
export type RefusalCode =
  // who may
  | 'NOT_SECRETARY'
  | 'NOT_ADMIN'
  | 'NOT_OWNER_OR_ADMIN'
  | 'NOT_MEMBER'
  | 'BRANCH_NAME_TAKEN'
  | 'GROUP_BOUND_ELSEWHERE'
  | 'LAST_SECRETARY'
  // where
  | 'GROUP_NOT_BOUND'
  | 'NO_BRANCH'
  | 'GROUP_ONLY'
  // what was said
  | 'PART_MISSING'
  | 'PART_UNREADABLE'
  | 'TEXT_TOO_LONG'
  | 'TIME_PAST'
  | 'TIME_UNREADABLE'
  | 'CLOCK_TIME_MISSING'
  | 'PERSON_UNKNOWN'
  | 'COMMAND_UNKNOWN'
  | 'NOT_YET'
  // rounds
  | 'ROUND_UNKNOWN'
  | 'ROUND_CLOSED'
  | 'MEETING_STARTED'
  | 'MEETING_END'
  | 'MEETING_TYPE'
  | 'SIGN_IN_EARLY'
  | 'NOBODY_ASKED'
  | 'ANSWERED_SINCE'
  | 'ROUND_OPEN'
  | 'ROUND_RECALLED'
  | 'NO_OPEN_ROUND'
  | 'NOTHING_OPEN'
  | 'NOT_IN_ROUND'
  | 'WRONG_KIND'
  | 'NOTHING_TO_EXPORT'
  // own hours
  | 'QUIET_EMPTY'
  // documents
  | 'NO_DOCUMENT'
  | 'DOCUMENT_UNKNOWN'
  | 'DOCUMENT_AMBIGUOUS'
  | 'DOCS_UNKNOWN'
  | 'DOCS_AMBIGUOUS'
  | 'DOCS_SHARED'
  // answers
  | 'FEEDBACK_UNKNOWN'
  | 'STANDARD_UNKNOWN'
  | 'SOURCE_UNKNOWN'
  // quizzes
  | 'NO_BANK'
  | 'BANK_UNKNOWN'
  | 'TOO_FEW_QUESTIONS'
  | 'HANDED_IN'
  | 'NOT_YOUR_CARD'
  | 'QUESTION_UNKNOWN'
  | 'OPTION_UNKNOWN'
  | 'NOTHING_CHOSEN'
  | 'QUIZ_WORDS'
  // secret and private data
  | 'TEXT_MARKED'
  | 'TEXT_PERSONAL'
  // cards
  | 'BUTTON_UNKNOWN'
  // files
  | 'FILE_KIND'
  | 'FILE_OLD_KIND'
  | 'FILE_EMPTY'
  | 'FILE_LOCKED'
  | 'FILE_SCANNED'
  | 'SHEET_UNKNOWN'
  | 'SURVEY_LATER'
  | 'COLUMNS_MISSING'
  | 'BANK_EMPTY'
  | 'BANK_TOO_LONG'
  | 'SYNONYMS_TOO_LONG'
  | 'FILE_DAMAGED'
  | 'FILE_TOO_BIG'
  | 'FILE_TOO_HEAVY'
  | 'FILE_MARKED'
  | 'FILE_PERSONAL'
  | 'FILE_GONE'
  | 'FILE_FROM_MEMBER'
  | 'LINK_UNKNOWN'
  | 'LINK_KIND'
  | 'LINK_FORBIDDEN'
  | 'LINK_GONE'
  | 'LINK_IN_GROUP'
  | 'UPLOAD_GONE'
  | 'PASSAGE_GONE'
  | 'SOURCE_ELSEWHERE'
  | 'MESSAGE_KIND';

/** Values that the sentence of a refusal mentions, such as the number or the limit. Never markup. */
export type Facts = Readonly<Record<string, string | number>>;

/** A "no" the person should hear. Anything else that is thrown while serving is a bug. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: RefusalCode,
    readonly facts: Facts = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** Why the process cannot start, in one line for its operator, who can mend it. It ends with exit code 1. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** A value that is always there unless we are wrong. */
export function must<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('a value that is always there is not');
  return value;
}
