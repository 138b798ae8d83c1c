import { Fault } from '../../base/errors.ts';
import type { IncomingMessage } from 'node:http';

export const largestBody = 1024 * 1024;
/** A refused body is still read up to this size: many clients read the answer only after they have sent everything. */
const largestIgnored = 16 * largestBody;
const patience = 5_000;

/** Why a body was not read, as the HTTP status that says so. */
export class BodyFault extends Fault {
  constructor(readonly status: 400 | 408 | 413) {
    super(`body fault ${status}`);
  }
}

/** The raw bytes of a request, at most 1 MiB within 5 seconds. */
export function readBody(request: IncomingMessage, slowest = patience): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (fault?: BodyFault) => {
      clearTimeout(late);
      request.removeAllListeners('data');
      if (!fault) return resolve(Buffer.concat(chunks));
      // The rest is not read; the answer closes the connection.
      request.pause();
      reject(fault);
    };
    const tooLarge = () => (size > largestBody ? new BodyFault(413) : undefined);
    const late = setTimeout(() => end(tooLarge() ?? new BodyFault(408)), slowest);
    if (Number(request.headers['content-length']) > largestIgnored) return end(new BodyFault(413));
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else chunks.length = 0;
      if (size > largestIgnored) end(tooLarge());
    });
    request.on('end', () => end(tooLarge()));
    request.on('error', () => end(new BodyFault(400)));
    request.on('aborted', () => end(new BodyFault(400)));
  });
}
