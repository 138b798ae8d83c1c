/**
 * Keeps the table "Who looks at whom" of docs/architecture.md true: every import must be allowed by
 * RULES, nothing imports in a circle (neither files nor topics), names say what a file is about, and
 * nobody writes another's table.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { faultsOfTables } from './tables.mjs';

const PARTS = [
  'bot',
  'model',
  'retrieval',
  'files',
  'feishu',
  'server',
  'database',
  'jobs',
  'generated',
];
const FREE = ['app', 'test', 'scripts', 'bench'];
const door = /\/(service|types|jobs|settings)\.ts$/;
const declarations = /-commands\.ts$/;
const types = /\/(types|refusals)\.ts$/;

/** What a part may import beside itself: a part, or a part with the files of it that are open to others. */
const RULES = {
  root: { generated: /client\.ts$/ },
  config: { root: /./ },
  bot: { root: /./ },
  model: { root: /./ },
  retrieval: { root: /./ },
  files: { root: /./, bot: /\/talk\.ts$/, topic: door },
  topic: { root: /./, retrieval: /./, model: /./, files: /./, topic: door, jobs: /\/job\.ts$/ },
  cards: { bot: /./, topic: types, root: /\/(errors|ids|clock|line|finding)\.ts$/ },
  handlers: { cards: /./, bot: /./, files: /./, topic: door, root: /./, jobs: /./ },
  jobs: { cards: /./, bot: /./, files: /./, topic: door, root: /./ },
  feishu: { bot: /./, root: /./ },
  server: { root: /./ },
  database: { root: /./ },
  generated: {},
  simulator: { bot: /./ },
};

/** Packages that only these parts may know. */
const PACKAGES = {
  '@larksuiteoapi/node-sdk': ['feishu'],
  koa: ['server', 'feishu'],
  '@koa/router': ['server', 'feishu'],
  pg: ['root', 'database'],
  'pg-boss': ['jobs'],
  '@prisma/client': ['root', 'generated'],
  '@prisma/adapter-pg': ['root'],
};
/** What only these parts may say: the house mints a right for itself where it tells secretaries by a job. */
const SAID = { 'roster.asHouse(': ['jobs', 'test'] };
const VAGUE = /(^|[-/])(utils?|helpers?|common|misc|index)\.ts$/;

function partOf(file) {
  const [top, folder, ...rest] = file.split('/');
  if (top !== 'src') return top;
  if (rest.length === 0) {
    const name = folder.replace('.ts', '');
    const parts = {
      app: 'app',
      topics: 'app',
      services: 'app',
      local: 'app',
      main: 'app',
      retriever: 'app',
      doctor: 'app',
      backup: 'app',
      restore: 'app',
      operator: 'app',
      config: 'config',
    };
    return parts[name] ?? 'root';
  }
  return PARTS.includes(folder) ? folder : 'topic';
}

function importsOf(file) {
  const statement =
    /^(?:import|export)\s(type\s)?(?:[^'";]*?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm;
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(statement)].flatMap(([, onlyType, name, dynamic]) => {
    const target = name ?? dynamic;
    if (target.startsWith('.')) return path.join(path.dirname(file), target);
    // The types of a package may be spoken of anywhere.
    return onlyType ? [] : target;
  });
}

function faultOf(from, to) {
  const part = partOf(from);
  if (FREE.includes(part)) return undefined;
  if (!to.includes('.ts')) {
    const knowing = PACKAGES[to];
    return knowing && !knowing.includes(part)
      ? `only ${knowing.join(' and ')} may know ${to}`
      : undefined;
  }
  const target = partOf(to);
  const sameFolder = path.dirname(from) === path.dirname(to);
  if (part === 'handlers' && target === 'handlers' && !declarations.test(to))
    return 'a handler imports no other handler';
  if (target === part && (part !== 'topic' || sameFolder)) return undefined;
  return RULES[part]?.[target]?.test(to) ? undefined : `${part} may not import this of ${target}`;
}

/** The first circle met when walking `graph` from any of its nodes, as a path. */
function circlesIn(graph) {
  const done = new Set();
  const found = [];
  const walk = (node, trail) => {
    if (trail.includes(node)) found.push([...trail.slice(trail.indexOf(node)), node].join(' → '));
    if (done.has(node) || trail.includes(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return found;
}

const folders = ['src', 'handlers', 'cards', 'simulator', 'test', 'scripts', 'bench'];
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
  .filter((file) => file.endsWith('.ts') && !/^(src\/generated|simulator\/page)\//.test(file));
const graph = new Map(files.map((file) => [file, importsOf(file)]));
const topics = new Map();
const faults = [];
for (const [from, targets] of graph) {
  if (VAGUE.test(from)) faults.push(`${from}: name it after what it is about`);
  for (const [words, parts] of Object.entries(SAID))
    if (!parts.includes(partOf(from)) && readFileSync(from, 'utf8').includes(words))
      faults.push(`${from} says ${words}…): only ${parts.join(' and ')} may`);
  if (!/^[a-z0-9-./]+$/.test(from)) faults.push(`${from}: file names are kebab-case`);
  for (const to of targets) {
    const fault = faultOf(from, to);
    if (fault) faults.push(`${from} imports ${to}: ${fault}`);
    const [a, b] = [path.dirname(from), path.dirname(to)];
    if (partOf(from) === 'topic' && to.endsWith('.ts') && partOf(to) === 'topic' && a !== b) {
      topics.set(a, new Set(topics.get(a)).add(b));
    }
  }
}
for (const circle of [...circlesIn(graph), ...circlesIn(topics)]) faults.push(`circle: ${circle}`);
const sources = files.filter((file) => /^(src|handlers|cards|simulator)\//.test(file));
faults.push(...faultsOfTables(sources));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
