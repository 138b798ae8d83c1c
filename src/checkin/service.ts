import type { PersonId } from '../ids.ts';
import { longestAnswer, shortLines } from '../line.ts';
import type { Roster } from '../roster/service.ts';
import type { Where } from '../roster/types.ts';
import type { Rounds } from '../rounds/service.ts';
import type { Answered, AskedRound, Round, RoundKind } from '../rounds/types.ts';

/** 打卡: a tap, or a line of one's own. A second tap changes nothing; a line may be written anew. */
export const checkinKind: RoundKind = {
  name: 'checkin',
  isWithdrawable: true,
  read: (input) => (input === undefined ? null : { text: shortLines(input, 'text', longestAnswer) }),
  merge: (_earlier, next) => next ?? undefined,
  items(_round, given) {
    const texts = new Map(given.map(({ person, content }) => [person, content?.['text'] ?? '']));
    return { columns: [{ word: 'text' }], cells: (person) => [texts.get(person) ?? ''] };
  },
};

interface Opening {
  person: PersonId;
  place: Where;
  title: string;
  by?: Date;
}
interface AnsweringHere {
  person: PersonId;
  place: Where;
  at: Date;
}

/** Check-ins as people ask for them: here, by name of the place and not by number. */
export function createCheckins({ rounds, roster }: { rounds: Rounds; roster: Roster }) {
  return {
    /** Opens a check-in in this group, or from a private chat in the branch's first group. */
    async open({ person, place, title, by }: Opening): Promise<Round> {
      const { branch, group } = await roster.branchHere(person, place);
      const opening = { kind: checkinKind.name, branch: branch.id, chat: group, title };
      return rounds.open({ ...opening, by: person, closesAt: by });
    },

    /**
     * Answers the one open check-in that waits for this person. Where several wait, answers none and
     * returns those there are to choose from.
     */
    async answerHere({ person, place, at }: AnsweringHere): Promise<Answered | AskedRound[]> {
      const asking = await rounds.asking(person, place, checkinKind.name, at);
      const unanswered = asking.filter((round) => !round.answered);
      if (unanswered.length > 1) return place.kind === 'group' ? asking : unanswered;
      const [round = asking[0]] = unanswered;
      return rounds.answer({ round: round.id, person, at });
    },
  };
}
export type Checkins = ReturnType<typeof createCheckins>;
