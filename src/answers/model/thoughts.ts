import { ModelError } from './fault.ts';

/** More than an answer of a few sentences. */
const mostCharacters = 6_000;
const [opening, closing] = ['<think>', '</think>'];

/** The words without the thoughts that some models put between `<think>` and `</think>`. */
export async function* spoken(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let [held, isThinking, said] = ['', false, 0];
  for await (const piece of pieces) {
    held += piece;
    for (;;) {
      const mark: string = isThinking ? closing : opening;
      const at = held.indexOf(mark);
      const sure: number = at < 0 ? held.length - beginningOf(mark, held) : at;
      const words = held.slice(0, sure);
      if (!isThinking && words) {
        said += words.length;
        yield words;
      }
      held = held.slice(at < 0 ? sure : at + mark.length);
      if (at < 0) break;
      isThinking = !isThinking;
    }
    if (said > mostCharacters) throw new ModelError('endless');
  }
  if (held && !isThinking) yield held;
}

/** How many characters at the end of `text` may be the beginning of `mark`. */
function beginningOf(mark: string, text: string): number {
  for (let size = Math.min(mark.length - 1, text.length); size > 0; size -= 1) {
    if (text.endsWith(mark.slice(0, size))) return size;
  }
  return 0;
}
