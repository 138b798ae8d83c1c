import pg from 'pg';

/** A statement as it went to the server. */
export interface HeardStatement {
  text: string;
  /** Of its slowest run. */
  values: unknown[];
  ms: number;
  runs: number;
}

type Query = (...given: unknown[]) => unknown;
const touchesRows = /^\s*(?:select|insert|update|delete|with)\b/i;

/** Listens to every statement that this process sends to any server, while it is told to. */
export function listenToStatements() {
  const prototype = pg.Client.prototype as { query: Query };
  const { query } = prototype;
  const heard = new Map<string, HeardStatement>();
  let listens = false;

  function note(text: string, values: unknown[], ms: number) {
    const { runs, ...slowest } = heard.get(text) ?? { text, values, ms, runs: 0 };
    heard.set(text, { ...(ms > slowest.ms ? { text, values, ms } : slowest), runs: runs + 1 });
  }

  prototype.query = function listened(this: unknown, ...given: unknown[]) {
    if (!listens) return Reflect.apply(query, this, given);
    const [first, second] = given;
    const config = typeof first === 'string' ? { text: first, values: second } : first;
    const { text = '', values } = config as { text?: string; values?: unknown };
    const began = performance.now();
    const done = () => note(text, Array.isArray(values) ? values : [], performance.now() - began);
    // A pool hands over a function that is called with the answer; whoever has a connection gets a promise.
    const tell = given.at(-1);
    if (typeof tell === 'function')
      given[given.length - 1] = (...answer: unknown[]): unknown => {
        done();
        return Reflect.apply(tell, undefined, answer) as unknown;
      };
    const answer = Reflect.apply(query, this, given);
    if (answer instanceof Promise) void answer.then(done, done);
    return answer;
  };

  return {
    async during<T>(work: () => Promise<T>): Promise<T> {
      listens = true;
      try {
        return await work();
      } finally {
        listens = false;
      }
    },
    /** Those that read or write rows, each once, in the order in which they were first heard. */
    heard: () => [...heard.values()].filter(({ text }) => touchesRows.test(text)),
    stop() {
      prototype.query = query;
    },
  };
}
