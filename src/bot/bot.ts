import type { Clock } from '../base/clock.ts';
import { Refusal, type Refused, type RefusalCode } from '../base/errors.ts';
import type { PersonId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Action } from './action.ts';
import type { Command, PartsOf } from './command.ts';
import { createCommands, type Commands } from './commands.ts';
import { namesWorkEnd } from './times/times.ts';
import { naming, parse } from './parse.ts';
import { createRefusals, type AnySentences, type Told } from './refusals.ts';
import type { SmallTalk } from './small-talk.ts';
import type {
  Card,
  Happened,
  Incoming,
  Locale,
  Pressed,
  Reader,
  Reply,
  Said,
  SaidFile,
  SaidOther,
} from './talk.ts';

type Read<T> = T & { reader: Reader };
export type SaidCommand<Any> = Read<Said> & { parts: PartsOf<Any> };
export type Press<Value> = Read<Omit<Pressed, 'value'>> & { value: Value };
/** `near`: the command it may have been meant as, offered below the answer. */
export type SaidQuestion = Read<Said> & { question: string; near?: Command };

/**
 * Work in two steps: what takes long to look up is looked up before there is a transaction, since nobody
 * waits for a network inside one. It writes nothing; what it finds is handed on.
 */
export interface TwoSteps<Asked, Found> {
  look(asked: Asked): Promise<Found>;
  reply(asked: Asked, found: Found): Promise<Reply>;
}
type Handling<Asked, Found> = ((asked: Asked) => Promise<Reply>) | TwoSteps<Asked, Found>;

/** The router: one handler per command, action and kind of event. Handlers return what to say. */
export interface Bot {
  onCommand<Values extends object>(
    command: Command<Values>,
    handler: (said: Read<Said> & { parts: Values }) => Promise<Reply>,
  ): void;
  /** Registers commands of a later version, which say so. */
  comesLater(...commands: Command[]): void;
  /** The commands that were registered. */
  commands: Pick<Commands, 'all' | 'find'>;
  onPress<Value, Found>(
    action: Action<Value>,
    handler: Handling<Press<NoInfer<Value>>, Found>,
  ): void;
  onQuestion<Found>(handler: Handling<SaidQuestion, Found>): void;
  onSmallTalk(handler: (said: Read<Said> & { smallTalk: SmallTalk }) => Promise<Reply>): void;
  onFile(handler: (said: Read<SaidFile>) => Promise<Reply>): void;
  onOther(handler: (said: Read<SaidOther>) => Promise<Reply>): void;
  on(what: Happened['what'], handler: (happened: Read<Happened>) => Promise<Reply>): void;
  /** Carries out a command as it stands without parts for whoever pressed a button for it. */
  carryOut(command: Command, press: Press<unknown>): Promise<Reply>;
  /** Registers the sentences of a topic's refusals. */
  says(words: AnySentences): void;
  /** Registers when work ends for whoever speaks here, in minutes after midnight: asked where a message names it. */
  onWorkEnd(tell: TellsWorkEnd): void;
  /** Registers who is known not to be reached. */
  knows(unreached: Unreached): void;
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

type TellsWorkEnd = (said: Pick<Said, 'from' | 'place'>) => Promise<number>;

/** A "no" in both its forms. */
export interface RefusalShown {
  said: { card: Card };
  toast: string;
}

/** Somebody to whom private messages are known not to get through, and what they are told of it in a group. */
export interface Unreached {
  is(person: PersonId): Promise<boolean>;
  line(reader: Reader): string;
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
  const handlers = openHandlers();
  const attempt = needs.attempt ?? ((work) => work());
  const refusals = createRefusals(handlers.known);
  let unreached: Unreached | undefined;
  const refusal = (reader: Reader, refused: Refused) =>
    needs.refusal(reader, refusals.told(refused, reader.locale));

  async function answer(incoming: Incoming, reader: Reader, work: Work): Promise<Reply> {
    try {
      const reply = await attempt(work);
      if (incoming.kind !== 'said' && incoming.kind !== 'pressed') return reply;
      const told = await honest(unreached, reader, incoming, reply);
      return incoming.kind === 'pressed' ? seen(told, needs.pressed(reader)) : told;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.info({ trace: incoming.trace, code: error.code }, 'refused');
      const words = refusal(reader, error);
      if (incoming.kind === 'happened') return {};
      if (incoming.kind !== 'pressed') return words.said;
      return { toast: { type: 'warning', content: words.toast } };
    }
  }

  async function look(incoming: Incoming) {
    const reader = { locale, zone, now: clock.now() };
    const work = await route(handlers, incoming, reader).catch(refusedLater);
    return () => answer(incoming, reader, work);
  }

  return {
    ...registrations(handlers),
    commands: handlers.known,
    look,
    says: refusals.add,
    onWorkEnd(tell) {
      handlers.work.endsAt = tell;
    },
    knows(who) {
      unreached = who;
    },
    refusal,
    refusalCodes: refusals.codes,
    carryOut(command, { message, place, from, at, trace, reader }) {
      const text = command.word[locale];
      const said = { message, place, from, at, trace, reader, text, mentions: [] };
      return carryOut(handlers, command, { kind: 'said', ...said, parts: {} });
    },
    handle: async (incoming) => (await look(incoming))(),
  };
}

/** What is left to do, in the transaction. */
type Work = () => Promise<Reply>;
/** Looks up what takes long and returns what is left to do. */
type Handler<Value> = (value: Value) => Promise<Work>;
type SaidWithParts = Read<Said> & { parts: unknown };
type Handlers = ReturnType<typeof openHandlers>;

function openHandlers() {
  return {
    known: createCommands(),
    work: {} as { endsAt?: TellsWorkEnd },
    commands: slots<SaidWithParts>('command'),
    presses: slots<Press<unknown>>('action'),
    schemas: new Map<string, Action<unknown>['schema']>(),
    /** By the kind of message, or what its text turned out to be. */
    kinds: slots<unknown>('message'),
    happenings: slots<Read<Happened>>('event'),
  };
}

/** Places for one handler each: a second for the same thing is a mistake in the composition. */
function slots<Value>(kind: string) {
  const handlers = new Map<string, Handler<Value>>();
  return {
    set<Each, Found>(name: string, handling: Handling<Each, Found>) {
      if (handlers.has(name)) throw new Error(`Two handlers for ${kind} ${name}`);
      handlers.set(name, inSteps(handling) as unknown as Handler<Value>);
    },
    find: (name: string) => handlers.get(name),
    get(name: string): Handler<Value> {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`No handler for ${kind} ${name}`);
      return handler;
    },
  };
}

function inSteps<Value, Found>(handling: Handling<Value, Found>): Handler<Value> {
  if (typeof handling === 'function') return (value) => Promise.resolve(() => handling(value));
  return async (value) => {
    const found = await handling.look(value);
    return () => handling.reply(value, found);
  };
}

/** A refusal met while looking is said in its turn, like any other. */
function refusedLater(error: unknown): Work {
  if (!(error instanceof Refusal)) throw error;
  return () => Promise.reject(error);
}

function registrations(
  handlers: Handlers,
): Pick<Bot, 'comesLater' | Exclude<Extract<keyof Bot, `on${string}`>, 'onWorkEnd'>> {
  const { known, commands, presses, schemas, kinds, happenings } = handlers;
  return {
    onCommand(command, handler) {
      known.add(command);
      commands.set(command.name, handler);
    },
    comesLater: (...later) => later.forEach((command) => known.add(command)),
    onPress(action, handler) {
      presses.set(action.name, handler);
      schemas.set(action.name, action.schema);
    },
    onQuestion: (handler) => kinds.set('question', handler),
    onSmallTalk: (handler) => kinds.set('small-talk', handler),
    onFile: (handler) => kinds.set('file', handler),
    onOther: (handler) => kinds.set('other', handler),
    on: (what, handler) => happenings.set(what, handler),
  };
}

const nothing: Work = () => Promise.resolve({});

async function route(handlers: Handlers, incoming: Incoming, reader: Reader): Promise<Work> {
  switch (incoming.kind) {
    case 'said':
      return hear(handlers, { ...incoming, reader });
    case 'pressed':
      return press(handlers, { ...incoming, reader });
    case 'happened':
      return handlers.happenings.find(incoming.what)?.({ ...incoming, reader }) ?? nothing;
    case 'file':
    case 'other':
      return handlers.kinds.get(incoming.kind)({ ...incoming, reader });
  }
}

async function hear(handlers: Handlers, said: Read<Said>): Promise<Work> {
  const workEnds = namesWorkEnd(said.text) ? await handlers.work.endsAt?.(said) : undefined;
  const reading = parse(said, { ...said.reader, workEnds }, handlers.known);
  if (reading.is !== 'command') return handlers.kinds.get(reading.is)({ ...said, ...reading });
  return () => carryOut(handlers, reading.command, { ...said, parts: reading.parts });
}

const carryOut = ({ commands }: Handlers, { name }: Command, said: SaidWithParts) =>
  naming(name, async () => (await commands.get(name)(said))());

/** A press is answered where it was made: by a toast or a new card, whatever else it brought. */
function seen(reply: Reply, otherwise: string): Reply {
  if (reply.toast ?? reply.replace) return reply;
  return { ...reply, toast: { type: 'info', content: reply.text ?? otherwise } };
}

/** Who hears "sent to you in private" and cannot be reached hears what to do as well. */
async function honest(
  unreached: Unreached | undefined,
  reader: Reader,
  { place, from }: Said | Pressed,
  reply: Reply,
): Promise<Reply> {
  const { text, toast, send = [] } = reply;
  const isPrivate = send.some(({ to }) => 'person' in to && to.person === from);
  if (place.kind !== 'group' || !isPrivate || !unreached) return reply;
  if ((text === undefined && !toast) || !(await unreached.is(from))) return reply;
  const withMore = (told: string) => `${told}\n${unreached.line(reader)}`;
  if (toast) return { ...reply, toast: { type: 'warning', content: withMore(toast.content) } };
  return { ...reply, text: withMore(text ?? '') };
}

async function press({ presses, schemas }: Handlers, pressed: Read<Pressed>): Promise<Work> {
  const handler = presses.find(pressed.action);
  const value = schemas.get(pressed.action)?.safeParse(pressed.value);
  if (!handler || !value?.success) throw new Refusal('BUTTON_UNKNOWN');
  return handler({ ...pressed, value: value.data });
}
