/**
 * Keeps the table "Who looks at whom" of docs/architecture.md true: every import must be allowed by
 * RULES, nothing imports in a circle (neither files nor topics), names say what a file is about, and
 * nobody writes another's table.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { faultsOfTables } from './tables.mjs';

/** Of `src/`, the machinery that any branch's bot needs; what else stands there are areas of the business. */
const MACHINERY = ['base', 'bot', 'database', 'feishu', 'generated', 'program', 'queue', 'server'];
const FREE = ['program', 'test', 'scripts', 'bench'];
/** What a topic lets others see of it. */
const door = /\/(service|types|jobs|settings|rules)\.ts$/;
/** What handlers share: how commands are written, and which round is meant. */
const shared = /(-commands|\/meant-round)\.ts$/;
/** What has no effects: all that cards may ask of a topic. */
const pure = /\/(types|refusals|rules)\.ts$/;
/** Folders of the business whose every file others may use: tools rather than topics. */
const TOOLS = /^src\/(answers\/(retrieval|words|model)|library\/(files|confidential))\//;

/** What a part may import beside itself: a part, or a part with the files of it that are open to others. */
const RULES = {
  base: {},
  database: { base: /./, generated: /client\.ts$/ },
  bot: { base: /./ },
  queue: { base: /./, database: /\/db\.ts$/, bot: /./ },
  feishu: { base: /./, database: /\/db\.ts$/, bot: /./ },
  server: { base: /./ },
  topic: {
    base: /./,
    database: /\/(db|outside)\.ts$/,
    bot: /\/talk\.ts$/,
    queue: /\/job\.ts$/,
    topic: door,
  },
  cards: { base: /\/(errors|ids|clock|text|doctor-finding)\.ts$/, bot: /./, topic: pure },
  handlers: { base: /./, bot: /./, queue: /./, topic: door, cards: /./, jobs: /./ },
  jobs: { base: /./, bot: /./, queue: /./, database: /\/db\.ts$/, topic: door, cards: /./ },
  generated: {},
  simulator: { bot: /./ },
};

/** Packages that only these parts may know. */
const PACKAGES = {
  '@larksuiteoapi/node-sdk': ['feishu'],
  koa: ['server', 'feishu'],
  '@koa/router': ['server', 'feishu'],
  pg: ['database'],
  'pg-boss': ['queue'],
  '@prisma/client': ['database', 'generated'],
  '@prisma/adapter-pg': ['database'],
};
/** What only these parts may say: the house mints a right for itself where it tells secretaries by a job. */
const SAID = { 'roster.asHouse(': ['jobs', 'test'] };
const VAGUE = /(^|[-/])(utils?|helpers?|common|misc|index)\.ts$/;

function partOf(file) {
  const [top, folder] = file.split('/');
  if (top !== 'src') return top;
  return MACHINERY.includes(folder) ? folder : 'topic';
}

/** Folders of one area may look into each other where the area is one topic in parts. */
const WHOLE = ['src/library/'];
const isWhole = (from, to) => WHOLE.some((area) => from.startsWith(area) && to.startsWith(area));

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
  if (part === 'handlers' && target === 'handlers' && !shared.test(to))
    return 'a handler imports no other handler';
  if (target === part && (part !== 'topic' || sameFolder || isWhole(from, to))) return undefined;
  if (part !== 'cards' && target === 'topic' && TOOLS.test(to) && RULES[part]?.topic)
    return undefined;
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

const folders = ['src', 'handlers', 'cards', 'jobs', 'simulator', 'test', 'scripts', 'bench'];
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
    // What an area says of itself is for all that stands in it.
    const isOwnArea = a.startsWith(`${b}/`) && pure.test(to);
    const areTopics = partOf(from) === 'topic' && to.endsWith('.ts') && partOf(to) === 'topic';
    if (areTopics && a !== b && !isOwnArea) {
      topics.set(a, new Set(topics.get(a)).add(b));
    }
  }
}
for (const circle of [...circlesIn(graph), ...circlesIn(topics)]) faults.push(`circle: ${circle}`);
const sources = files.filter((file) => /^(src|handlers|cards|jobs|simulator)\//.test(file));
faults.push(...faultsOfTables(sources));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
