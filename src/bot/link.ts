import type { DocumentLink } from './talk.ts';

const hosts = /^(?:[\w-]+\.)*(?:feishu\.cn|larksuite\.com|larkoffice\.com)$/i;
const kinds = new Set(['docx', 'wiki']);

/** The document of the platform that a link leads to; its kind is kept also where it cannot be read. */
export function documentLink(text: string): DocumentLink | undefined {
  const bare = text.trim().replace(/^[《<"“]+|[》>"”]+$/gu, '');
  if (/\s/u.test(bare) || !/^https?:\/\//iu.test(bare)) return undefined;
  const url = URL.canParse(bare) ? new URL(bare) : undefined;
  if (!url || !hosts.test(url.hostname)) return undefined;
  const [kind = '', token = ''] = url.pathname.split('/').filter(Boolean);
  const isReadable = kinds.has(kind) && /^\w{5,100}$/.test(token);
  return isReadable ? { kind: kind as 'docx' | 'wiki', token } : { kind: 'other' };
}

/** Whether one of its words is such a link. */
export const hasDocumentLink = (text: string): boolean =>
  (text.match(/https?:\/\/[^\s，。、；）》”]+/giu) ?? []).some(
    (each) => documentLink(each) !== undefined,
  );
