import type { Scope } from './types.ts';

/**
 * Which documents may answer, as a condition on the columns of `document`: those of all and of these
 * branches, for their committee only where a document is for it alone; in force on that day, neither
 * retired nor given way to a newer edition. The arguments say where the values stand, such as `$3`.
 */
export const mayAnswer = (branches: string, committees: string, day: string): string => `
  state = 'current'
  and (branch_id is null or branch_id = any(${branches}::int[]))
  and (not committee or branch_id = any(${committees}::int[]))
  and coalesce(valid_from <= ${onDay(day)}, true) and coalesce(valid_to >= ${onDay(day)}, true)
  and coalesce(superseded_on > ${onDay(day)}, true)`;

const onDay = (day: string) => `coalesce(${day}::date, current_date)`;

/** The values of a scope, in the order in which `mayAnswer` asks for their places. */
export const scopeValues = ({ branches, committees = [], day }: Scope) =>
  [[...branches], [...committees], day ?? null] as const;
