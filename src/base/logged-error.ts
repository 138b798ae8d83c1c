import { Fault } from './errors.ts';

/** An error as a log may show it. */
interface LoggedError {
  type: string;
  /** Only of errors whose message is ours. */
  message?: string;
  code?: string | number;
  /** Where it was thrown: frames alone. */
  stack?: string;
  cause?: LoggedError;
}

interface Meta {
  driverAdapterError?: { cause?: { originalCode?: unknown } };
}

// A chain of causes is short; the limit ends one that refers to itself.
const deepest = 5;
const code = /^[\w.-]{1,60}$/;
/** A frame names a function and a place; what else stands in a stack is the message. */
const frame = /^ {4}at (?:.* )?\(?(?:file:|node:|\/|[A-Za-z]:[\\/])\S+:\d+:\d+\)?$/;

/**
 * What a log keeps of an error: its kind, its code and where it was thrown. The database quotes the values
 * that it refuses, a parser the text that it cannot read, and these are people's words; so a message is
 * kept of our own faults only.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error))
    return { type: error === null ? 'null' : typeof error, ...codeOf(error) };
  const { cause } = error;
  return {
    type: error.name,
    ...(error instanceof Fault && { message: error.message }),
    ...codeOf(error),
    stack: framesOf(error),
    ...(cause !== undefined && depth < deepest && { cause: loggedError(cause, depth + 1) }),
  };
}

/** The system's, the database's or the platform's name for it. */
function codeOf(error: unknown): { code?: string | number } {
  if (typeof error !== 'object' || error === null) return {};
  const { code: own, meta } = error as { code?: unknown; meta?: Meta };
  // Prisma's own code says of a statement only that it failed.
  const given = meta?.driverAdapterError?.cause?.originalCode ?? own;
  if (typeof given === 'number') return { code: given };
  return typeof given === 'string' && code.test(given) ? { code: given } : {};
}

function framesOf({ message, stack = '' }: Error): string {
  const after = stack.indexOf(message) + message.length;
  const frames = stack.slice(Math.max(0, after)).split('\n');
  return frames.filter((line) => frame.test(line)).join('\n');
}
