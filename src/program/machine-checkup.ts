import { accessSync, constants, existsSync, readdirSync, statfsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { type Finding, found } from '../base/doctor-finding.ts';

/** What Xueban answers to `/readyz`; whoever answers something else is another program. */
const Readiness = z.object({
  ready: z.boolean(),
  missing: z.array(z.object({ name: z.string() })),
});
const megabyte = 1024 * 1024;
/** Free megabytes: below the first the disk is low, below the second it counts as full. */
const [little, nothing] = [1_024, 100];

/** Whether the folder can be written to, or be made, and how much room its disk has. */
export function examineDataDir(folder: string): Finding {
  const there = nearest(folder);
  try {
    // The slash makes a file in its place a fault too, whoever asks.
    accessSync(`${there}/`, constants.W_OK | constants.X_OK);
  } catch (error) {
    return found('DATA_CLOSED', { folder, reason: codeOf(error) });
  }
  const { bavail, bsize } = statfsSync(there);
  const free = Math.floor((bavail * bsize) / megabyte);
  if (free < nothing) return found('DISK_FULL', { folder, free });
  return found(free < little ? 'DISK_LOW' : 'DATA_GOOD', { folder, free });
}

function nearest(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearest(parent);
}

/** Whether the study documents can be read. */
export function examineCorpus(folder: string): Finding {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(md|txt|html?|docx|pdf)$/i.test(name),
    );
    for (const name of files) accessSync(path.join(folder, name), constants.R_OK);
    return found(files.length > 0 ? 'CORPUS_GOOD' : 'CORPUS_EMPTY', {
      folder,
      files: files.length,
    });
  } catch (error) {
    return found('CORPUS_CLOSED', { folder, reason: codeOf(error) });
  }
}

/** Whether the port can be listened on, or Xueban does so already and how it is. */
export async function examinePort(host: string, port: number): Promise<Finding> {
  const trouble = await listenOn(host, port);
  if (!trouble) return found('PORT_FREE', { port });
  if (trouble !== 'EADDRINUSE') return found('PORT_CLOSED', { port, reason: trouble });
  return (await askRunning(port)) ?? found('PORT_TAKEN', { port });
}

async function listenOn(host: string, port: number): Promise<string | undefined> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

async function askRunning(port: number): Promise<Finding | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(3_000),
    });
    const { ready, missing } = Readiness.parse(await answer.json());
    if (ready) return found('RUNS', { port });
    return found('RUNS_UNREADY', { port, missing: missing.map(({ name }) => name).join(', ') });
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);
