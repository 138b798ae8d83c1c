import type { Locale } from '../talk.ts';
import type { Written } from '../times/times.ts';

/** When and where a text was written, and in which words the command is to be written. */
export interface WrittenIn extends Written {
  locale: Locale;
}

/**
 * How people ask in their own words for what a command does. The patterns stand beside the command; a text
 * that fits one is never looked up in the documents.
 */
export interface InOwnWords {
  /** Something is to be done: it is offered, and done once it is confirmed. */
  todo?: RegExp;
  /** Somebody wants to see something of their own or of their branch: it is shown at once, to them alone. */
  toSee?: RegExp;
  /** What somebody says of themselves, 我想请假去接孩子: nothing is recorded by saying it. */
  ofSelf?: RegExp;
  /** What would stand behind the command's word, as far as it was understood. */
  rest?(text: string, written: WrittenIn): string | undefined;
}
