import type { Action } from './action.ts';
import type { CommandName, PartsOf } from './commands.ts';
import type {
  Happened,
  Incoming,
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
  /** Finds the one handler and returns its reply; a Refusal becomes its card or toast, a bug is thrown. */
  handle(incoming: Incoming): Promise<Reply>;
}
