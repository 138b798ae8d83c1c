import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Types of what may be served; anything else in the folders, sources above all, is not there. */
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

export interface StaticFile {
  type: string;
  bytes: Uint8Array;
}

const root = projectRoot(import.meta.dirname);
// The built page first; what needs no building may lie beside its sources.
const pageFolders = [path.join(root, 'dist/simulator/page'), path.join(root, 'simulator/page')];
const fontFolder = path.join(root, 'node_modules/@fontsource-variable/noto-sans-sc');

/** The file of the page (or of its font, under `fonts/`) with this address, if there is one. */
export async function findStatic(address: string): Promise<StaticFile | undefined> {
  const wanted = address === '' ? 'index.html' : address;
  const font = /^fonts\/(.+)$/.exec(wanted)?.[1];
  const found = font ? [within(fontFolder, font)] : pageFolders.map((each) => within(each, wanted));
  const type = types[path.extname(wanted)];
  const file = found.find((each) => each !== undefined && existsSync(each));
  return type && file ? { type, bytes: await readFile(file) } : undefined;
}

function within(folder: string, address: string): string | undefined {
  const file = path.resolve(folder, address);
  return file.startsWith(folder + path.sep) ? file : undefined;
}

/** The folder of `package.json`, from the sources as well as from the build. */
function projectRoot(folder: string): string {
  const parent = path.dirname(folder);
  return parent === folder || existsSync(path.join(folder, 'package.json'))
    ? folder
    : projectRoot(parent);
}
