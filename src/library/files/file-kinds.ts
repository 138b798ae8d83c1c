import type { Card, Reader } from '../../bot/talk.ts';
import { must } from '../../base/errors.ts';
import type { Branch } from '../../people/roster/types.ts';
import type { RefusedKind } from './file-reading.ts';
import type {
  Claims,
  FileKind,
  FileSource,
  PendingUpload,
  FileDestination,
  ReadFile,
} from './types.ts';

/** A kind of file, whatever it reads: what was read goes in, a card comes out. */
export interface AnyKind extends FileSource {
  shown(reader: Reader, read: ReadFile, held: PendingUpload, branches: Branch[]): Promise<Card>;
  kept(reader: Reader, read: ReadFile, place: FileDestination): Promise<Card>;
}

/** The kinds of file. Each is added by its feature; where two claim a file equally, the first one takes it. */
export function createFileKinds() {
  const kinds = new Map<string, AnyKind | RefusedKind>();

  function add(kind: AnyKind | RefusedKind): void {
    if (kinds.has(kind.kind)) throw new Error(`There are two kinds of file called ${kind.kind}`);
    for (const other of kinds.values()) {
      const both = signsOf(kind.claims).find((sign) => signsOf(other.claims).includes(sign));
      if (both) throw new Error(`${kind.kind} and ${other.kind} both claim ${both}`);
    }
    kinds.set(kind.kind, kind);
  }

  function find(name: string | null): AnyKind | undefined {
    const found = kinds.get(name ?? '');
    return found && 'reader' in found ? found : undefined;
  }

  return {
    add: <Read extends ReadFile, Shown, Kept>(kind: FileKind<Read, Shown, Kept>): void =>
      add(anyKind(kind)),

    /** Adds a kind that is not read yet: its files are refused, with a reason of their own. */
    refuse: (kind: RefusedKind): void => add(kind),

    all: () => [...kinds.values()],

    find,

    /** The kind of this name, which exists. */
    of: (name: string): AnyKind => must(find(name)),
  };
}
export type FileKinds = ReturnType<typeof createFileKinds>;

/** Claims that two kinds may not share. */
const signsOf = ({ sheets = [], endings = [] }: Claims) => [
  ...sheets.map((sheet) => `the sheet ${sheet}`),
  ...endings.map((ending) => `.${ending}`),
];

/** Hides the type of what a kind reads. That is safe: a kind only gets back what its own module has read. */
function anyKind<Read extends ReadFile, Shown, Kept>(kind: FileKind<Read, Shown, Kept>): AnyKind {
  const { cards, ...source } = kind;
  return {
    ...source,
    shown: async (reader, read, held, branches) =>
      cards.preview(reader, await kind.preview(read as Read, held, branches)),
    kept: async (reader, read, place) => cards.kept(reader, await kind.keep(read as Read, place)),
  };
}
