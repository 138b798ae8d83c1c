import type { Clock } from '../base/clock.ts';
import { Refusal, type Refused, type RefusalCode } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Command } from './command.ts';
import type { Commands } from './commands.ts';
import {
  createHandlers,
  type Press,
  type PressOf,
  type Registrations,
  type Work,
  type WorkEndOf,
} from './handler.ts';
import { createRefusals, type AnySentences, type Told } from './refusals.ts';
import { inOrder, type Unreached, withToast, withUnreachedHint } from './reply.ts';
import { carryOut, carryOutLine, route } from './routing.ts';
import { beginsCommand, messagesIn } from './several.ts';
import type { Card, Incoming, Locale, Place, Reader, Reply } from './talk.ts';

/** The router: one handler per command, action and kind of event. Handlers return what to say. */
export interface Bot extends Registrations {
  /** The commands that were registered. */
  commands: Pick<Commands, 'all' | 'find'>;
  /** Does what this line says for whoever pressed a button for it, as if they had written it at `place`. */
  carryOutLine(line: string, from: Asker, place: Place): Promise<Reply>;
  /** Whether this line is a command with all that it needs. */
  isWhole(line: string, at: Date): boolean;
  /** Carries out a command as it stands without parts for whoever pressed a button for it. */
  carryOut(command: Command, press: Press<unknown>): Promise<Reply>;
  /** Registers the sentences of a topic's refusals. */
  says(words: AnySentences): void;
  /** Registers when work ends for whoever speaks here, in minutes after midnight: asked where a message names it. */
  onWorkEnd(tell: WorkEndOf): void;
  /** Registers how a typed label of a button is found among what was shown. */
  onTypedLabel(pressOf: PressOf): void;
  /** Registers who is known not to be reached. */
  warnsUnreached(unreached: Unreached): void;
  /** What is said to a "no", by the words that were registered for it. */
  refusal(reader: Reader, refused: Refused): RefusalShown;
  /** Every "no" that there are words for. */
  refusalCodes(): RefusalCode[];
  /**
   * Finds the one handler and has it look up what takes long, not to be called in a transaction. What it
   * returns does the rest and may be in one: a Refusal becomes its card or toast, a bug is thrown.
   */
  look(incoming: Incoming): Promise<() => Promise<Reply>>;
  /** Both steps at once. */
  handle(incoming: Incoming): Promise<Reply>;
}

/** Who has a command carried out, and when they asked for it. */
type Asker = Pick<Press<unknown>, 'message' | 'from' | 'at' | 'trace' | 'reader'>;

/** A "no" in both its forms. */
export interface RefusalShown {
  said: { card: Card };
  toast: string;
}

export interface BotNeeds {
  clock: Clock;
  locale: Locale;
  zone: string;
  log: Log;
  /** How a "no" is shown: what is said under a message, and the toast of a press. */
  refusal(reader: Reader, told: Told): RefusalShown;
  /** The toast of a press that brought a message and nothing on the card. */
  pressed(reader: Reader): string;
  /** Runs a handler so that nothing it wrote stays when it refuses, such as a savepoint. */
  attempt?: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Makes the router. Register every handler once, then hand it what comes in.
 *
 * @example
 * const bot = createBot({ clock, locale: 'zh-CN', zone: 'Asia/Shanghai', refusal, pressed, log });
 * bot.says(roundRefusals);
 * bot.onCommand(statusCommand, async ({ parts }) => ({ card: statusCard(await rounds.status(parts)) }));
 * const reply = await bot.handle(incoming);
 */
export function createBot(needs: BotNeeds): Bot {
  const { clock, locale, zone, log } = needs;
  const handlers = createHandlers();
  const attempt = needs.attempt ?? ((work) => work());
  const refusals = createRefusals(handlers.known);
  let unreached: Unreached | undefined;
  const refusal = (reader: Reader, refused: Refused) =>
    needs.refusal(reader, refusals.told(refused, reader.locale));

  async function answer(incoming: Incoming, reader: Reader, work: Work): Promise<Reply> {
    try {
      const reply = await attempt(work);
      if (incoming.kind !== 'said' && incoming.kind !== 'pressed') return reply;
      const hinted = await withUnreachedHint(unreached, reader, incoming, reply);
      return incoming.kind === 'pressed' ? withToast(hinted, needs.pressed(reader)) : hinted;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.info({ trace: incoming.trace, code: error.code }, 'refused');
      const words = refusal(reader, error);
      if (incoming.kind === 'happened') return {};
      if (incoming.kind !== 'pressed') return words.said;
      return { toast: { type: 'warning', content: words.toast } };
    }
  }

  async function lookAtOne(incoming: Incoming, reader: Reader) {
    const work = await route(handlers, incoming, reader).catch(refusedLater);
    return () => answer(incoming, reader, work);
  }

  /** Several commands in one message are done in order and answered one by one. */
  async function look(incoming: Incoming) {
    const reader = { locale, zone, now: clock.now() };
    if (incoming.kind !== 'said') return lookAtOne(incoming, reader);
    const messages = messagesIn(incoming, reader, handlers.known);
    const works: (() => Promise<Reply>)[] = [];
    for (const message of messages) works.push(await lookAtOne(message, reader));
    const [only, ...more] = works;
    return only && more.length === 0 ? only : () => inOrder(incoming, works);
  }

  return {
    ...handlers.register,
    commands: handlers.known,
    look,
    says: refusals.add,
    onWorkEnd(tell) {
      handlers.work.endsAt = tell;
    },
    onTypedLabel(pressOf) {
      handlers.work.pressOf = pressOf;
    },
    warnsUnreached(who) {
      unreached = who;
    },
    refusal,
    refusalCodes: refusals.codes,
    carryOut(command, { message, place, from, at, trace, reader }) {
      const text = command.word[locale];
      const said = { message, place, from, at, trace, reader, text, mentions: [] };
      return carryOut(handlers, command, { kind: 'said', ...said, parts: {} });
    },
    carryOutLine(text, { message, from, at, trace, reader }, place) {
      const said = { message, place, from, at, trace, reader, text, mentions: [] };
      return carryOutLine(handlers, { kind: 'said', ...said });
    },
    isWhole(text, at) {
      const said = { text, at, mentions: [] };
      return beginsCommand(said, { now: clock.now(), zone }, handlers.known) === 'whole';
    },
    handle: async (incoming) => (await look(incoming))(),
  };
}

/** A refusal met while looking is said in its turn, like any other. */
function refusedLater(error: unknown): Work {
  if (!(error instanceof Refusal)) throw error;
  return () => Promise.reject(error);
}
