import { ModelError } from './fault.ts';

/** An OpenAI-compatible endpoint of a model. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
}

/**
 * `POST {baseUrl}/{path}` with the built-in fetch: directly, through no proxy. Throws a `ModelError` for any
 * status but success, without what the endpoint wrote.
 */
export async function post(
  { baseUrl, apiKey }: Endpoint,
  path: string,
  body: object,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(`${baseUrl}/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    // A redirect would hand the key and the text to another server.
    redirect: 'manual',
    signal,
  });
  if (response.ok) return response;
  void response.body?.cancel().catch(() => {});
  throw new ModelError('refused', { status: response.status });
}
