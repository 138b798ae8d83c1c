import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

/** What ends a group of messages that the server answers as one: a query, or a sync. */
const ends = ['Q', 'S'];
const [greeting, secure] = [196_608, 80_877_103];

/**
 * A PostgreSQL with pgvector, in this process and in memory, behind a port: the embedded server that the other
 * tests use comes without extensions. It is one session, whoever connects: transactions must not overlap.
 */
export async function openVectorDatabase() {
  const lite = await PGlite.create({ extensions: { vector } });
  let last = Promise.resolve();
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    let isGreeted = false;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      if (!isGreeted) [isGreeted, waiting] = greet(socket, waiting);
      if (!isGreeted) return;
      const size = wholeGroups(waiting);
      const group = waiting.subarray(0, size);
      waiting = waiting.subarray(size);
      if (size === 0) return;
      last = last.then(async () => void socket.write(await lite.execProtocolRaw(group)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `postgresql://postgres@127.0.0.1:${(server.address() as AddressInfo).port}/postgres`,
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await lite.close();
    },
  };
}

/** Answers what comes before the first query; true once that is through, with what stands behind it. */
function greet(socket: Socket, bytes: Buffer): [boolean, Buffer<ArrayBuffer>] {
  const kept = Buffer.from(bytes);
  if (kept.length < 8 || kept.length < kept.readInt32BE(0)) return [false, kept];
  const rest = kept.subarray(kept.readInt32BE(0));
  if (kept.readInt32BE(4) === secure) {
    socket.write('N');
    return [false, rest];
  }
  if (kept.readInt32BE(4) !== greeting) socket.destroy();
  // Anybody is let in, and it is ready.
  socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]));
  return [true, rest];
}

/** How many bytes from the beginning are messages up to the last end of a group. */
function wholeGroups(bytes: Buffer): number {
  let [at, whole] = [0, 0];
  while (bytes.length >= at + 5) {
    const kind = String.fromCharCode(bytes.readUInt8(at));
    at += 1 + bytes.readInt32BE(at + 1);
    if (at <= bytes.length && ends.includes(kind)) whole = at;
  }
  return whole;
}
