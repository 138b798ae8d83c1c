import type { Call, Route } from './api-call.ts';
import { PlatformFault } from './platform-fault.ts';
import { sampleDocument, samplePieces } from './sample-document.ts';

/** One document, and the wiki page it stands on; whatever else is asked for is not there. */
export function documentRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: '/docx/v1/documents/:id',
      work: (_, id) => {
        requireSample(id);
        return { document: { document_id: id, revision_id: 1, title: sampleDocument.title } };
      },
    },
    { method: 'GET', path: '/docx/v1/documents/:id/blocks', work: (call, id) => pieces(call, id) },
    { method: 'GET', path: '/wiki/v2/spaces/get_node', work: (call) => node(call) },
  ];
}

function requireSample(id: string) {
  if (id !== sampleDocument.token) throw new PlatformFault(1770002, 'not found');
}

function pieces(call: Call, id: string) {
  requireSample(id);
  const size = Math.min(Number(call.query.get('page_size') ?? 500), 500);
  const from = Number(call.query.get('page_token') ?? 0);
  const has_more = from + size < samplePieces.length;
  const items = samplePieces.slice(from, from + size);
  return { items, has_more, page_token: has_more ? String(from + size) : '' };
}

function node(call: Call) {
  const { wiki, token, title } = sampleDocument;
  if (call.query.get('token') !== wiki) throw new PlatformFault(131005, 'not found');
  return { node: { node_token: wiki, obj_type: 'docx', obj_token: token, title } };
}
