import type { PersonId } from '../ids.ts';

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
  edit: { round: number; title?: string; by?: Date; time?: Date; at?: string; agenda?: string };
  status: { round?: number };
  close: { round: number };
  recall: { round: number };
}
export type CommandName = keyof PartsOf;
