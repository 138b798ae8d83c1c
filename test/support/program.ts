import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type ts from 'typescript';
import { projectRoot } from '../../src/base/project-root.ts';

// Not `dist` itself: what is served there is type-checked, and the compiler's own notes say what is in it.
const folder = path.join(projectRoot, 'dist', 'test');
const settings = () => readFileSync(path.join(projectRoot, 'tsconfig.json'), 'utf8');

/** The folders that `npm run build` compiles. */
function parts(): string[] {
  const build = readFileSync(path.join(projectRoot, 'tsconfig.build.json'), 'utf8');
  return (JSON.parse(build) as { include: string[] }).include;
}

/** A program of `src/program` as an operator starts it, in JavaScript; `compileProgram` has made it. */
export const program = (name: string): string => path.join(folder, 'src', 'program', `${name}.js`);

/**
 * Turns the sources into JavaScript, without looking at their types. A process that starts from TypeScript
 * takes twice as long, and the tests start dozens. What has not changed since the last time stays.
 */
export async function compileProgram(): Promise<void> {
  const sources = parts().flatMap(sourcesIn);
  forgetOtherSettings();
  removeOthers(new Set(sources.map(targetOf)));
  const changed = sources.filter((file) => !isAsNew(file));
  if (changed.length === 0) return;
  // It takes long to load.
  const { default: typescript } = await import('typescript');
  const compilerOptions = optionsOf(typescript);
  for (const file of changed) {
    const fileName = path.join(projectRoot, file);
    const text = readFileSync(fileName, 'utf8');
    const { outputText } = typescript.transpileModule(text, { compilerOptions, fileName });
    keep(file, outputText);
  }
}

function sourcesIn(part: string): string[] {
  const all = readdirSync(path.join(projectRoot, part), { recursive: true, encoding: 'utf8' });
  return all
    .map((name) => path.join(part, name))
    .filter((file) => /(?<!\.d)\.ts$/.test(file) && !file.startsWith('simulator/page/'));
}

const targetOf = (file: string) => path.join(folder, file.replace(/\.ts$/, '.js'));
/** In milliseconds, which every file system keeps. */
const changedAt = (file: string) => Math.round(statSync(file).mtimeMs);

/** What is made has the time of what it was made from. */
function isAsNew(file: string): boolean {
  const target = targetOf(file);
  return existsSync(target) && changedAt(target) === changedAt(path.join(projectRoot, file));
}

function keep(file: string, text: string) {
  const target = targetOf(file);
  const at = changedAt(path.join(projectRoot, file));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  utimesSync(target, at / 1000, at / 1000);
}

/** Other settings of the compiler make other programs. */
function forgetOtherSettings() {
  const kept = path.join(folder, 'tsconfig.json');
  if (existsSync(kept) && readFileSync(kept, 'utf8') === settings()) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(kept, settings());
}

/** A source that is no more must be missed. */
function removeOthers(wanted: ReadonlySet<string>) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    if (file.endsWith('.js') && !wanted.has(file)) rmSync(file);
  }
}

function optionsOf({ convertCompilerOptionsFromJson }: typeof ts) {
  const ours = (JSON.parse(settings()) as { compilerOptions: object }).compilerOptions;
  // One file at a time, the compiler does not look at package.json, which makes modules of them.
  const modules = { module: 'ESNext', moduleResolution: 'Bundler' };
  const all = { ...ours, ...modules, noEmit: false, inlineSourceMap: true };
  return convertCompilerOptionsFromJson(all, projectRoot).options;
}
