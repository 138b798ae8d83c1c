import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { must } from '../../src/base/errors.ts';
import { readDocument } from '../../src/library/formats/read-document.ts';
import { cutIntoPassages } from '../../src/library/articles/cut-into-passages.ts';
import { statutesIn } from '../statutes.ts';

export interface Line {
  id: string;
  title: string;
  text: string;
}
export interface Query {
  /** What stands before the first colon names its set; `near` has no answer in the corpus. */
  id: string;
  query: string;
  relevant: string[];
}

/** Objects of `name.jsonl` or `name.jsonl.gz` in a folder. */
export async function* linesOf<Each>(folder: string, name: string): AsyncGenerator<Each> {
  const plain = path.join(folder, `${name}.jsonl`);
  const input = existsSync(plain)
    ? createReadStream(plain)
    : createReadStream(`${plain}.gz`).pipe(createGunzip());
  for await (const line of createInterface({ input })) {
    if (line.trim() !== '') yield JSON.parse(line) as Each;
  }
}

/**
 * Passages to fill a corpus up with, for as long as they are asked for: articles of statutes, as our own
 * reader and cutter make them, then passages whose sentences come from different articles. What stands in
 * the corpus already is left out, so that no question has its answer twice.
 */
export async function* fillerOf(statutes: string, corpus: readonly Line[]): AsyncGenerator<Line> {
  const there = new Set(corpus.map(({ text }) => bare(text)));
  const articles: Line[] = [];
  for await (const { path: name, bytes } of statutesIn(statutes)) {
    const { title, blocks } = await readDocument(name, bytes);
    for (const { heading, text } of cutIntoPassages(blocks)) {
      if (there.has(bare(text))) continue;
      there.add(bare(text));
      const line = { id: `filler:${articles.length}`, title: `${title} ${heading}`, text };
      articles.push(line);
      yield line;
    }
  }
  yield* mixed(articles);
}

// An article that is quoted elsewhere may stand there without its number, or with other signs.
const bare = (text: string) =>
  text.replace(/^\s*第[^\s第条]{1,12}条\S*\s/u, '').replace(/[\s\p{P}]/gu, '');

/** Three sentences each: the words and their frequencies are those of the statutes, the passages are new. */
function* mixed(articles: readonly Line[]): Generator<Line> {
  const sentences = articles.flatMap(({ text }) => text.match(/[^。；\n]{8,}[。；]/gu) ?? []);
  // A step without a common divisor visits every sentence, far from the one before.
  const at = (n: number) => must(sentences[(n * 7_919) % sentences.length]);
  for (let i = 0; ; i += 1) {
    const text = at(3 * i) + at(3 * i + 1) + at(3 * i + 2);
    yield { id: `mixed:${i}`, title: `汇编第${i % 900}辑`, text };
  }
}
