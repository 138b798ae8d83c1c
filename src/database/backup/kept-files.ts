import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { KeptFile } from './backup-file.ts';

/** Beside the database: days off given by hand, and the chats of the local Feishu with their files. */
const SINGLE = ['calendar.json', 'simulator.json'];
const FOLDER = 'simulator.json.files';

/** What of `DATA_DIR` goes into a backup, beside the database. */
export function keptFiles(dataDir: string): KeptFile[] {
  const folder = path.join(dataDir, FOLDER);
  const inFolder = existsSync(folder) ? readdirSync(folder).map((name) => `${FOLDER}/${name}`) : [];
  return [...SINGLE, ...inFolder]
    .filter((name) => existsSync(path.join(dataDir, name)))
    .map((name) => {
      return { path: name, bytes: readFileSync(path.join(dataDir, name)).toString('base64') };
    });
}

/** Puts them back; returns those that were there already, which stay as they are. */
export function putFiles(dataDir: string, files: KeptFile[]): string[] {
  return files.filter((file) => !isPut(dataDir, file)).map((file) => file.path);
}

function isPut(dataDir: string, file: KeptFile): boolean {
  const place = path.join(dataDir, file.path);
  if (existsSync(place)) return false;
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, Buffer.from(file.bytes, 'base64'));
  return true;
}
