import type { FeedbackId, PersonId, StandardId } from '../ids.ts';
import type { DocumentLink } from './talk.ts';

/** `9:30`, a time of day without a day. */
export interface ClockTime {
  hour: number;
  minute: number;
}

/** A stretch of calendar: a year, or one quarter or month of it. */
export interface Period {
  year: number;
  quarter?: number;
  month?: number;
}

export type MeetingType =
  | 'general'
  | 'committee'
  | 'group'
  | 'lecture'
  | 'themeday'
  | 'orglife'
  | 'review'
  | 'theory'
  | 'study';

/** What each command carries once it is read. A command's words, parts and who may run it stand in its table. */
export interface PartsOf {
  help: Record<never, never>;
  bind: { name: string };
  secretary: { person: PersonId };
  unsecretary: { person: PersonId };
  /** `签到 标题 [截止 时间]` */
  checkinOpen: { title: string; by?: Date };
  /** `签到` without more */
  checkinAnswer: Record<never, never>;
  answer: { round: number; text?: string };
  going: { round: number };
  notgoing: { round: number; why?: string };
  here: { round: number };
  /** At least one of the changes is there. */
  edit: { round: number; title?: string; by?: Date; time?: Date; at?: string; agenda?: string };
  quiz: { bank?: string; count?: number; by?: Date };
  survey: { name: string; by?: Date };
  meeting: { type: MeetingType; time: Date; at?: string; agenda?: string };
  status: { round?: number };
  nudge: { round?: number };
  leave: { round: number; why?: string };
  makeup: { round: number; text?: string };
  close: { round: number };
  recall: { round: number };
  export: { round?: number; period?: Period };
  ledger: { period?: Period };
  due: Record<never, never>;
  /** Without `set`: how it stands. */
  daily: { set?: 'on' | 'off'; at?: ClockTime; workdays?: boolean; from?: string };
  study: { minutes: number; what?: string };
  me: Record<never, never>;
  quiet: { set: 'on'; from: ClockTime; to: ClockTime } | { set: 'off' };
  review: Record<never, never>;
  /** Without `what`: what is stored. `confirm` deletes. */
  privacy: { what?: 'export' | 'delete' | 'confirm' };
  handover: { person: PersonId };
  /** `which`: a document's number, or (a part of) its title. */
  docs:
    | { does: 'list'; search?: string }
    | { does: 'retire' | 'restore'; which: string }
    | { does: 'synonyms' }
    | { does: 'add'; link: DocumentLink };
  /** `confirm`: its source was renewed and still says so. */
  standard:
    | { does: 'list'; search?: string }
    | { does: 'retire' | 'restore' | 'confirm'; which: StandardId }
    | { does: 'write'; question: string; answer: string; source: string };
  feedback: { does: 'list' } | { does: 'finish'; which: FeedbackId };
  template: Record<never, never>;
}
export type CommandName = keyof PartsOf;
