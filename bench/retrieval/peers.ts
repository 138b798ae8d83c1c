import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import MiniSearch from 'minisearch';
import sqlite from 'node-sqlite3-wasm';
import type { Line } from './corpus.ts';
import { depth, type Engine, timed } from './engine.ts';

/*
 * What somebody would reach for who wants Chinese search today: a good library with a good segmenter. Both
 * cut as jieba cuts for searching, and a title weighs three times the text, as it does here.
 */
const jieba = Jieba.withDict(dict);
const wordsOf = (text: string) =>
  jieba
    .cutForSearch(text.normalize('NFKC').toLowerCase(), true)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
const titleWeight = 3;

export function startMiniSearch(): Engine {
  const index = new MiniSearch<Line>({
    fields: ['title', 'text'],
    tokenize: wordsOf,
    searchOptions: { boost: { title: titleWeight } },
  });
  return {
    name: 'MiniSearch + jieba',
    index: async (corpus) => (await timed(() => index.addAll(corpus))).ms,
    async search(query) {
      const { value, ms } = await timed(() => index.search(query).slice(0, depth));
      return { hits: value.map(({ id, score }) => ({ id: id as string, conf: score })), ms };
    },
    close: () => Promise.resolve(index.removeAll()),
  };
}

export function startSqlite(): Engine {
  const db = new sqlite.Database(':memory:');
  db.exec(
    `create virtual table passage using fts5(id unindexed, title, text, tokenize = 'unicode61')`,
  );
  const statement = db.prepare(
    `select id, -bm25(passage, 0, ${titleWeight}, 1) as conf from passage where passage match ?
     order by conf desc limit ${depth}`,
  );

  function fill(corpus: readonly Line[]) {
    const insert = db.prepare('insert into passage (id, title, text) values (?, ?, ?)');
    db.exec('begin');
    for (const { id, title, text } of corpus) insert.run([id, spaced(title), spaced(text)]);
    db.exec('commit');
    insert.finalize();
  }
  return {
    name: 'SQLite FTS5 + jieba',
    index: async (corpus) => (await timed(() => fill(corpus))).ms,
    async search(query) {
      const { value, ms } = await timed(() => {
        const words = [...new Set(wordsOf(query))].map((word) => `"${word.replaceAll('"', '')}"`);
        return words.length > 0 ? statement.all([words.join(' OR ')]) : [];
      });
      return { hits: value as { id: string; conf: number }[], ms };
    },
    close() {
      statement.finalize();
      db.close();
      return Promise.resolve();
    },
  };
}

const spaced = (text: string) => wordsOf(text).join(' ');
