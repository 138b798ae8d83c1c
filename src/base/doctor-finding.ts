/** What `npm run doctor` may find. The words, and how bad it is, stand in `cards/program/doctor.ts`. */
export type FindingCode =
  // settings
  | 'SETTINGS_GOOD'
  | 'SETTINGS_BAD'
  | 'LOCAL_MODE'
  // model
  | 'MODEL_GOOD'
  | 'MODEL_KEY_BAD'
  | 'MODEL_MISSING'
  | 'MODEL_UNREACHED'
  | 'MODEL_SLOW'
  | 'MODEL_STRANGE'
  | 'EMBEDDING_GOOD'
  | 'EMBEDDING_BAD'
  // platform
  | 'PLATFORM_UNREACHED'
  | 'CREDENTIALS_GOOD'
  | 'CREDENTIALS_BAD'
  | 'CLOCK_GOOD'
  | 'CLOCK_OFF'
  | 'CLOCK_WRONG'
  | 'CLOCK_UNKNOWN'
  | 'BOT_GOOD'
  | 'BOT_MISSING'
  | 'BOT_INACTIVE'
  | 'SCOPES_GOOD'
  | 'SCOPES_MISSING'
  | 'SCOPES_UNKNOWN'
  | 'SCOPE_TOO_WIDE'
  | 'SCOPE_GROWING'
  | 'EVENTS_GOOD'
  | 'EVENTS_MISSING'
  | 'CALLBACK_GOOD'
  | 'CALLBACK_MISSING'
  | 'SUBSCRIPTIONS_UNKNOWN'
  | 'DOOR_OTHER'
  | 'KEYS_GOOD'
  | 'KEYS_OTHER'
  // database
  | 'DATABASE_GOOD'
  | 'DATABASE_NOT_MADE'
  | 'DATABASE_EMPTY'
  | 'DATABASE_UNREACHED'
  | 'DATABASE_OLD'
  | 'DATABASE_BEHIND'
  | 'DATABASE_NEWER'
  | 'DATABASE_OTHERS'
  // machine
  | 'DATA_GOOD'
  | 'DATA_CLOSED'
  | 'DISK_LOW'
  | 'DISK_FULL'
  | 'CORPUS_GOOD'
  | 'CORPUS_CLOSED'
  | 'CORPUS_EMPTY'
  // address
  | 'PORT_FREE'
  | 'PORT_TAKEN'
  | 'PORT_CLOSED'
  | 'RUNS'
  | 'RUNS_UNREADY'
  | 'PUBLIC_GOOD'
  | 'PUBLIC_LOCAL'
  | 'PUBLIC_PLAIN';

/** One finding, with what its sentence mentions. Never a secret. */
export interface Finding {
  readonly code: FindingCode;
  readonly facts: Readonly<Record<string, string | number>>;
}

export const found = (code: FindingCode, facts: Finding['facts'] = {}): Finding => ({
  code,
  facts,
});
