import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { Block } from '../../answers/retrieval/types.ts';
import type { DocumentContent } from './document-content.ts';
import { plainBlocks } from './plain.ts';

const Linked = z.object({
  title: z.string(),
  blocks: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('heading'), level: z.int(), text: z.string() }),
      z.object({ kind: z.literal('text'), text: z.string() }),
    ]),
  ),
});

/** Reads a document of the platform. Its title becomes the top heading; without headings they are guessed as in plain text. */
export function readLinked(bytes: Uint8Array): DocumentContent {
  const read = Linked.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!read.success) throw new Refusal('FILE_DAMAGED');
  const { title, blocks } = read.data;
  const isStyled = blocks.some(({ kind }) => kind === 'heading');
  const inside = isStyled ? blocks : plainBlocks(blocks.map(({ text }) => text).join('\n\n'));
  const under = inside.map((block) =>
    block.kind === 'heading' ? { ...block, level: block.level + 1 } : block,
  );
  const head: Block[] = title.trim() ? [{ kind: 'heading', level: 1, text: title }] : [];
  return { blocks: [...head, ...under], printed: [title] };
}
