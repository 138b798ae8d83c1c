import { createParser } from 'eventsource-parser';
import { ModelError } from './fault.ts';

/** More than any answer with its reasoning; an endpoint that sends more would never stop. */
const mostBytes = 4 * 1024 * 1024;
const longestLine = 256 * 1024;

/** The body as text, piece by piece. Throws once it is more than an answer could be. */
export async function* textOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  const chunks: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of chunks ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new ModelError('endless');
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/** The data of server-sent events as they come, line by line. Throws for what is none, or is endless. */
export async function* eventsOf(response: Response): AsyncGenerator<string> {
  const found: (string | ModelError)[] = [];
  const parser = createParser({
    maxBufferSize: longestLine,
    onEvent: ({ data }) => void found.push(data),
    onError({ type, line }) {
      if (type === 'max-buffer-size-exceeded') found.push(new ModelError('endless'));
      if (type === 'unknown-field' && line?.trim()) found.push(new ModelError('unreadable'));
    },
  });
  for await (const text of withEnd(textOf(response))) {
    // Some endpoints leave out the empty line that ends an event.
    parser.feed(text.replaceAll('\n', '\n\n'));
    for (const each of found.splice(0)) {
      if (each instanceof ModelError) throw each;
      yield each;
    }
  }
}

/** The last line may have no end of its own. */
async function* withEnd(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  yield* pieces;
  yield '\n';
}
