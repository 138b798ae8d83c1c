import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { StartError } from '../../base/errors.ts';

/**
 * A backup is a gzipped text. A line that begins with `[` is a note, one that begins with `{` is a row of
 * the table that was named last. The first note is the head, the last one counts the rows.
 */
const FORMAT = 1;

const Name = z.string().regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/);
const Head = z.object({
  format: z.literal(FORMAT),
  app: z.string(),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
});
const Table = z.object({ name: Name, columns: z.array(Name).min(1) });
/** Where each sequence stands. */
const Sequences = z.record(Name, z.string().regex(/^\d+$/));
/** A file of `DATA_DIR`, by its path within. */
const KeptFile = z.object({
  path: z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/),
  bytes: z.base64(),
});
const End = z.object({ rows: z.int() });

export type Head = z.infer<typeof Head>;
export type Table = z.infer<typeof Table>;
export type KeptFile = z.infer<typeof KeptFile>;
export type Note =
  | ['xueban backup', Head]
  | ['table', Table]
  | ['sequences', z.infer<typeof Sequences>]
  | ['file', KeptFile]
  | ['end', z.infer<typeof End>];
/** What stands in a backup, in its order; rows come in small batches, each a line of JSON. */
export type Part = Note | ['rows', Table, string[]];

const AnyNote: z.ZodType<Note> = z.union([
  z.tuple([z.literal('xueban backup'), Head]),
  z.tuple([z.literal('table'), Table]),
  z.tuple([z.literal('sequences'), Sequences]),
  z.tuple([z.literal('file'), KeptFile]),
  z.tuple([z.literal('end'), End]),
]);

const mostRows = 1_000;
const mostCharacters = 4_000_000;

/** Writes the file whole or not at all, readable by its owner alone. One that is there is not replaced. */
export async function writeParts(file: string, parts: AsyncIterable<Part>): Promise<void> {
  if (existsSync(file)) throw new StartError(`${file} is there already: give another name.`);
  // Of its own, so that of two backups into one file neither touches the other's.
  const draft = `${file}.${process.pid}.draft`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const target = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(written(parts)), createGzip(), target);
    await checkBackup(draft);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The backup ${file} could not be written: ${reason}.`, { cause: error });
  }
}

async function* written(parts: AsyncIterable<Part>) {
  for await (const part of parts) {
    if (part[0] === 'rows') yield part[2].map((row) => `${row}\n`).join('');
    else yield `${JSON.stringify(part)}\n`;
  }
}

/** Reads the file to its end and returns its head; whatever is not a whole backup is a `StartError`. */
export async function checkBackup(file: string): Promise<Head> {
  let head: Head | undefined;
  for await (const part of readParts(file)) {
    if (part[0] === 'xueban backup') head = part[1];
    if (part[0] === 'rows') for (const row of part[2]) parsed(file, row);
  }
  if (!head) throw damaged(file, 'it is empty');
  return head;
}

/** The parts of a backup. Damage is a `StartError`, which may come after many good parts. */
export async function* readParts(file: string): AsyncGenerator<Part> {
  let table: Table | undefined;
  let batch: string[] = [];
  let [rows, size] = [0, 0];
  let last: Note | undefined;
  for await (const line of linesOf(file)) {
    if (line.startsWith('{') && table) {
      batch.push(line);
      [rows, size] = [rows + 1, size + line.length];
      if (batch.length < mostRows && size < mostCharacters) continue;
    }
    if (table && batch.length > 0) yield ['rows', table, batch];
    [batch, size] = [[], 0];
    if (line.startsWith('{') && table) continue;
    const note = noteIn(file, line, last);
    table = note[0] === 'table' ? note[1] : undefined;
    last = note;
    yield note;
  }
  if (last?.[0] !== 'end') throw damaged(file, 'its end is missing');
  if (last[1].rows !== rows) throw damaged(file, `it holds ${rows} rows of ${last[1].rows}`);
}

/** A note, where one may stand: the head first, nothing behind the end. */
function noteIn(file: string, line: string, before: Note | undefined): Note {
  if (!before) return headIn(file, line);
  if (before[0] === 'end') throw damaged(file, 'something follows its end');
  const { data: note } = AnyNote.safeParse(parsed(file, line));
  if (!note || note[0] === 'xueban backup') throw damaged(file, 'a line of it cannot be read');
  return note;
}

function headIn(file: string, line: string): Note {
  const { data: note } = AnyNote.safeParse(line.startsWith('[') ? parsed(file, line) : undefined);
  if (note?.[0] === 'xueban backup') return note;
  throw line.startsWith('["xueban backup",')
    ? new StartError(`${file} was made by a newer Xueban: update the program.`)
    : new StartError(`${file} is not a backup of Xueban.`);
}

function parsed(file: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged(file, 'a line of it cannot be read');
  }
}

const damaged = (file: string, how: string) =>
  new StartError(`${file} is damaged: ${how}. Nothing was changed.`);

async function* linesOf(file: string): AsyncGenerator<string> {
  const packed = createReadStream(file);
  const text = createGunzip();
  packed.on('error', (error) => text.destroy(error)).pipe(text);
  text.setEncoding('utf8');
  // A line may be many chunks long: put together once, at its end.
  let begun: string[] = [];
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const [first = '', ...others] = chunk.split('\n');
      begun.push(first);
      for (const other of others) {
        yield begun.join('');
        begun = [other];
      }
    }
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    packed.destroy();
  }
  if (begun.join('') !== '') throw damaged(file, 'its end is missing');
}

function unreadable(file: string, error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new StartError(`${file} does not exist.`);
  if (code === 'Z_DATA_ERROR' && message.includes('header'))
    return new StartError(`${file} is not a backup of Xueban.`);
  if (code.startsWith('Z_')) return damaged(file, message);
  return code.startsWith('E') ? new StartError(`${file} cannot be read (${code}).`) : error;
}
