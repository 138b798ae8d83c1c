import type { z } from 'zod';
import type {
  Card,
  CardElement,
  Outgoing,
  Place,
  Reader,
  Reply,
  Toast,
} from '../../src/bot/talk.ts';
import type { BranchId, PersonId, RoundId } from '../../src/base/ids.ts';
import type { BranchScope } from '../../src/people/roster/types.ts';
import type {
  Answered,
  Decision,
  Edit,
  Kinds,
  KnownKinds,
  Round,
  RoundKind,
} from '../../src/rounds/types.ts';

/**
 * A kind of round as one object: everything in which it differs from the others. Its feature adds it to the
 * kinds; no other code about rounds has to know it.
 *
 * @example
 * kinds.add({ kind: checkinKind, face: checkinFace });
 */
export interface RoundFeature {
  /** What its answers are. */
  kind: RoundKind;
  face: RoundFace;
  /** How it is answered in words where that takes more than one: `答 12 3 B`. */
  byWord?(speaker: Speaker, round: RoundId, text?: string): Promise<Reply>;
  /** How it takes a leave, where that is not the usual way. */
  leave?: LeaveByKind;
  /** What of it can be changed beside its title and end. */
  edit?: RoundEdit;
  /** What `签到` alone does where no check-in asks this person; undefined where it means nothing here. */
  signIn?(speaker: Speaker, branches: readonly BranchId[]): Promise<Reply | undefined>;
  /** Called right after the closing; returns messages for the people concerned. */
  afterClosing?(reader: Reader, round: Round): Promise<Outgoing[]>;
  /** The cards that each secretary gets in private at the end, if not only the usual report. */
  reports?(ended: Ended, usual: () => Promise<Card>): Promise<Card[]>;
}
export type RoundFeatures = Kinds<RoundFeature>;
export type KnownFeatures = KnownKinds<RoundFeature>;

/** How one kind of round looks. Everything else about rounds looks the same for every kind. */
export interface RoundFace {
  /** What the kind is called. */
  name(reader: Reader): string;
  /** The live card in the group. */
  card(reader: Reader, round: Round): Card;
  /** What the card becomes once a new one has taken its place. */
  movedCard(reader: Reader, round: Round): Card;
  /** After an answer by command. */
  answeredLine(reader: Reader, answered: Answered): string;
  /** After an answer by button. */
  answeredToast(reader: Reader, answered: Answered): Toast;
  /** How it stands, in counts. */
  tally(reader: Reader, round: Round): string;
  /** Its time, where that is not simply its end. */
  when?(reader: Reader, round: Round): string;
  /** What stands before the names of those who are waited for, where that is not "missing". */
  waitedFor?(reader: Reader, round: Round): string;
  /** What is said of one that was taken back or closed so early that it does not take place; else undefined. */
  off?(reader: Reader, round: Round): string | undefined;
  /** Whether leave can still be asked for, where that is not as long as it is open. */
  takesLeave?(reader: Reader, round: Round): boolean;
  /** The words of its items in an export, by the names that the kind gives them. */
  items?(reader: Reader): Readonly<Record<string, string>>;
  /** Its other cards, which follow it too, by the subject under which they were sent. */
  others?(reader: Reader, round: Round): { subject: string; card: Card }[];
  /** What somebody who is asked presses in private; none where it is answered otherwise. */
  answerButton?(reader: Reader, round: Round): CardElement;
}

/** Who asks for something, where, and when they did. */
export interface Speaker {
  from: PersonId;
  place: Place;
  at: Date;
  reader: Reader;
}

/** Somebody who does not take part in a round, perhaps with their reason. */
export interface LeaveRequest extends Speaker {
  round: RoundId;
  text?: string;
}
export interface LeaveByKind {
  byWord(leave: LeaveRequest): Promise<Reply>;
  byPress(leave: LeaveRequest): Promise<Reply>;
}

/** A round that has just ended, for its secretaries. */
export interface Ended {
  reader: Reader;
  scope: BranchScope;
  round: Round;
}

/** Parts of a change that only some kinds know, as a command or a button carries them; times in milliseconds. */
export type OwnParts = Readonly<Record<string, string | number>>;

/** How a round of a kind with parts of its own is changed. */
export interface RoundEdit {
  /** Whether the kind knows all of these parts. */
  knows(own: OwnParts): boolean;
  change(decision: Decision, edit: Edit, own: OwnParts): Promise<Round>;
  /** What changed, as those are told who were told of the round. */
  told(reader: Reader, round: Round, edit: Edit, own: OwnParts): CardElement[];
  /** A card for the person who made the change, in private. */
  aside?(reader: Reader, round: Round, own: OwnParts): Promise<Card | undefined>;
}
interface TypedEdit<Own> {
  /** What it knows, and nothing else. */
  parts: z.ZodType<Own>;
  change(decision: Decision, edit: Edit & Own): Promise<Round>;
  told(reader: Reader, round: Round, edit: Edit & Own): CardElement[];
  aside?(reader: Reader, round: Round, own: Own): Promise<Card | undefined>;
}

/** Gives each part its type. */
export function defineRoundEdit<Own>(typed: TypedEdit<Own>): RoundEdit {
  const known = (own: OwnParts): Own => typed.parts.parse(own);
  return {
    knows: (own) => typed.parts.safeParse(own).success,
    change: async (decision, edit, own) => typed.change(decision, { ...edit, ...known(own) }),
    told: (reader, round, edit, own) => typed.told(reader, round, { ...edit, ...known(own) }),
    aside: async (reader, round, own) => typed.aside?.(reader, round, known(own)),
  };
}
