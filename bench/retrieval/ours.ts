import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Line } from './corpus.ts';
import { depth, type Engine, timed } from './engine.ts';

interface Answer {
  error?: string;
  hits: { id: string; conf: number }[];
  ms: number;
}

/** The retrieval that answers people, behind `src/program/retriever.ts`. */
export function startOurs(): Engine {
  const work = mkdtempSync(path.join(os.tmpdir(), 'xueban-bench-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/program/retriever.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function ask(request: object): Promise<Answer> {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error('The retriever ended.');
    const answer = JSON.parse(line.value) as Answer;
    if (answer.error) throw new Error(answer.error);
    return answer;
  }

  return {
    name: 'Xueban',
    async index(corpus) {
      const file = path.join(work, 'corpus.jsonl');
      await pipeline(Readable.from(written(corpus)), createWriteStream(file));
      await ask({ op: 'search', id: 'warm', query: '党章', k: 1 });
      const { ms } = await timed(() => ask({ op: 'index', corpus: file }));
      return ms;
    },
    search: (query) => ask({ op: 'search', id: 'q', query, k: depth }),
    async close() {
      child.stdin.end();
      await gone;
      rmSync(work, { recursive: true, force: true });
    },
  };
}

function* written(corpus: readonly Line[]) {
  for (const line of corpus) yield `${JSON.stringify(line)}\n`;
}
