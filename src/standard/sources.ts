import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { DocumentId, PassageId } from '../ids.ts';
import { mayAnswer, scopeValues } from '../retrieval/permission.ts';
import type { Retrieval } from '../retrieval/retrieval.ts';
import type { EditionOf, Hit, Scope } from '../retrieval/types.ts';
import { comparable, plainForm } from '../retrieval/words.ts';
import type { Source } from './types.ts';

/** A piece of a passage; the whole of it where nothing more is said. */
export interface Piece {
  passage: PassageId;
  start?: number;
  end?: number;
}
interface Row {
  passage: PassageId;
  title: string;
  edition: EditionOf | null;
  heading: string;
  text: string;
}
interface Placed {
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
  async function of(pieces: Piece[], scope: Scope): Promise<Source[]> {
    const rows = await db.sql<Row>(
      `select p.id as passage, d.title, p.heading, p.text,
         case when d.edition_on is not null
           then jsonb_build_object('day', d.edition_on, 'kind', d.edition_kind) end as edition
       from passage p join document d on d.id = p.document_id
       where p.id = any($4::int[]) and ${mayAnswer('$1', '$2', '$3')}`,
      ...scopeValues(scope),
      pieces.map(({ passage }) => passage),
    );
    return pieces.flatMap((piece) => {
      const row = rows.find((each) => each.passage === piece.passage);
      return row ? [cut(row, piece)] : [];
    });
  }

  /** These pieces, and what is found for the question now: to choose from. */
  async function choice(question: string, pieces: Piece[], scope: Scope): Promise<Source[]> {
    const given = await of(pieces, scope);
    const known = new Set(given.map(({ passage }) => passage));
    const hits = await retrieval.search(question, scope, mostFound + given.length);
    const found = hits.filter(({ passage, band }) => band !== 'none' && !known.has(passage));
    return [...given, ...found.slice(0, mostFound).map(ofHit)].slice(0, mostSources);
  }

  /** The document whose title is named, and what is said beside it. */
  async function named(said: string, scope: Scope) {
    const documents = await db.sql<{ id: DocumentId; title: string }>(
      `select id, title from document where ${mayAnswer('$1', '$2', '$3')}`,
      ...scopeValues(scope),
    );
    const wanted = bare(said);
    const fits = documents
      .map(({ id, title }) => ({ id, name: bare(title) }))
      .filter(({ name }) => name !== '' && wanted.includes(name))
      .sort((one, other) => other.name.length - one.name.length);
    const [first, second] = fits;
    if (!first || second?.name === first.name) throw new Refusal('SOURCE_UNKNOWN', { said });
    return { document: first.id, rest: wanted.replace(first.name, '') };
  }

  /** The one passage that is meant by a title with an article or heading; refuses none and several. */
  async function byWord(said: string, question: string, scope: Scope): Promise<Source> {
    const { document, rest } = await named(said, scope);
    const passages = await db.sql<Placed>(
      `select id, heading, left(text, 60) as head from passage where document_id = $1::int order by position`,
      document,
    );
    const exact = passages.filter(({ heading }) =>
      heading.split(' · ').some((each) => bare(each) === rest),
    );
    const like = passages.filter(({ heading, head }) => bare(`${heading}${head}`).includes(rest));
    const [passage, ...others] = rest === '' ? passages : exact.length > 0 ? exact : like;
    if (!passage || others.length > 0) throw new Refusal('SOURCE_UNKNOWN', { said });
    const [whole] = await of([{ passage: passage.id }], scope);
    if (!whole) throw new Refusal('SOURCE_UNKNOWN', { said });
    if (!whole.isPart) return whole;
    // Of a long passage the sentences that speak of the question.
    const hits = await retrieval.search(question, scope, 20);
    const hit = hits.find(
      (each) => each.passage === passage.id && each.quote.end > each.quote.start,
    );
    return hit ? ofHit(hit) : whole;
  }

  return { of, choice, byWord };
}

function cut(
  { edition, text: whole, ...row }: Row,
  { start = 0, end = whole.length }: Piece,
): Source {
  const isInside = start < whole.length && start < end;
  const from = isInside ? start : 0;
  const text = whole.slice(from, Math.min(isInside ? end : Infinity, from + longestQuote));
  return { ...row, ...(edition && { edition }), start: from, text, isPart: text !== whole };
}

function ofHit({ passage, document, heading, text, quote }: Hit): Source {
  const { title, edition = null } = document;
  const piece = text.length <= longestQuote ? {} : quote;
  return cut({ passage, title, edition, heading, text }, { passage, ...piece });
}

/** Titles are known without their brackets, signs, and the country's or party's name before them. */
const bare = (text: string) =>
  comparable(plainForm(text))
    .replace(/[\s\p{P}]/gu, '')
    .replace(/^(?:中华人民共和国|中国共产党)(?=.{2})/u, '');
