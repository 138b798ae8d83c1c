import { Fault } from '../../base/errors.ts';
import type { Incoming } from '../../bot/talk.ts';
import type { Clock } from '../../base/clock.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type BotId, readEvent } from './events.ts';
import { happeningInWords, messageInWords } from './normalize.ts';
import { isForBot } from './for-bot.ts';
import { envelopeOf } from '../connection/verify.ts';

interface StoredEventReaderNeeds {
  accounts: Accounts;
  clock: Clock;
  /** Has to be known before a stored event is read. */
  botId(): BotId | undefined;
}

/** Reads a stored event in our words; undefined where it is not for the bot after all. */
export function createStoredEventReader({ accounts, clock, botId }: StoredEventReaderNeeds) {
  return async (stored: unknown, trace: string): Promise<Incoming | undefined> => {
    const bot = botId();
    if (bot === undefined) throw new Fault('no event is read before the bot knows its own id');
    const envelope = envelopeOf(stored);
    const event = envelope && readEvent(envelope);
    if (event?.kind === 'happened')
      return accounts.inward(happeningInWords(event, clock.now()), trace);
    // It may have been stored before it could be told whom it mentions.
    if (event?.kind !== 'message' || !isForBot(event, bot)) return undefined;
    return accounts.inward(messageInWords(event, bot, clock.now()), trace);
  };
}
