import type { Db } from '../database/db.ts';
import type { PersonId } from '../base/ids.ts';
import { oneLine, severalLines } from '../base/line.ts';
import type { Participation, Leave, MadeUp } from './types.ts';

/** Leave from a round while it is open, and making up for it afterwards; each once per person. */
export function createLeaving(db: Db) {
  const keyOf = ({ id, person }: Pick<Participation, 'id' | 'person'>) => ({
    roundId: id,
    personId: person,
  });
  const hasAnswered = async (asked: Participation) =>
    (await db.client.answer.count({ where: keyOf(asked) })) > 0;

  /** True where there was no leave yet, or no reason, or another one. */
  async function writeLeave({ id, person, at }: Participation, text?: string): Promise<boolean> {
    const rows = await db.sql(
      `insert into round_leave as l (round_id, person_id, at, reason) values ($1, $2, $3, $4)
       on conflict (round_id, person_id) do update set reason = excluded.reason
         where excluded.reason is distinct from l.reason and excluded.reason is not null
       returning 1`,
      id,
      person,
      at,
      text ? oneLine(text) : null,
    );
    return rows.length > 0;
  }

  async function writeMakeup({ id, person, at }: Participation, text?: string): Promise<boolean> {
    const rows = await db.sql(
      `insert into round_makeup (round_id, person_id, at, text) values ($1, $2, $3, $4)
       on conflict (round_id, person_id) do nothing returning 1`,
      id,
      person,
      at,
      text ? severalLines(text) : null,
    );
    return rows.length > 0;
  }

  return {
    /** Leave from an open round. Whoever has answered needs none; a later reason replaces the earlier. */
    async leave(asked: Participation, text?: string): Promise<Leave> {
      const { number } = asked;
      if (await hasAnswered(asked)) return { outcome: 'answered', number };
      return { outcome: (await writeLeave(asked, text)) ? 'recorded' : 'kept', number };
    },

    /** Makes up for a round that is over. Whoever has answered, or made it up, changes nothing. */
    async makeUp(asked: Participation, text?: string): Promise<MadeUp> {
      const { number } = asked;
      if (await hasAnswered(asked)) return { outcome: 'answered', number };
      return { outcome: (await writeMakeup(asked, text)) ? 'recorded' : 'kept', number };
    },

    /** When they asked for leave, if they did. */
    async leaveSince(asked: Participation): Promise<Date | undefined> {
      const where = { roundId_personId: keyOf(asked) };
      return (await db.client.roundLeave.findUnique({ where }))?.at;
    },

    /** Their leave counts as asked for at this moment, though nothing about it changed. */
    async renewLeave(asked: Participation): Promise<void> {
      await db.client.roundLeave.updateMany({ where: keyOf(asked), data: { at: asked.at } });
    },

    /** What was counted stays, the words that went with it go. Returns how many there were. */
    async forgetWords(personId: PersonId): Promise<number> {
      const reasons = await db.client.roundLeave.updateMany({
        where: { personId, reason: { not: null } },
        data: { reason: null },
      });
      const texts = await db.client.roundMakeup.updateMany({
        where: { personId, text: { not: null } },
        data: { text: null },
      });
      return reasons.count + texts.count;
    },

    /** They take part after all. */
    async endLeave(asked: Participation): Promise<void> {
      await db.client.roundLeave.deleteMany({ where: keyOf(asked) });
    },
  };
}
