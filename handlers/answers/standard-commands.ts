import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestTitle } from '../../src/bot/parts/line.ts';
import { marked } from '../../src/bot/parts/marked.ts';
import { numberOf } from '../../src/bot/parts/number.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { text } from '../../src/bot/parts/text.ts';
import { ways } from '../../src/bot/parts/ways.ts';
import type { StandardId } from '../../src/base/ids.ts';
import { oneLine } from '../../src/base/text.ts';
import { halfWidth, lengthOf } from '../../src/bot/text.ts';

const longestStandard = 1000;
const longestSearch = 20;
/** Nobody looks for an answer with these: the words ask something, were said to somebody, or write one. */
const isTalk =
  /怎么|怎样|如何|什么|哪|多少|谁|为何|是否|[吗呢吧]$|[我你您他她请]|^(?:是|的)|[?？!！。，；]|\b(?:where|how|what|which|who|when|please|i|you|we|are|is|do|does|can|of|for|the)\b|^(?:问题?|答案?|出处|question|answer|source)\s*:/iu;

const search = text(both('关键词', 'word'), {
  limit: longestSearch,
  tidy: oneLine,
  unless: (words) => isTalk.test(halfWidth(words)) || lengthOf(words) > longestSearch,
});

const which = numberOf<StandardId>({ is: 'standard' });

const dots = both('…', '…');
/** The sign that parts it from the next one is no part of it. */
const tidy = (words: string) => words.replace(/[,，;；]$/u, '');

export const standardCommand = defineCommand({
  name: 'standard',
  word: both('标准答案', 'standard'),
  who: 'secretary',
  does: both('写标准答案，有人这样问就先给它', 'an approved answer that comes first'),
  example: both(
    '标准答案 问题：预备期多长 答案：一年。 出处：中国共产党章程 第七条',
    'standard question: How often do we study? answer: Once a month. source: Study rules, How often',
  ),
  isEveryday: true,
  parts: {
    does: ways({
      list: { parts: { search: maybe(search) } },
      retire: { word: both('停用', 'retire'), parts: { which } },
      restore: { word: both('恢复', 'restore'), unlisted: true, parts: { which } },
      // Its source was renewed and still says so.
      confirm: { word: both('核对', 'confirm'), unlisted: true, parts: { which } },
      write: {
        parts: {
          question: marked(
            both('问题：', 'question:'),
            text(both('问题', 'question'), { limit: 200, usage: dots, tidy }),
            { also: ['问：'] },
          ),
          answer: marked(
            both('答案：', 'answer:'),
            text(both('答案', 'answer'), {
              limit: longestStandard,
              lines: true,
              usage: dots,
              tidy,
            }),
            { also: ['答：'] },
          ),
          source: marked(
            both('出处：', 'source:'),
            text(both('出处', 'source'), { limit: longestTitle, usage: dots, tidy }),
          ),
        },
      },
    }),
  },
});
