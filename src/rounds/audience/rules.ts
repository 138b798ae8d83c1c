/** SQL: the people now in any group of the branch `$1`, whom its open rounds ask. */
export const membersNow = `(select m.person_id from chat_member m join chat c on c.id = m.chat_id
  where c.branch_id = $1 and c.gone_at is null and m.until is null)`;

/**
 * SQL: the person of row `p` of `round_person` is still waited for as far as the round alone tells: asked, no
 * answer, nothing made up, not on leave. The round's kind may spare them for now.
 */
export const isAwaited = (p: string) => `
  ${p}.left_at is null
  and not exists (select from answer a where a.round_id = ${p}.round_id and a.person_id = ${p}.person_id)
  and not exists (select from round_leave l where l.round_id = ${p}.round_id and l.person_id = ${p}.person_id)
  and not exists (select from round_makeup m where m.round_id = ${p}.round_id and m.person_id = ${p}.person_id)`;
