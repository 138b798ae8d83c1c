export interface StandardRefusals {
  STANDARD_UNKNOWN: { number: number };
  SOURCE_UNKNOWN: { said: string };
  SOURCE_ELSEWHERE: { branch: string };
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends StandardRefusals {}
}
