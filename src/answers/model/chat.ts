import { z } from 'zod';
import { eventsOf, textOf } from './events.ts';
import { ModelError, unreached } from './fault.ts';

import { type Endpoint, post } from './post.ts';
import { spoken } from './thoughts.ts';

export interface Message {
  role: 'system' | 'user';
  content: string;
}

const Piece = z.object({
  error: z.unknown().optional(),
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        message: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
});

/** Talks to a chat model over `POST {baseUrl}/chat/completions`, as a stream. */
export function createChat(endpoint: Endpoint) {
  return {
    /**
     * The model's words as they come, without its thoughts. Throws a `ModelError` for whatever the endpoint
     * does, also after the last words where nothing shows that they were the last; `signal` ends it at any moment.
     */
    async *say(messages: readonly Message[], signal: AbortSignal): AsyncGenerator<string> {
      try {
        const body = { model: endpoint.model, messages, stream: true, temperature: 0 };
        const response = await post(endpoint, 'chat/completions', body, signal);
        yield* spoken(wordsOf(response));
      } catch (error) {
        if (error instanceof ModelError) throw error;
        throw signal.aborted ? new ModelError('late') : unreached(error);
      }
    },
  };
}
export type Chat = ReturnType<typeof createChat>;

/** An endpoint that ignores `stream` answers with one JSON. */
function wordsOf(response: Response): AsyncGenerator<string> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('html')) throw new ModelError('html', { status: response.status });
  return type.includes('application/json') ? whole(response) : streamed(response);
}

async function* whole(response: Response): AsyncGenerator<string> {
  let text = '';
  for await (const piece of textOf(response)) text += piece;
  const { words, ends } = read(text);
  yield words;
  if (ends === 'cut') throw new ModelError('cut');
}

async function* streamed(response: Response): AsyncGenerator<string> {
  for await (const data of eventsOf(response)) {
    if (data.trim() === '') continue;
    if (data.trim() === '[DONE]') return;
    const { words, ends } = read(data);
    if (words) yield words;
    if (ends === 'stop') return;
    if (ends) break;
  }
  throw new ModelError('cut');
}

/** A lost piece could be a "not": what cannot be read ends the answer. */
function read(json: string): { words: string; ends?: 'stop' | 'cut' } {
  const piece = Piece.safeParse(parsed(json));
  if (!piece.success) throw new ModelError('unreadable');
  const { error, choices } = piece.data;
  if (error) throw new ModelError('reported');
  // The last piece of some endpoints counts tokens and has no choice.
  const [choice] = choices ?? [];
  const reason = choice?.finish_reason;
  const words = (choice?.delta ?? choice?.message)?.content ?? '';
  // For want of room, or by a filter.
  return { words, ...(reason && { ends: reason === 'stop' ? 'stop' : 'cut' }) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ModelError('unreadable');
  }
}
