export interface FeedbackRefusals {
  FEEDBACK_UNKNOWN: { number: number };
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends FeedbackRefusals {}
}
