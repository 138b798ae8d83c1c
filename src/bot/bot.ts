import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Action } from './action.ts';
import type { CommandName, PartsOf } from './commands.ts';
import { commandTable } from './command-table.ts';
import { naming, parse } from './parse.ts';
import type {
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
export type SaidCommand<Name extends CommandName> = Read<Said> & { parts: PartsOf[Name] };
export type Press<Value> = Read<Omit<Pressed, 'value'>> & { value: Value };
/** `near`: the command it may have been meant as, offered below the answer. */
export type SaidQuestion = Read<Said> & { question: string; near?: CommandName };

/** Commands that are complete without any part. */
export type CommandWithoutParts = 'help' | 'checkinAnswer' | 'status';

/** Thanks, greetings and 收到: nothing was asked. */
export type SmallTalk = 'thanks' | 'greeting' | 'received';

/** The router: one handler per command, action and kind of event. Handlers return what to say. */
export interface Bot {
  onCommand<Name extends CommandName>(
    name: Name,
    handler: (said: SaidCommand<Name>) => Promise<Reply>,
  ): void;
  onPress<Value>(action: Action<Value>, handler: (press: Press<Value>) => Promise<Reply>): void;
  onQuestion(handler: (said: SaidQuestion) => Promise<Reply>): void;
  onSmallTalk(handler: (said: Read<Said> & { smallTalk: SmallTalk }) => Promise<Reply>): void;
  onFile(handler: (said: Read<SaidFile>) => Promise<Reply>): void;
  onOther(handler: (said: Read<SaidOther>) => Promise<Reply>): void;
  on(what: Happened['what'], handler: (happened: Read<Happened>) => Promise<Reply>): void;
  /** Carries out a command that takes no parts for whoever pressed a button for it. */
  carryOut(name: CommandWithoutParts, press: Press<unknown>): Promise<Reply>;
  /** Finds the one handler and returns its reply; a Refusal becomes its card or toast, a bug is thrown. */
  handle(incoming: Incoming): Promise<Reply>;
}

type Handler<Value> = (value: Value) => Promise<Reply>;

export interface BotNeeds {
  clock: Clock;
  locale: Locale;
  zone: string;
  log: Log;
  /** The words of a "no": what is said under a message, and the toast of a press. */
  refusal(reader: Reader, refusal: Refusal): { said: Reply; toast: string };
  /** Runs a handler so that nothing it wrote stays when it refuses, such as a savepoint. */
  attempt?<T>(work: () => Promise<T>): Promise<T>;
}

/** A place for one handler: a second one for the same thing is a mistake in the composition. */
function slots<Value>(kind: string) {
  const handlers = new Map<string, Handler<Value>>();
  return {
    set(name: string, handler: Handler<never>) {
      if (handlers.has(name)) throw new Error(`Two handlers for ${kind} ${name}`);
      handlers.set(name, handler as unknown as Handler<Value>);
    },
    find: (name: string) => handlers.get(name),
    get(name: string): Handler<Value> {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`No handler for ${kind} ${name}`);
      return handler;
    },
  };
}

/**
 * Makes the router. Register every handler once, then hand it what comes in.
 *
 * @example
 * const bot = createBot({ clock, locale: 'zh-CN', zone: 'Asia/Shanghai', refusal, log });
 * bot.onCommand('status', async ({ parts }) => ({ card: statusCard(await rounds.status(parts)) }));
 * const reply = await bot.handle(incoming);
 */
export function createBot({ clock, locale, zone, log, refusal, attempt }: BotNeeds): Bot {
  const commands = slots<Read<Said> & { parts: unknown }>('command');
  const presses = slots<Press<unknown>>('action');
  const schemas = new Map<string, Action<unknown>['schema']>();
  const kinds = slots<unknown>('message');
  const happenings = slots<Read<Happened>>('event');

  const carryOut = (name: CommandName, message: Read<Said>, parts: unknown) =>
    naming(name, () => commands.get(name)({ ...message, parts }));

  async function said(message: Read<Said>): Promise<Reply> {
    const reading = parse(message, { now: message.reader.now, zone });
    log.debug({ trace: message.trace, is: reading.is }, 'message read');
    if (reading.is === 'command') return carryOut(reading.name, message, reading.parts);
    return kinds.get(reading.is)({ ...message, ...reading });
  }

  async function pressed(press: Read<Pressed>): Promise<Reply> {
    const handler = presses.find(press.action);
    const value = schemas.get(press.action)?.safeParse(press.value);
    if (!handler || !value?.success) throw new Refusal('BUTTON_UNKNOWN');
    return handler({ ...press, value: value.data });
  }

  function route(incoming: Incoming, reader: Reader): Promise<Reply> {
    switch (incoming.kind) {
      case 'said':
        return said({ ...incoming, reader });
      case 'pressed':
        return pressed({ ...incoming, reader });
      case 'happened':
        return happenings.find(incoming.what)?.({ ...incoming, reader }) ?? Promise.resolve({});
      default:
        return kinds.get(incoming.kind)({ ...incoming, reader });
    }
  }

  return {
    onCommand: (name, handler) => commands.set(name, handler),
    onPress(action, handler) {
      presses.set(action.name, handler);
      schemas.set(action.name, action.schema);
    },
    onQuestion: (handler) => kinds.set('question', handler),
    onSmallTalk: (handler) => kinds.set('small-talk', handler),
    onFile: (handler) => kinds.set('file', handler),
    onOther: (handler) => kinds.set('other', handler),
    on: (what, handler) => happenings.set(what, handler),
    carryOut(name, { message, place, from, at, trace, reader }) {
      const text = commandTable[name].word[locale];
      const asSaid = { message, place, from, at, trace, reader, text, mentions: [] };
      return carryOut(name, { kind: 'said', ...asSaid }, {});
    },
    async handle(incoming) {
      const reader = { locale, zone, now: clock.now() };
      try {
        const work = () => route(incoming, reader);
        return await (attempt ? attempt(work) : work());
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        log.info({ trace: incoming.trace, code: error.code }, 'refused');
        const words = refusal(reader, error);
        if (incoming.kind === 'happened') return {};
        if (incoming.kind !== 'pressed') return words.said;
        return { toast: { type: 'warning', content: words.toast } };
      }
    },
  };
}
