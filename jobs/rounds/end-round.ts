import { reportCard } from '../../cards/rounds/round-news.ts';
import type { Ended, KnownFeatures } from '../../cards/rounds/round-feature.ts';
import type { Card, Outgoing, Reader } from '../../src/bot/talk.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import type { Round } from '../../src/rounds/types.ts';

interface EndingNeeds {
  rounds: Rounds;
  kinds: KnownFeatures;
}

/** What follows when a round has ended, by its time or by word. */
export const createEnding = ({ rounds, kinds }: EndingNeeds) => ({
  /** Called right after the closing; returns messages for the people concerned. */
  afterClosing: async (reader: Reader, round: Round): Promise<Outgoing[]> =>
    (await kinds.of(round.kind).afterClosing?.(reader, round)) ?? [],

  /** What each secretary hears of it in private. */
  async reports(ended: Ended): Promise<Card[]> {
    const { reader, scope, round } = ended;
    const usual = async () =>
      reportCard(reader, kinds, await rounds.audience.missingIn(scope, round));
    return (await kinds.of(round.kind).reports?.(ended, usual)) ?? [await usual()];
  },
});
