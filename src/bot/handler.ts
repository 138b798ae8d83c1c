import type { Action } from './action.ts';
import type { Command, PartsOf } from './command.ts';
import { createCommands } from './commands.ts';
import type { Order } from './own-words/order.ts';
import type { SmallTalk } from './small-talk.ts';
import type { Happened, Pressed, Reader, Reply, Said, SaidFile, SaidOther } from './talk.ts';

/** What came in, with the reader for whom it is answered. */
export type WithReader<T> = T & { reader: Reader };
export type SaidCommand<Any> = WithReader<Said> & { parts: PartsOf<Any> };
export type Press<Value> = WithReader<Omit<Pressed, 'value'>> & { value: Value };
/** `near`: the command it may have been meant as, offered below the answer. */
export type SaidQuestion = WithReader<Said> & { question: string; near?: Command };

/**
 * Work in two steps: `look` fetches what takes long before there is a transaction, since a transaction must
 * not wait for a network. It writes nothing; what it finds is handed on to `reply`.
 */
export interface TwoSteps<Event, Found> {
  look(event: Event): Promise<Found>;
  reply(event: Event, found: Found): Promise<Reply>;
}
export type Handling<Event, Found> = ((event: Event) => Promise<Reply>) | TwoSteps<Event, Found>;

/** What is left to do, in the transaction. */
export type Work = () => Promise<Reply>;
/** Fetches what takes long and returns what is left to do. */
type Handler<Event> = (event: Event) => Promise<Work>;
export type SaidWithParts = WithReader<Said> & { parts: unknown };

/** By what a handler is registered. */
export interface Registrations {
  onCommand<Values extends object>(
    command: Command<Values>,
    handler: (said: WithReader<Said> & { parts: Values }) => Promise<Reply>,
  ): void;
  /** Registers commands of a later version, which say so. */
  comesLater(...commands: Command[]): void;
  onPress<Value, Found>(
    action: Action<Value>,
    handler: Handling<Press<NoInfer<Value>>, Found>,
  ): void;
  onQuestion<Found>(handler: Handling<SaidQuestion, Found>): void;
  onSmallTalk(handler: (said: WithReader<Said> & { smallTalk: SmallTalk }) => Promise<Reply>): void;
  onOrder(handler: (said: WithReader<Said> & { order: Order }) => Promise<Reply>): void;
  onFile(handler: (said: WithReader<SaidFile>) => Promise<Reply>): void;
  onOther(handler: (said: WithReader<SaidOther>) => Promise<Reply>): void;
  on(what: Happened['what'], handler: (happened: WithReader<Happened>) => Promise<Reply>): void;
}

/** The press that somebody means who types the label of a button shown to them. */
export type PressOf = (
  said: Said,
) => Promise<Pick<Pressed, 'message' | 'action' | 'value'> | undefined>;

/** When work ends for whoever speaks there, in minutes after midnight. */
export type WorkEndOf = (said: Pick<Said, 'from' | 'place'>) => Promise<number>;

/** The handlers that were registered: one each per command, action and kind of event. */
export function createHandlers() {
  const known = createCommands();
  const commands = handlersOf<SaidWithParts>('command');
  const presses = handlersOf<Press<unknown>>('action');
  const schemas = new Map<string, Action<unknown>['schema']>();
  /** By the kind of message, or what its text turned out to be. */
  const kinds = handlersOf<unknown>('message');
  const happenings = handlersOf<WithReader<Happened>>('event');
  const register: Registrations = {
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
    onOrder: (handler) => kinds.set('order', handler),
    onFile: (handler) => kinds.set('file', handler),
    onOther: (handler) => kinds.set('other', handler),
    on: (what, handler) => happenings.set(what, handler),
  };
  const work: { endsAt?: WorkEndOf; pressOf?: PressOf } = {};
  return { register, known, commands, presses, schemas, kinds, happenings, work };
}
export type Handlers = ReturnType<typeof createHandlers>;

/** Handlers by name: a second one for the same name is a mistake in the composition. */
function handlersOf<Event>(kind: string) {
  const handlers = new Map<string, Handler<Event>>();
  return {
    set<Each, Found>(name: string, handling: Handling<Each, Found>) {
      if (handlers.has(name)) throw new Error(`Two handlers for ${kind} ${name}`);
      handlers.set(name, inSteps(handling) as unknown as Handler<Event>);
    },
    find: (name: string) => handlers.get(name),
    get(name: string): Handler<Event> {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`No handler for ${kind} ${name}`);
      return handler;
    },
  };
}

function inSteps<Event, Found>(handling: Handling<Event, Found>): Handler<Event> {
  if (typeof handling === 'function') return (event) => Promise.resolve(() => handling(event));
  return async (event) => {
    const found = await handling.look(event);
    return () => handling.reply(event, found);
  };
}
