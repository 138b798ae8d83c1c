import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const packed = path.join(root, 'node_modules/@sparticuz/chromium');

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const isPacked = process.platform === 'linux' && process.arch === 'x64' && existsSync(packed);
const own = () => installed.find((file) => existsSync(file));

/** Whether there is a browser to start. */
export const hasBrowser = (): boolean => isPacked || own() !== undefined;

/** Starts a Chromium without a window: on Linux x64 the one that comes from npm, else an installed one. */
export async function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'];
  if (!isPacked) return chromium.launch({ executablePath: own(), args });
  const folder = await unpacked();
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    args: [...args, '--headless=shell', '--no-zygote', '--disable-gpu'],
    env: {
      ...process.env,
      HOME: folder,
      FONTCONFIG_PATH: path.join(folder, 'fonts'),
      LD_LIBRARY_PATH: [path.join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']]
        .filter(Boolean)
        .join(':'),
    },
  });
}

/** The package's Chromium, unpacked once per version and user; whoever comes second finds it whole. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(packed, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = path.join(os.tmpdir(), `xueban-chromium-${version}-${process.getuid?.() ?? ''}`);
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(`${folder}-`);
  try {
    await unpack('chromium.br', path.join(fresh, 'chromium'));
    // A bare system lacks libnss3 and its like; the package brings them, and fonts.
    for (const name of ['al2023', 'fonts']) await untar(`${name}.tar.br`, path.join(fresh, name));
    writeFileSync(path.join(fresh, 'fonts/fonts.conf'), fontsIn(folder));
    chmodSync(path.join(fresh, 'chromium'), 0o700);
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

// The package's own list of folders is another system's.
const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;

function unpack(name: string, to: string): Promise<void> {
  const from = createReadStream(path.join(packed, 'bin', name));
  return pipeline(from, createBrotliDecompress(), createWriteStream(to));
}

async function untar(name: string, folder: string): Promise<void> {
  await unpack(name, `${folder}.tar`);
  mkdirSync(folder);
  await promisify(execFile)('tar', ['-x', '-f', `${folder}.tar`, '-C', folder]);
  rmSync(`${folder}.tar`);
}
