import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { sampleState } from './sample.ts';
import type { State } from './state.ts';

const Stored: z.ZodType<State> = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      handle: z.string(),
      name: z.string(),
      title: z.string(),
      reach: z.enum(['open', 'outside', 'blocked', 'resigned']),
    }),
  ),
  chats: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['group', 'p2p']),
      name: z.string(),
      members: z.array(z.string()),
      owner: z.string().optional(),
      withBot: z.boolean(),
      external: z.boolean(),
      disbanded: z.boolean(),
    }),
  ),
  messages: z.array(
    z.object({
      id: z.string(),
      chat: z.string(),
      sender: z.string(),
      at: z.number(),
      type: z.string(),
      content: z.string(),
      mentions: z.array(z.object({ key: z.string(), id: z.string(), name: z.string() })),
      version: z.number(),
      edits: z.number(),
      recalled: z.boolean(),
      replyTo: z.string().optional(),
    }),
  ),
  files: z.array(
    z.object({ key: z.string(), name: z.string(), size: z.number(), owner: z.string() }),
  ),
  entities: z
    .array(
      z.object({
        id: z.string(),
        card: z.string(),
        madeAt: z.number(),
        message: z.string().optional(),
        sequence: z.number(),
        uuids: z.array(z.string()),
      }),
    )
    .default([]), // a file of an older version has none
  uuids: z.record(z.string(), z.object({ message: z.string(), at: z.number() })),
  deliveries: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      madeAt: z.number(),
      event: z.unknown(),
      attempts: z.number(),
      nextAt: z.number(),
    }),
  ),
  opened: z.boolean(),
});

/** Where state and file bytes are kept: in files, or nowhere. */
export interface Storage {
  load(): State;
  save(state: State): void;
  putBytes(key: string, bytes: Uint8Array): void;
  bytes(key: string): Uint8Array | undefined;
}

export function memoryStorage(): Storage {
  const files = new Map<string, Uint8Array>();
  return {
    load: sampleState,
    save: () => undefined,
    putBytes: (key, bytes) => void files.set(key, bytes),
    bytes: (key) => files.get(key),
  };
}

/** A JSON file, with uploads in a folder of its name beside it. */
export function fileStorage(statePath: string, warn: (text: string) => void): Storage {
  const folder = `${statePath}.files`;
  mkdirSync(folder, { recursive: true });
  return {
    load: () => loadState(statePath, warn),
    save: (state) => replaceFile(statePath, JSON.stringify(state)),
    putBytes: (key, bytes) => writeFileSync(path.join(folder, key), bytes),
    bytes(key) {
      const file = path.join(folder, key);
      return existsSync(file) ? readFileSync(file) : undefined;
    },
  };
}

/** A file that cannot be read is put aside, not trusted and not deleted: the sample starts anew. */
function loadState(statePath: string, warn: (text: string) => void): State {
  if (!existsSync(statePath)) return sampleState();
  try {
    return Stored.parse(JSON.parse(readFileSync(statePath, 'utf8')));
  } catch {
    renameSync(statePath, `${statePath}.damaged`);
    warn(`the simulator's state could not be read: put aside as ${statePath}.damaged`);
    return sampleState();
  }
}

/** Whoever reads the file finds the old text or the new one, whole. */
export function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
