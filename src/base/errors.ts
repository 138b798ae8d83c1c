/**
 * Every "no" a person can hear, with the facts that its sentence mentions: text and numbers, never markup.
 * A topic adds its own beside its code; their words stand in its cards.
 *
 * @example
 * // src/rounds/refusals.ts
 * export interface RoundRefusals {
 *   ROUND_UNKNOWN: { number: number };
 * }
 * declare module '../errors.ts' {
 *   interface RefusalFacts extends RoundRefusals {}
 * }
 */
export interface RefusalFacts extends HouseRefusals {}

/** Those of the whole house. */
export interface HouseRefusals {
  // what was said
  PART_MISSING: { part?: string };
  PART_UNREADABLE: { part?: string; said?: string };
  TEXT_TOO_LONG: { part?: string; limit: number };
  TIME_PAST: { said?: string };
  TIME_UNREADABLE: { said: string };
  CLOCK_TIME_MISSING: { said: string };
  PERSON_UNKNOWN: { said: string };
  /** `near`: the command it was perhaps meant as. */
  COMMAND_UNKNOWN: { said: string; near?: string };
  NOT_YET: Nothing;
  MESSAGE_KIND: Nothing;
  // secret and private data
  TEXT_MARKED: { mark: string };
  TEXT_PERSONAL: { what: 'identity' | 'phones' | 'card' };
  FILE_MARKED: { mark: string };
  FILE_PERSONAL: { what: 'identity' | 'phones' | 'card' };
  // cards
  BUTTON_UNKNOWN: Nothing;
}
/** A "no" that has no facts. */
export type Nothing = Record<never, never>;
export type RefusalCode = keyof RefusalFacts;

/** The facts of one "no"; any may say which command it is about, so that its words can give an example. */
export type FactsOf<Code extends RefusalCode> = RefusalFacts[Code] & { command?: string };
/** The facts of any "no", once it is on its way. */
export type Facts = Readonly<Record<string, string | number | undefined>>;
/** A "no" as data, such as one that a thread hands on. */
export interface Refused {
  readonly code: RefusalCode;
  readonly facts: Facts;
}

type RefusalArguments<Code extends RefusalCode> = Nothing extends RefusalFacts[Code]
  ? [facts?: FactsOf<Code>, options?: ErrorOptions]
  : [facts: FactsOf<Code>, options?: ErrorOptions];

/** An error whose message is ours and quotes nobody, so that a log may show it. */
export class Fault extends Error {
  override readonly name: string = 'Fault';
}

/** A "no" the person should hear. Anything else that is thrown while serving is a bug. */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Fault implements Refused {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly facts: Facts;
  constructor(code: Code, ...told: RefusalArguments<Code>) {
    const [facts = {}, options] = told as [facts?: Facts, options?: ErrorOptions];
    super(code, options);
    this.code = code;
    this.facts = facts;
  }

  /** The same "no" once more: as it came from elsewhere, or with the command it is about. */
  static again({ code, facts }: Refused, options?: ErrorOptions): Refusal {
    return new Refusal(code, facts, options);
  }
}

/** Why the process cannot start, in one line for its operator, who can mend it. It ends with exit code 1. */
export class StartError extends Fault {
  override readonly name = 'StartError';
}

/** A value that is always there unless we are wrong. */
export function must<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Fault('a value that is always there is not');
  return value;
}
