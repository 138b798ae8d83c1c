import type { Nothing } from '../../base/errors.ts';

export interface MeetingRefusals {
  MEETING_STARTED: { number: number };
  MEETING_END: { number: number };
  MEETING_TYPE: Nothing;
  SIGN_IN_EARLY: { number: number };
  ANSWERED_SINCE: { number: number };
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends MeetingRefusals {}
}
