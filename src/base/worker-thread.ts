import os from 'node:os';
import { Worker, type WorkerOptions } from 'node:worker_threads';

export interface Limits {
  /** For one request. */
  ms: number;
  /** For its objects; twice as much for all that it holds, which packed files can make grow. */
  memoryMb: number;
  /** After this long without a request the thread ends, which frees its memory. */
  idleMs: number;
}

/** A request needed more time or memory than its thread has; the thread was ended, with all that it held. */
export class TooHeavy extends Error {
  override readonly name = 'TooHeavy';
}

export interface WorkerThread<Request, Answer> {
  /** One request at a time, in order. Throws `TooHeavy` for what needs too long or too much. */
  ask(request: Request): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * A worker thread that is started when it is first asked, and anew after one that had to be stopped.
 * The module, given as `new URL('./name.ts', import.meta.url)`, answers each message with one.
 */
export function createWorkerThread<Request, Answer>(
  module: URL,
  { ms, memoryMb, idleMs }: Limits,
): WorkerThread<Request, Answer> {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const stop = async () => {
    clearTimeout(idle);
    const stopping = worker;
    worker = undefined;
    await stopping?.terminate();
  };

  function started(): Worker {
    const made = boot(module, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
    // One that was stopped may end after the next one has begun.
    return made.once('exit', () => {
      if (worker === made) worker = undefined;
    });
  }

  async function run(request: Request): Promise<Answer> {
    if (closed) throw new Error('The thread is closed');
    clearTimeout(idle);
    worker ??= started();
    worker.ref();
    try {
      const answer = await answerOf<Answer>(worker, request, { ms, memoryMb });
      worker.unref();
      idle = setTimeout(() => void stop(), idleMs).unref();
      return answer;
    } catch (error) {
      await stop();
      throw error;
    }
  }

  return {
    ask(request) {
      const answer = last.then(() => run(request));
      last = answer.catch(() => {});
      return answer;
    },
    async close() {
      closed = true;
      await stop();
    },
  };
}

const watchMs = 50;

function answerOf<Answer>(
  worker: Worker,
  request: unknown,
  { ms, memoryMb }: Pick<Limits, 'ms' | 'memoryMb'>,
): Promise<Answer> {
  const ends: (() => void)[] = [];
  const answer = new Promise<Answer>((resolve, reject) => {
    const listen = (event: string, listener: (value: unknown) => void) => {
      worker.on(event, listener);
      ends.push(() => worker.off(event, listener));
    };
    const timer = setTimeout(() => reject(new TooHeavy()), ms);
    ends.push(() => clearTimeout(timer));
    // A thread's own limit leaves out its buffers, into which files are unpacked.
    const most = process.memoryUsage.rss() + memoryMb * 2 * 1024 * 1024;
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() > most) reject(new TooHeavy());
    }, watchMs);
    ends.push(() => clearInterval(watch));
    listen('message', (value) => resolve(value as Answer));
    listen('error', (error) => reject(reasonOf(error)));
    listen('exit', () => reject(new Error('The thread ended')));
    worker.postMessage(request);
  });
  return answer.finally(() => ends.forEach((end) => end()));
}

function reasonOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('The thread failed', { cause: error });
  const isOutOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isOutOfMemory ? new TooHeavy() : error;
}

/**
 * Lowers the priority of the thread that calls it, so that everything else gets the processor first. This cannot be
 * undone, as a process may not raise its priority again; the thread that starts after the idle time has the usual one.
 * Only Linux has priorities per thread; elsewhere the whole process would slow down.
 */
export function giveWay(): void {
  if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
}

/** From the sources with the TypeScript loader, from the build as it is. */
function boot(module: URL, options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return quiet(
      new Worker(new URL(module.href.replace(/\.ts$/, '.js')), { ...options, execArgv: [] }),
    );
  }
  const loader = import.meta.resolve('tsx/esm/api');
  const start = `import(${JSON.stringify(loader)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(module.href)});
  });`;
  return quiet(new Worker(start, { ...options, execArgv: [], eval: true }));
}

/** An error outside a request ends the thread, and must not end the process. */
function quiet(worker: Worker): Worker {
  return worker.on('error', () => {});
}
