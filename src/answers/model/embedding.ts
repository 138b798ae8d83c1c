import { z } from 'zod';
import { ModelError, unreached } from './fault.ts';
import { type Endpoint, post } from './post.ts';

const Answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});
/** More than a batch of the longest vectors; an endpoint that sends more would never stop. */
const mostBytes = 16 * 1024 * 1024;

/** An embedding model over `POST {baseUrl}/embeddings`. Its errors hold neither key nor text. */
export function createEmbedder(endpoint: Endpoint) {
  const { model } = endpoint;

  async function ask(input: readonly string[], signal: AbortSignal): Promise<number[][]> {
    const body = { model, input, encoding_format: 'float' };
    const answer = read(await textOf(await post(endpoint, 'embeddings', body, signal)));
    const vectors = answer.sort((one, other) => one.index - other.index);
    const [first] = vectors;
    const isWhole =
      vectors.length === input.length &&
      vectors.every(({ index, embedding }, i) => {
        return index === i && embedding.length === first?.embedding.length;
      });
    if (!isWhole) throw new ModelError('unreadable');
    return vectors.map(({ embedding }) => embedding);
  }

  return {
    model,

    /** One vector a text, in their order; throws a `ModelError` for whatever else, after `patience` ms too. */
    async embed(texts: readonly string[], patience: number): Promise<number[][]> {
      const signal = AbortSignal.timeout(patience);
      try {
        return await ask(texts, signal);
      } catch (error) {
        if (error instanceof ModelError) throw error;
        throw signal.aborted ? new ModelError('late') : unreached(error);
      }
    },
  };
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new ModelError('endless');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function read(json: string) {
  try {
    return Answer.parse(JSON.parse(json)).data;
  } catch {
    throw new ModelError(/^\s*</.test(json) ? 'html' : 'unreadable');
  }
}
