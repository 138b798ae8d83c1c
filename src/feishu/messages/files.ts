import type { Messenger } from '../../bot/messenger.ts';
import { Refusal } from '../../base/errors.ts';
import { type ApiClient, safeId } from '../api/api-client.ts';
import { failureOf } from '../api/failure.ts';

/** Files that people sent. */
export function createFiles({ call }: ApiClient): Pick<Messenger, 'fetchFile'> {
  return {
    async fetchFile({ message, key }, maxBytes) {
      const path = { message_id: safeId(message), file_key: safeId(key) };
      try {
        const file = await call('fetch', (client) =>
          client.im.messageResource.get({ path, params: { type: 'file' } }),
        );
        return await bytesOf(file.getReadableStream(), maxBytes);
      } catch (error) {
        if (error instanceof Refusal) throw error;
        const failure = failureOf(error);
        if (failure.kind === 'refused' || failure.kind === 'gone')
          throw new Refusal('FILE_GONE', {}, { cause: failure });
        throw failure;
      }
    },
  };
}

async function bytesOf(stream: NodeJS.ReadableStream, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Refusal('FILE_TOO_BIG', { limit: maxBytes / 1024 / 1024 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
