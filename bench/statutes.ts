import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/**
 * The documents of a folder of statutes: its files, or what `laws.jsonl.gz` in it holds, one document a
 * line, `{path, markdown}`.
 */
export async function* statutesIn(
  folder: string,
): AsyncGenerator<{ path: string; bytes: Uint8Array }> {
  const packed = path.join(folder, 'laws.jsonl.gz');
  if (!existsSync(packed)) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (name.endsWith('.md')) yield { path: name, bytes: readFileSync(path.join(folder, name)) };
    }
    return;
  }
  const input = createReadStream(packed).pipe(createGunzip());
  for await (const line of createInterface({ input })) {
    const { path: name, markdown } = JSON.parse(line) as { path: string; markdown: string };
    yield { path: name, bytes: Buffer.from(markdown) };
  }
}

/** Writes them as files below `target`; returns how many. */
export async function unpackStatutes(folder: string, target: string): Promise<number> {
  let files = 0;
  for await (const { path: name, bytes } of statutesIn(folder)) {
    const place = path.join(target, name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, bytes);
    files += 1;
  }
  return files;
}
