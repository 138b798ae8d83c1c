import type { PartsOf } from './commands.ts';
import { documentLink } from './link.ts';
import {
  absent,
  longestTitle,
  refuse,
  shortText,
  withText,
  type Absent,
  type Line,
} from './parts.ts';
import { halfWidth, lengthOf, oneLine } from './text.ts';

const verbs = [
  { does: 'retire', like: /^(?:停用|retire)(?=$|[\s:#《\d])[\s:]*/i },
  { does: 'restore', like: /^(?:恢复|restore)(?=$|[\s:#《\d])[\s:]*/i },
] as const;

const longestSearch = 20;
/** Nobody looks for a document with these: the words were said to somebody, or ask something. */
const isTalk =
  /怎么|怎样|如何|什么|哪|多少|谁|为何|是否|[吗呢吧]$|[我你您他她请]|收到|已经|发[给到群]|在群里|[?!？！。，；]|\b(?:where|how|what|which|who|when|please|i|you|we|are|is|do|does|can)\b/iu;

/** `资料`, `资料 关键词`, `资料 停用 标题或编号`, `资料 恢复 …`, `资料 同义词`, `资料 添加 链接`; anything longer or that asks is a question. */
export function readDocs(line: Line): PartsOf['docs'] | Absent {
  const read = halfWidth(line.text);
  for (const { does, like } of verbs) {
    const found = like.exec(read);
    if (!found) continue;
    const { text } = withText(line, line.text.slice(found[0].length));
    if (/^(?:怎么|如何|怎样|什么)/.test(text)) return absent;
    const which = shortText(text.replace(/^[#《"“\s]+|[》"”。.\s]+$/gu, ''), longestTitle);
    if (!which) refuse('PART_MISSING', { part: 'document' });
    return { does, which };
  }
  const adding = /^(?:添加|加|add)[\s:]+(?=https?:)/i.exec(read);
  if (adding) {
    const link = documentLink(line.text.slice(adding[0].length));
    return link ? { does: 'add', link } : refuse('LINK_UNKNOWN');
  }
  if (/^(?:同义词表?|synonyms)[。.!]?$/i.test(read.trim())) return { does: 'synonyms' };
  const search = oneLine(line.text).replace(/^[《"“]+|[》"”]+$/gu, '');
  if (isTalk.test(search) || lengthOf(search) > longestSearch) return absent;
  return search ? { does: 'list', search } : { does: 'list' };
}
