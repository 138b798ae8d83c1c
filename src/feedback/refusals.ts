export interface FeedbackRefusals {
  FEEDBACK_UNKNOWN: { number: number };
}
declare module '../errors.ts' {
  interface RefusalFacts extends FeedbackRefusals {}
}
