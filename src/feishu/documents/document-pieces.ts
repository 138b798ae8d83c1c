import { z } from 'zod';
import type { FetchedDocument } from '../../bot/messenger.ts';

type Block = FetchedDocument['blocks'][number];

const Words = z.object({
  elements: z
    .array(
      z.object({
        text_run: z.object({ content: z.string() }).optional(),
        mention_doc: z.object({ title: z.string().default('') }).optional(),
        equation: z.object({ content: z.string() }).optional(),
        link_preview: z.object({ title: z.string().default('') }).optional(),
      }),
    )
    .default([]),
});
type Words = z.infer<typeof Words>;

/** A block as the platform gives it; what it holds stands under the name of its kind. */
export const Piece = z.looseObject({
  block_id: z.string(),
  block_type: z.int(),
  children: z.array(z.string()).default([]),
});
export type Piece = z.infer<typeof Piece>;

const kind = { page: 1, bullet: 12, ordered: 13, todo: 17, table: 31 };
/** The field that holds the words of each kind. Headings are `heading1` to `heading9`, kinds 3 to 11. */
const fields: Readonly<Record<number, string>> = {
  2: 'text',
  12: 'bullet',
  13: 'ordered',
  14: 'code',
  15: 'quote',
  17: 'todo',
};
const Table = z.object({
  cells: z.array(z.string()).default([]),
  property: z.object({ column_size: z.int().min(1).max(1000).default(1) }).prefault({}),
});
// Deeper than anybody writes; what refers to itself ends here.
const deepest = 40;

/** Headings, paragraphs, lists and tables in the order in which they are read; pictures and files are left out. */
export function documentPieces(pieces: readonly Piece[]): Block[] {
  const byId = new Map(pieces.map((piece) => [piece.block_id, piece]));
  const seen = new Set<string>();

  const below = (ids: readonly string[], depth: number): Block[] => {
    const them = ids.flatMap((id) => byId.get(id) ?? []);
    let number = 0;
    return them.flatMap((piece) => {
      number = piece.block_type === kind.ordered ? number + 1 : 0;
      return blocksOf(piece, number, depth);
    });
  };

  function blocksOf(piece: Piece, number: number, depth: number): Block[] {
    if (depth > deepest || seen.has(piece.block_id)) return [];
    seen.add(piece.block_id);
    const level = levelOf(piece);
    const inside = () => below(piece.children, depth + 1);
    if (piece.block_type === kind.table) return [text(tableOf(piece, depth))];
    if (level !== undefined)
      return [{ kind: 'heading', level, text: wordsOf(piece, `heading${level}`) }, ...inside()];
    const field = fields[piece.block_type];
    if (field === undefined) return inside();
    const own = signOf(piece, number) + wordsOf(piece, field);
    const isList = [kind.bullet, kind.ordered, kind.todo].includes(piece.block_type);
    if (!isList) return [text(own), ...inside()];
    const nested = inside().map((block) => block.text.replace(/^/gm, '  '));
    return [text([own, ...nested].join('\n'))];
  }

  /** A row a line, its cells apart by `|`. */
  function tableOf(piece: Piece, depth: number): string {
    const { cells, property } = Table.safeParse(piece['table']).data ?? Table.parse({});
    const texts = (cells.length > 0 ? cells : piece.children).map((id) =>
      below([id], depth + 1)
        .map((block) => block.text.replace(/\s+/gu, ' '))
        .join(' ')
        .trim(),
    );
    const rows: string[] = [];
    for (let i = 0; i < texts.length; i += property.column_size)
      rows.push(texts.slice(i, i + property.column_size).join(' | '));
    return rows.join('\n');
  }

  const root = pieces.find(({ block_type }) => block_type === kind.page) ?? pieces[0];
  return root ? below(root.children, 0).filter((block) => block.text.trim() !== '') : [];
}

const text = (content: string): Block => ({ kind: 'text', text: content });
const signOf = ({ block_type }: Piece, number: number) =>
  block_type === kind.ordered
    ? `${number}. `
    : block_type === kind.bullet || block_type === kind.todo
      ? '- '
      : '';

function levelOf({ block_type }: Piece): number | undefined {
  return block_type >= 3 && block_type <= 11 ? block_type - 2 : undefined;
}

/** Names of people that are mentioned are left out: they are no part of what is studied. */
function wordsOf(piece: Piece, field: string): string {
  const { elements } = Words.safeParse(piece[field]).data ?? { elements: [] as Words['elements'] };
  return elements
    .map(
      ({ text_run, mention_doc, equation, link_preview }) =>
        text_run?.content ?? mention_doc?.title ?? equation?.content ?? link_preview?.title ?? '',
    )
    .join('');
}
