import { z } from 'zod';
import type { FetchedDocument } from '../../bot/messenger.ts';
import type { DocumentLink } from '../../bot/talk.ts';
import { Refusal } from '../../base/errors.ts';
import { type ApiClient, safeId } from '../api/api-client.ts';
import { failureOf } from '../api/failure.ts';
import { documentPieces, Piece } from './document-pieces.ts';

type Readable = Exclude<DocumentLink, { kind: 'other' }>;

const mostPieces = 20_000;

// What the platform calls a document that this app may not see, or an app without the scope.
const forbidden = new Set([1770032, 131006, 99991672, 99991679]);
const gone = new Set([1770002, 1770003, 131005, 131001]);

const Node = z.object({ node: z.object({ obj_type: z.string(), obj_token: z.string() }) });
const Document = z.object({ document: z.object({ title: z.string().default('') }) });
const Page = z.object({
  items: z.array(Piece).default([]),
  has_more: z.boolean().default(false),
  page_token: z.string().optional(),
});

/**
 * A document of the platform with its title and text, by a link to it. Refuses what the app may not read,
 * what is none, and what is too big; throws a PlatformError where it may be tried again.
 */
export async function fetchDocument(
  api: ApiClient,
  link: Readable,
  maxBytes: number,
): Promise<FetchedDocument> {
  try {
    const token = link.kind === 'wiki' ? await behindWiki(api, link.token) : link.token;
    const { document } = await ask(api, `/docx/v1/documents/${safeId(token)}`, {}, Document);
    const pieces = await piecesOf(api, token, maxBytes);
    return { title: document.title, blocks: documentPieces(pieces) };
  } catch (error) {
    throw refusalOf(error);
  }
}

async function behindWiki(api: ApiClient, token: string): Promise<string> {
  const { node } = await ask(api, '/wiki/v2/spaces/get_node', { token }, Node);
  if (node.obj_type !== 'docx') throw new Refusal('LINK_KIND');
  return node.obj_token;
}

async function piecesOf(api: ApiClient, token: string, maxBytes: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let size = 0;
  let page_token: string | undefined;
  do {
    const params = { page_size: 500, ...(page_token && { page_token }) };
    const path = `/docx/v1/documents/${safeId(token)}/blocks`;
    const page = await ask(api, path, params, Page);
    size += JSON.stringify(page.items).length;
    pieces.push(...page.items);
    if (size > maxBytes) throw new Refusal('FILE_TOO_BIG', { limit: maxBytes / 1024 / 1024 });
    if (pieces.length > mostPieces) throw new Refusal('FILE_TOO_HEAVY');
    page_token = page.has_more && page.items.length > 0 ? page.page_token : undefined;
  } while (page_token);
  return pieces;
}

async function ask<T>(
  { call }: ApiClient,
  path: string,
  params: Record<string, string | number>,
  schema: z.ZodType<T>,
): Promise<T> {
  const url = `/open-apis${path}`;
  const answer = await call('document', (client) =>
    client.request<{ data?: unknown }>({ method: 'GET', url, params }),
  );
  return schema.parse(answer.data ?? {});
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const failure = failureOf(error);
  if (failure.kind !== 'refused') return failure;
  const { code = 0, status } = failure.answered;
  const refusal = (why: 'LINK_GONE' | 'LINK_FORBIDDEN') => new Refusal(why, {}, { cause: failure });
  if (gone.has(code) || status === 404) return refusal('LINK_GONE');
  return forbidden.has(code) || status === 403 ? refusal('LINK_FORBIDDEN') : refusal('LINK_GONE');
}
