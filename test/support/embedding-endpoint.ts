import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked, and with which model and key. */
interface Asked {
  model: string;
  input: string[];
  authorization: string | undefined;
}

type Said = { status?: number; body: string } | undefined;

/**
 * An embedding model reduced to its API: a vector counts pairs of characters, so that texts with the same words
 * are near each other. `means` says which words mean the same.
 */
export async function openEmbeddingEndpoint({
  means = {},
  width = 64,
}: { means?: Record<string, string>; width?: number } = {}) {
  const asked: Asked[] = [];
  const usual = (input: string[]): Said => ({
    body: JSON.stringify({
      data: input
        .map((text, index) => ({ index, embedding: vectorOf(text, means, width) }))
        .reverse(),
    }),
  });
  let answer: (input: string[]) => Said | Promise<Said> = usual;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { model, input } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked;
      asked.push({ model, input, authorization: request.headers.authorization });
      void Promise.resolve(answer(input)).then((said) => {
        // Without an answer it takes the request and says nothing.
        if (!said) return;
        const { status = 200, body } = said;
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return {
    settings: { baseUrl, apiKey: 'the key', model: 'the model' },
    asked,
    answers(next?: typeof answer) {
      answer = next ?? usual;
    },
    usual,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function vectorOf(text: string, means: Record<string, string>, width: number): number[] {
  const vector = Array.from({ length: width }, () => 0.001);
  const plain = Object.entries(means).reduce(
    (said, [word, same]) => said.replaceAll(word, same),
    text,
  );
  for (let i = 0; i + 1 < plain.length; i += 1) {
    const place = (plain.charCodeAt(i) * 31 + plain.charCodeAt(i + 1)) % width;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}
