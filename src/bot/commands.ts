import type { Command } from './command.ts';

/** A word with the command it stands for. */
export interface Worded {
  word: string;
  command: Command;
}

/**
 * The commands that were registered. The order in which that happens decides nothing but the order of the
 * help: of two commands with one word one says that it comes `after` the other.
 */
export function createCommands() {
  const named = new Map<string, Command>();
  let worded: readonly Worded[] | undefined;
  /** Every word, the longest first. */
  const words = () => (worded ??= wordsOf([...named.values()]));
  return {
    add(command: Command) {
      if (named.has(command.name)) throw new Error(`Two commands ${command.name}`);
      for (const other of named.values()) checkApart(command, other);
      named.set(command.name, command);
      worded = undefined;
    },
    all: () => [...named.values()],
    find: (name: unknown) => (typeof name === 'string' ? named.get(name) : undefined),
    words,
    /** The commands of a word, in the order in which they are tried. */
    called: (word: string) =>
      words()
        .filter((each) => each.word === word)
        .map(({ command }) => command),
  };
}
export type Commands = ReturnType<typeof createCommands>;

export const wordsIn = ({ word, also = [] }: Command): string[] => [
  ...Object.values(word),
  ...also,
];

function checkApart(one: Command, other: Command) {
  const shared = wordsIn(one).find((word) => wordsIn(other).includes(word));
  const isOrdered = one.after === other.name || other.after === one.name;
  if (shared && !isOrdered)
    throw new Error(
      `${one.name} and ${other.name} share ${shared}: one has to say that it is after`,
    );
}

function wordsOf(commands: Command[]): Worded[] {
  return commands
    .flatMap((command) => wordsIn(command).map((word) => ({ command, word })))
    .sort(
      (a, b) =>
        b.word.length - a.word.length || compare(a.word, b.word) || inTurn(a.command, b.command),
    );
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const inTurn = (one: Command, other: Command) =>
  one.after === other.name ? 1 : other.after === one.name ? -1 : 0;
