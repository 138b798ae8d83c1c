import { setTimeout as sleep } from 'node:timers/promises';
import type { CreatedCard, Messenger } from '../../src/bot/messenger.ts';
import type { Card, Outgoing } from '../../src/bot/talk.ts';
import type { Db } from '../../src/database/db.ts';
import type { Log } from '../../src/base/log.ts';
import type { Outbox } from '../../src/queue/outbox.ts';
import { nextCardSequence } from '../../src/queue/card-sequence.ts';

interface GrowingNeeds {
  db: Db;
  log: Log;
  outbox: Outbox;
  messenger: Messenger;
}

/** One message whose card comes to be while people watch. */
export interface GrowingCard {
  /** Lets its text be this soon; what is overtaken by a newer text before that is never shown. */
  show(text: string): void;
  /** Nothing more is shown. */
  stop(): void;
}
type AnswerMessage = Omit<Outgoing, 'content'> & { id: string; subject: string };
interface CardForms {
  /** The card as it begins, made by `streamed`, and the element in it whose text grows. */
  streamed: Card;
  element: string;
  /** The card that stands until the final one where none can grow. */
  plain: Card;
}

// The platform takes ten changes a second of one card.
const steady = 250;
// Longer than the platform normally needs, and short compared with the time of an answer.
const patience = 1_500;

/**
 * Cards whose text is streamed while it is written. Where the platform does not allow that they stand still, and
 * either way they get their final form by `outbox.refresh` of their subject.
 */
export function createGrowingCards({ db, log, outbox, messenger }: GrowingNeeds) {
  async function createCard(card: Card): Promise<string | undefined> {
    const tired = new AbortController();
    const late = sleep(patience, undefined, { signal: tired.signal })
      .then((): CreatedCard => ({ outcome: 'unknown', reason: 'no answer in time' }))
      .catch((): CreatedCard => ({ outcome: 'unknown', reason: 'no answer was waited for' }));
    const created = await Promise.race([messenger.createCard(card), late]);
    tired.abort();
    if (created.outcome === 'created') return created.entity;
    log.info({ reason: created.reason }, 'a card cannot grow and stands still until it is written');
    return undefined;
  }

  /** What became of the message, if it was put before. */
  async function find(id: string) {
    const [row] = await db.sql<{ entity: string | null; isFinal: boolean }>(
      `select entity, wanted_version > 0 as "isFinal" from outgoing where id = $1::uuid`,
      id,
    );
    return row;
  }

  function growing(id: string, entity: string, element: string): GrowingCard {
    return createTypist(async (text) => {
      const sequence = await nextCardSequence(db, id, 1);
      const changed = await messenger.streamText(entity, { element, text, sequence });
      // The next text holds this one, and the final card does not need it.
      if (changed.outcome !== 'changed') log.info({ id, ...changed }, 'a text did not grow');
    }, log);
  }

  return {
    /**
     * Puts the message, or goes on with it where it was put before. Undefined where it has had its final
     * form by then.
     */
    async begin(message: AnswerMessage, forms: CardForms): Promise<GrowingCard | undefined> {
      const before = await find(message.id);
      if (before?.isFinal) return undefined;
      const entity = before ? (before.entity ?? undefined) : await createCard(forms.streamed);
      // The row and its job together, or neither.
      if (!before)
        await db.atomic(() => outbox.put([{ ...message, content: { card: forms.plain, entity } }]));
      return entity === undefined ? still : growing(message.id, entity, forms.element);
    },

    /** Gives the message its final form; where it was not put yet it is put with it. */
    finish: ({ id, subject, ...message }: AnswerMessage, card: Card): Promise<void> =>
      db.atomic(async () => {
        if (await find(id)) await outbox.refresh(subject, card);
        else await outbox.put([{ id, subject, ...message, content: { card } }]);
      }),

    isFinal: async (id: string) => (await find(id))?.isFinal ?? false,
  };
}
export type GrowingCards = ReturnType<typeof createGrowingCards>;

const still: GrowingCard = { show: () => {}, stop: () => {} };

/** Says the newest text, one at a time and never sooner than `steady` after the one before. */
function createTypist(say: (text: string) => Promise<void>, log: Log): GrowingCard {
  const stopped = new AbortController();
  let newest: string | undefined;
  let isSaying = false;
  async function run() {
    isSaying = true;
    while (newest !== undefined && !stopped.signal.aborted) {
      const text = newest;
      newest = undefined;
      const rest = sleep(steady, undefined, { signal: stopped.signal }).catch(() => {});
      await say(text).catch((err: unknown) => log.warn({ err }, 'a text did not grow'));
      await rest;
    }
    isSaying = false;
  }
  return {
    show(text) {
      newest = text;
      if (!isSaying) void run();
    },
    stop: () => stopped.abort(),
  };
}
