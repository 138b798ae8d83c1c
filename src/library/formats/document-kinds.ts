import { endingOf, unreadable } from '../files/claims.ts';

const readableKinds = ['md', 'txt', 'html', 'docx', 'pdf'] as const;
export type DocumentKind = (typeof readableKinds)[number];

const otherEndings: Readonly<Record<string, DocumentKind>> = { markdown: 'md', htm: 'html' };

/** How the names of study documents end. */
export const documentEndings = [...readableKinds, ...Object.keys(otherEndings)];

/** The kind of a document by its name, if it can be read. */
export function kindOf(name: string): DocumentKind | undefined {
  const ending = endingOf(name);
  return readableKinds.find((kind) => kind === ending) ?? otherEndings[ending];
}

/** The kind of a document by its name; refuses one that cannot be read, with advice. */
export function requireKind(name: string): DocumentKind {
  const kind = kindOf(name);
  if (!kind) throw unreadable(name);
  return kind;
}

/** A list of synonyms is known by its name: 同义词.txt, also as programs rename it: `同义词 (1).txt`. */
export const synonymNames = /(?:^\s*|[\\/])(?:同义词|synonyms)(?:[\s·_\-(（][^\\/]*)?\.txt\s*$/iu;
