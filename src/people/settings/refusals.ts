export interface SettingRefusals {
  /** `names`: what there is, one to a line. */
  SETTING_UNKNOWN: { said: string; names: string };
  /** `name` and a value that it may have, as they are written. */
  SETTING_VALUE: { name: string; example: string };
  SETTING_RANGE: { name: string; least: number; most: number };
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends SettingRefusals {}
}
