/** A stretch of every day, in minutes from midnight; it may reach over midnight. */
export interface QuietHours {
  from: number;
  to: number;
}
