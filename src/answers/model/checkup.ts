import { type Finding, found } from '../../base/doctor-finding.ts';
import { createChat } from './chat.ts';
import { createEmbedder } from './embedding.ts';
import { ModelError } from './fault.ts';
import type { Endpoint } from './post.ts';

const usual = 15_000;

/** Asks the model for one word: whether it answers, and if not, what an operator can do about it. */
export async function examineModel(endpoint: Endpoint, patience = usual): Promise<Finding> {
  const { model } = endpoint;
  const address = new URL(endpoint.baseUrl).host;
  const began = performance.now();
  try {
    const content = 'Answer with one word: yes.';
    const words = createChat(endpoint).say(
      [{ role: 'user', content }],
      AbortSignal.timeout(patience),
    );
    // Its first word is enough.
    for await (const word of words) if (word.trim() !== '') break;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    return found('MODEL_GOOD', { model, seconds });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return findingOf(error, { model, address, seconds: patience / 1000 });
  }
}

/** Asks an embedding model for the vector of one word. */
export async function examineEmbedding(endpoint: Endpoint): Promise<Finding> {
  const { model } = endpoint;
  const address = new URL(endpoint.baseUrl).host;
  try {
    await createEmbedder(endpoint).embed(['yes'], usual);
    return found('EMBEDDING_GOOD', { address, model });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { fault, status, code } = error;
    const reason = status === undefined ? (code ?? fault) : `HTTP ${status}`;
    return found('EMBEDDING_BAD', { address, reason });
  }
}

function findingOf({ fault, status, code }: ModelError, facts: Finding['facts']): Finding {
  if (fault === 'late') return found('MODEL_SLOW', facts);
  if (fault === 'unreached') return found('MODEL_UNREACHED', { ...facts, reason: code ?? fault });
  if (status === 401 || status === 403) return found('MODEL_KEY_BAD', { ...facts, status });
  if (status === 404) return found('MODEL_MISSING', { ...facts, status });
  const reason = status === undefined || fault === 'html' ? fault : `HTTP ${status}`;
  return found('MODEL_STRANGE', { ...facts, reason });
}
