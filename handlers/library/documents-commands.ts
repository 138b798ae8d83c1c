import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { documentLink, hasDocumentLink } from '../../src/bot/link.ts';
import { longestTitle, refuse, withText } from '../../src/bot/parts/line.ts';
import { asksHow } from '../../src/bot/parts/number.ts';
import { definePart, maybe } from '../../src/bot/parts/part.ts';
import { text } from '../../src/bot/parts/text.ts';
import { ways } from '../../src/bot/parts/ways.ts';
import type { DocumentLink } from '../../src/bot/talk.ts';
import { oneLine } from '../../src/base/text.ts';
import { lengthOf } from '../../src/bot/text.ts';

const longestSearch = 20;
/** Words that are no search for a document: they address a person, or ask a question. */
const isTalk =
  /怎么|怎样|如何|什么|哪|多少|谁|为何|是否|[吗呢吧]$|[我你您他她请]|收到|已经|发[给到群]|在群里|[?!？！。，；]|\b(?:where|how|what|which|who|when|please|i|you|we|are|is|do|does|can)\b/iu;

const search = text(both('关键词', 'word'), {
  limit: longestSearch,
  tidy: (words) => oneLine(words).replace(/^[《"“]+|[》"”]+$/gu, ''),
  unless: (words) => isTalk.test(words) || lengthOf(words) > longestSearch,
});

const which = text(both('标题或编号', 'title or ID'), {
  limit: longestTitle,
  kind: { is: 'document' },
  usage: both('标题或编号', 'TITLE or ID'),
  tidy: (words) => words.replace(/^[#《"“\s]+|[》"”。.\s]+$/gu, ''),
  unless: (words) => asksHow.test(words),
});

const link = definePart<DocumentLink>({
  kind: { is: 'link' },
  name: both('链接', 'link'),
  take(line) {
    if (!/^https?:/i.test(line.text)) return undefined;
    const value = documentLink(line.text) ?? refuse('LINK_UNKNOWN');
    return { value, rest: withText(line, '') };
  },
  show: (value) => (value.kind === 'other' ? '' : `https://feishu.cn/${value.kind}/${value.token}`),
});

export const docsCommand = defineCommand({
  name: 'docs',
  word: both('资料', 'docs'),
  who: 'secretary',
  does: both('看支部的资料，停用或恢复', "the branch's documents: list, retire, restore"),
  example: both('资料 停用 学习制度', 'docs retire Study rules'),
  glued: (rest) => /^(?:停用|恢复)(?=[\s#《\d])/.test(rest),
  isEveryday: true,
  isMeantBy: hasDocumentLink,
  parts: {
    does: ways({
      list: { parts: { search: maybe(search) } },
      retire: { word: both('停用', 'retire'), parts: { which } },
      restore: { word: both('恢复', 'restore'), parts: { which } },
      add: { word: both('添加', 'add'), also: ['加'], parts: { link } },
      synonyms: { word: both('同义词', 'synonyms'), also: ['同义词表'] },
    }),
  },
  // A link without other words is a document to be added, like a file.
  bare({ text: said }) {
    const found = documentLink(said);
    return found && ({ does: 'add', link: found } as const);
  },
});
