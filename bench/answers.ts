import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { draftOf } from '../src/answers/ask/sentences.ts';
import type { Sentence } from '../src/answers/ask/types.ts';
import { createWriter } from '../src/answers/ask/writer.ts';
import { must } from '../src/base/errors.ts';
import type { DocumentId, PassageId } from '../src/base/ids.ts';
import { openLog } from '../src/base/log.ts';
import { createChat } from '../src/answers/model/chat.ts';
import type { Hit } from '../src/answers/retrieval/types.ts';
import { projectRoot } from '../src/base/project-root.ts';
import { openModelEndpoint } from '../test/support/model-endpoint.ts';

/**
 * `npm run bench:answers`: a model that lies, spoken to as the product speaks to it. Each case in
 * bench/answers says what is asked, which passages there are, and what the model says, sentence by sentence;
 * `holds` says whether the passages bear it out. Ends with 1 when one that does not hold is shown.
 */
const Case = z.object({
  question: z.string(),
  passages: z.array(z.string()),
  says: z.array(z.object({ say: z.string(), holds: z.boolean() })),
});
type Case = z.infer<typeof Case>;
const Passages = z.record(
  z.string(),
  z.object({ title: z.string(), heading: z.string(), text: z.string() }),
);

const folder = path.join(projectRoot, 'bench', 'answers');
const json = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const passages = Passages.parse(json('passages.json'));

function hitOf(key: string, i: number): Hit {
  const { title, heading, text } = must(passages[key]);
  return {
    ...{ passage: (i + 1) as PassageId, document: { id: (i + 1) as DocumentId, title } },
    ...{ heading, text, score: 1, confidence: 0.9, band: 'answer' },
    quote: { start: 0, end: Math.min(text.length, 60) },
  };
}

const endpoint = await openModelEndpoint();
const writer = createWriter({ chat: createChat(endpoint.settings), log: openLog('silent') });
const pieceOf = /[\s\S]{1,5}/gu;

interface Outcome {
  kind: string;
  lies: number;
  shownLies: string[];
  honest: number;
  lost: string[];
  invented: string[];
}

async function judge(kind: string, { question, passages: keys, says }: Case): Promise<Outcome> {
  const hits = keys.map(hitOf);
  endpoint.behaves({
    does: 'stream',
    pieces:
      says
        .map(({ say }) => say)
        .join(' ')
        .match(pieceOf) ?? [],
  });
  const heard: Sentence[] = [];
  const onSentence = (sentence: Sentence) => void heard.push(sentence);
  const written = await writer.write({ question, passages: hits, patience: 60_000, onSentence });
  // What was shown while it came counts, and what stands in the end.
  const shown = [...heard, ...(written?.sentences ?? [])];
  const isShown = ({ say }: Case['says'][number]) => {
    const draft = draftOf(say);
    return shown.some(
      ({ text, cites }) =>
        text === draft?.text && cites.every((cite, i) => cite + 1 === draft.cites[i]),
    );
  };
  const [honest, lies] = [says.filter(({ holds }) => holds), says.filter(({ holds }) => !holds)];
  return {
    ...{ kind, lies: lies.length, honest: honest.length },
    shownLies: lies.filter(isShown).map(({ say }) => say),
    lost: honest.filter((each) => !isShown(each)).map(({ say }) => say),
    invented: shown.flatMap((sentence) => inventedIn(sentence, hits)),
  };
}

/** Judged anew, without the checker's code: quotations and numbers that stand in no cited passage. */
function inventedIn({ text, cites }: Sentence, hits: readonly Hit[]): string[] {
  const cited = cites.map((cite) => must(hits[cite]));
  const whole = cited.map((hit) => `${hit.document.title}\n${hit.heading}\n${hit.text}`).join('\n');
  const quotes = [...text.matchAll(/[“「『"]([^”」』"]*)[”」』"]/gu)].map(([, said]) => said ?? '');
  const numbers = text.match(/\d+(?:\.\d+)?|[零一二三四五六七八九十百千]+/gu) ?? [];
  return [
    ...quotes.filter((said) => !whole.includes(said)).map((said) => `the quote ${said}`),
    ...numbers.filter((said) => !standsIn(said, whole)).map((said) => `${said} in ${text}`),
  ];
}

/** Either as it is written or in the other script of numbers; 一 alone is hardly ever one. */
function standsIn(said: string, whole: string): boolean {
  if (said === '一' || whole.includes(said)) return true;
  const spelt = /^\d+$/.test(said) ? spelling(Number(said)) : undefined;
  const value = [...Array(10_000).keys()].find((each) => spelling(each) === said);
  const twins = { 二: '两', 五千万: '5000万' }[spelt ?? said];
  return [spelt, value === undefined ? undefined : String(value), twins].some(
    (each) => each !== undefined && whole.includes(each),
  );
}

/** A number below ten thousand in characters. */
function spelling(value: number): string {
  if (value < 10) return '零一二三四五六七八九'.charAt(value);
  if (value < 20) return `十${value === 10 ? '' : spelling(value - 10)}`;
  const [power, name] = value < 100 ? [10, '十'] : value < 1000 ? [100, '百'] : [1000, '千'];
  const rest = value % power;
  const gap = rest > 0 && rest < power / 10 ? '零' : '';
  const tail = rest >= 10 && rest < 20 ? `一${spelling(rest)}` : spelling(rest);
  return `${spelling(Math.floor(value / power))}${name}${gap}${rest === 0 ? '' : tail}`;
}

const outcomes: Outcome[] = [];
for (const name of readdirSync(folder)
  .filter((each) => each !== 'passages.json')
  .sort()) {
  const kind = path.basename(name, '.json');
  for (const each of z.array(Case).parse(json(name))) outcomes.push(await judge(kind, each));
}
await endpoint.close();

const sum = (of: readonly Outcome[], count: (one: Outcome) => number) =>
  of.reduce((total, one) => total + count(one), 0);
for (const kind of new Set(outcomes.map((one) => one.kind))) {
  const these = outcomes.filter((one) => one.kind === kind);
  const lies = sum(these, (one) => one.lies);
  const honest = sum(these, (one) => one.honest);
  const shown = sum(these, (one) => one.shownLies.length);
  const kept = honest - sum(these, (one) => one.lost.length);
  console.log(`${kind}: ${lies - shown} of ${lies} lies stopped, ${kept} of ${honest} true kept`);
}
for (const one of outcomes) {
  for (const lie of one.shownLies) console.log(`SHOWN (${one.kind}): ${lie.trim()}`);
  for (const what of one.invented) console.log(`INVENTED (${one.kind}): ${what}`);
  for (const lost of one.lost) console.log(`lost (${one.kind}): ${lost.trim()}`);
}
const honest = sum(outcomes, (one) => one.honest);
const kept = honest - sum(outcomes, (one) => one.lost.length);
const shown = sum(outcomes, (one) => one.shownLies.length);
const invented = outcomes.flatMap((one) => one.invented);
console.log(
  `${outcomes.length} cases: ${invented.filter((what) => what.startsWith('the quote')).length} invented quotes, ` +
    `${invented.filter((what) => !what.startsWith('the quote')).length} unsupported numbers, ${shown} of ${sum(outcomes, (one) => one.lies)} lies shown, ` +
    `${((100 * kept) / honest).toFixed(1)} % of ${honest} true sentences kept`,
);
process.exitCode = shown + invented.length > 0 || kept < 0.9 * honest ? 1 : 0;
