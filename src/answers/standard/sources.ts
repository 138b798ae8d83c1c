import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { DocumentId, PassageId } from '../../base/ids.ts';
import { mayAnswer, scopeValues } from '../retrieval/permission.ts';
import { cutExcerpt, type PassageRange, readExcerpts } from '../retrieval/excerpts.ts';
import type { Retrieval } from '../retrieval/retrieval.ts';
import { bareTitle } from '../retrieval/title.ts';
import type { Hit, Scope } from '../retrieval/types.ts';
import type { Source } from './types.ts';

interface PassageHead {
  id: PassageId;
  heading: string;
  head: string;
}

/** Nobody reads more than this to check an answer. */
const longestQuote = 300;
const mostFound = 4;
const mostSources = 6;

/** What a standard answer may rest on: passages that answer in its branch today. */
export function createSources({ db, retrieval }: { db: Db; retrieval: Retrieval }) {
  /** These pieces, in their order, of those that may be read. */
  const of = (pieces: PassageRange[], scope: Scope): Promise<Source[]> =>
    readExcerpts(db, pieces, scope, longestQuote);

  /** These pieces, and what is found for the question now: to choose from. Not within a transaction. */
  async function choice(question: string, pieces: PassageRange[], scope: Scope): Promise<Source[]> {
    const given = await of(pieces, scope);
    const known = new Set(given.map(({ passage }) => passage));
    const hits = await retrieval.search(
      question,
      scope,
      mostFound + given.length,
      'words and meaning',
    );
    const found = hits.filter(({ passage, band }) => band !== 'none' && !known.has(passage));
    return [...given, ...found.slice(0, mostFound).map(ofHit)].slice(0, mostSources);
  }

  /** The document whose title is named, and what is said beside it. */
  async function named(said: string, scope: Scope) {
    const documents = await db.sql<{ id: DocumentId; title: string }>(
      `select id, title from document where ${mayAnswer('$1', '$2', '$3')}`,
      ...scopeValues(scope),
    );
    const wanted = bareTitle(said);
    const fits = documents
      .map(({ id, title }) => ({ id, name: bareTitle(title) }))
      .filter(({ name }) => name !== '' && wanted.includes(name))
      .sort((one, other) => other.name.length - one.name.length);
    const [first, second] = fits;
    if (!first || second?.name === first.name) throw new Refusal('SOURCE_UNKNOWN', { said });
    return { document: first.id, rest: wanted.replace(first.name, '') };
  }

  /** The one passage that is meant by a title with an article or heading; refuses none and several. */
  async function byWord(said: string, question: string, scope: Scope): Promise<Source> {
    const { document, rest } = await named(said, scope);
    const passages = await db.sql<PassageHead>(
      `select id, heading, left(text, 60) as head from passage where document_id = $1::int order by position`,
      document,
    );
    const exact = passages.filter(({ heading }) =>
      heading.split(' · ').some((each) => bareTitle(each) === rest),
    );
    const like = passages.filter(({ heading, head }) =>
      bareTitle(`${heading}${head}`).includes(rest),
    );
    const [passage, ...others] = rest === '' ? passages : exact.length > 0 ? exact : like;
    if (!passage || others.length > 0) throw new Refusal('SOURCE_UNKNOWN', { said });
    const [whole] = await of([{ passage: passage.id }], scope);
    if (!whole) throw new Refusal('SOURCE_UNKNOWN', { said });
    if (!whole.isPart) return whole;
    // Of a long passage the sentences that speak of the question.
    const hits = await retrieval.search(question, scope, 20, 'words');
    const hit = hits.find(
      (each) => each.passage === passage.id && each.quote.end > each.quote.start,
    );
    return hit ? ofHit(hit) : whole;
  }

  return { of, choice, byWord };
}

function ofHit({ passage, document, heading, text, quote }: Hit): Source {
  const { title, edition } = document;
  const whole = { passage, title, edition, heading, text };
  return cutExcerpt(whole, text.length <= longestQuote ? {} : quote, longestQuote);
}
