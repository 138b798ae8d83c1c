import type { IncomingMessage } from 'node:http';
import { Fault } from './fault.ts';

const mostBytes = 40 * 1024 * 1024;

/** The whole body of a request, up to 40 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new Fault('内容太大', 'That is too much at once');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
