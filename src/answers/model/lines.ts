import { ModelError } from './fault.ts';

/** More than any answer with all its thoughts: whoever sends more does not stop. */
const mostBytes = 4 * 1024 * 1024;
const longestLine = 256 * 1024;

/** The body's lines as they come, whatever they end with. Throws once it is more than an answer could be. */
export async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let [rest, bytes] = ['', 0];
  const chunks: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of chunks ?? []) {
    bytes += chunk.byteLength;
    rest += decoder.decode(chunk, { stream: true });
    if (bytes > mostBytes || rest.length > longestLine) throw new ModelError('endless');
    // A return at the end may be the first half of one line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest.replace(/\r$/, '');
}
