import type { ChatId, PersonId, RoundId } from '../base/ids.ts';
import type { Branch, Person, SecretaryScope } from '../people/roster/types.ts';

/** How many were asked, and how many of them have answered. */
export interface Tally {
  asked: number;
  done: number;
  /** On leave, with no answer. */
  onLeave?: number;
  /** Made up after the end, with no answer. */
  madeUp?: number;
  /** Asked by name, and free not to answer. */
  exempt?: number;
}

/** What a kind of round has to say about itself, such as how many questions it asks. */
export type Spec = Record<string, string | number>;

export interface Round {
  id: RoundId;
  /** 编号 within the branch. */
  number: number;
  kind: string;
  title: string;
  branch: Branch;
  /** The group its card stands in. */
  chat: ChatId;
  openedBy: PersonId;
  openedAt: Date;
  closesAt: Date;
  state: 'open' | 'closed' | 'recalled';
  /** When it ended, by time or by command. */
  closedAt?: Date;
  tally: Tally;
  spec: Spec;
  /** What its kind keeps of it in tables of its own: read by the kind alone. */
  own?: unknown;
  /** Which of its cards is the live one, from 0: a card can be changed for some days only. */
  card: number;
}

/** At least one, so the first can be relied on. */
export type Some<T> = [T, ...T[]];

/** A round as one of those asked sees it. */
export interface AskedRound extends Round {
  answered: boolean;
}

/** The rounds here that ask somebody; `isNone`: there are none at all, whomever they ask. */
export interface RoundsAsking {
  rounds: AskedRound[];
  isNone: boolean;
}

/** What an answer says beyond being given; nothing for a mere button. */
export type Content = Record<string, string | number> | null;

/**
 * What the answers of one kind of round are, and what the kind keeps of its own. All else (who is asked, until
 * when, closing, counting) is the same for every kind and stands in `service.ts`.
 */
export interface RoundKind {
  readonly name: string;
  /** While the round is open, its person may have it deleted and answer again. */
  readonly isWithdrawable?: true;
  /** The kind sends its own reminders, so the automatic reminder leaves its rounds out. */
  readonly remindsItself?: true;
  /** The answer in what a person wrote or pressed; throws a Refusal when it is none. */
  read(input: string | undefined): Content;
  /** The answer that stands when `next` comes after `earlier`; undefined: the earlier one stays. */
  merge(earlier: Content, next: Content): Content | undefined;
  /** Refuses an answer that this kind does not take at its moment. */
  check?(asked: Participation): void;
  /** What an export shows of these people, one column an item; without it nothing but that they came. */
  items?(round: Round, people: readonly AskedPerson[]): Items | Promise<Items>;
  /** What it keeps of these rounds in tables of its own: read with every round, as its `own`. */
  own?(rounds: RoundId[]): Promise<ReadonlyMap<RoundId, unknown>>;
  /** Who need not be waited for now in these rounds, though they have not answered, such as people who said they will come. */
  spared?(rounds: RoundId[]): Promise<readonly Spared[]>;
  /** Deletes what this person told it about these open rounds of its kind; returns those where there was something. */
  withdraw?(person: PersonId, rounds: RoundId[]): Promise<readonly RoundId[]>;
}

/** Somebody whom a round need not wait for, for the time being. */
export interface Spared {
  round: RoundId;
  person: PersonId;
}

/** The part of a kind of round that the engine reads. */
export interface OfKind {
  readonly kind: RoundKind;
}
/** The kinds of round. Ask it when a round is at hand, not earlier: features add their kinds one by one. */
export interface KnownKinds<Kind extends OfKind = OfKind> {
  of(name: string): Kind;
  all(): readonly Kind[];
}
export interface Kinds<Kind extends OfKind> extends KnownKinds<Kind> {
  add(kind: Kind): void;
}

/** Somebody a round asks, and all that stands about them beside each other: an answer outranks the others. */
export interface AskedPerson {
  person: PersonId;
  name: string;
  answeredAt?: Date;
  content: Content;
  madeUpAt?: Date;
  leave?: { at: Date; reason: string | null };
}

/** A round as it asks one person: it is open to them and stays so until the surrounding transaction ends. */
export interface Participation extends Pick<Round, 'id' | 'number' | 'kind' | 'title' | 'own'> {
  person: PersonId;
  /** When they spoke, by the platform's clock. */
  at: Date;
}

/** What somebody says about a round, and when they said it. */
export interface Statement {
  round: RoundId;
  person: PersonId;
  at: Date;
  /** Where only one kind of round can be meant. */
  kind?: string;
}

/** The same, with what they wrote if they did. */
export interface StatementInWords extends Statement {
  text?: string;
}

/** What an export shows: people's own words as they are; ours by name, which the face of the kind says in words. */
export type Item = string | number | { word: string };

/** The items of one round, as an export shows them. */
export interface Items {
  columns: readonly Item[];
  /** What this person answered, column by column; empty where they did not. */
  cells(person: PersonId): readonly Item[];
  /** Of an anonymous round: all that is shown of it, line by line, and nobody beside it. */
  totals?: readonly (readonly [string, string | number])[];
}

/** How one of those asked stands at the end; `late`: made up after it. */
export interface PersonDetail extends Omit<Person, 'id'> {
  person: PersonId;
  state: 'done' | 'late' | 'leave' | 'exempt' | 'missing';
  at?: Date;
  cells: readonly Item[];
}

/** A round as its export begins: what its columns are, or of an anonymous one its totals. */
export interface RoundHead extends Pick<Items, 'columns' | 'totals'> {
  round: Round;
}

/** `kept`: this person's answer was there already and stays as it is. */
export type Outcome = 'recorded' | 'replaced' | 'kept';

/** What became of one answer. */
export interface Answered {
  outcome: Outcome;
  round: Pick<Round, 'id' | 'number' | 'kind' | 'title' | 'own'>;
  content: Content;
}

/** What became of asking for leave, or of making up; `answered`: there is an answer, so it is not needed. */
export interface Leave {
  outcome: 'recorded' | 'kept' | 'answered';
  number: number;
}
export type MadeUp = Leave;

/** Somebody on leave from a round, with their reason: for its secretaries alone. */
export interface OnLeave extends Person {
  reason: string | null;
}

/** Who has not answered a round: for its secretaries alone. */
export interface Missing {
  round: Round;
  missing: Person[];
  onLeave: OnLeave[];
}

/** What a person answered lately: their own to see. */
export interface OwnAnswers {
  count: number;
  latest: { number: number; title: string; at: Date }[];
}

/** One round waits for one person. */
export interface AwaitedPerson {
  person: PersonId;
  round: RoundId;
  closesAt: Date;
  /** The person cannot be written to any more. */
  gone: boolean;
}

/** What changed about a round, for those who are told. */
export interface Edit {
  title?: string;
  closesAt?: Date;
  /** Parts of what this kind says about itself. */
  spec?: Spec;
}

/** A secretary's decision about a round, and when they spoke. */
export interface Decision {
  scope: SecretaryScope;
  round: RoundId;
  at: Date;
}

/** A round as it was when its change was decided, and as it is now. */
export interface Edited {
  before: Round;
  round: Round;
}
