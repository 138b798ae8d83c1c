/**
 * Every table has an owner, the folder whose code alone writes it; others ask its service. Read are other
 * owners' tables only where READERS says so. What is looked at is the text of statements and calls of
 * Prisma's client; a relation within such a call is not seen.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A table belongs to the topic that its model's file is named after, in whatever area, unless it says otherwise here. */
const OWNERS = {
  files: {
    banks: ['src/library/'],
    leave: ['src/rounds/*', 'src/rounds/audience/'],
    rounds: ['src/rounds/*', 'src/rounds/audience/'],
    daily: ['src/daily/*'],
    // Stored by one and made by the other: what is found is what is on the shelf.
    library: ['src/library/', 'src/answers/retrieval/', 'src/program/retriever.ts'],
    process: ['src/queue/', 'jobs/queue/', 'jobs/night/'],
    // The platform's ids of people and chats are the adapter's.
    roster: ['src/people/roster/', 'src/feishu/accounts/'],
  },
  tables: {
    stamp: ['src/database/', 'src/feishu/api/identity.ts'],
    quiet_hours: ['src/people/quiet/'],
    'pgboss.job': ['src/queue/', 'jobs/queue/'],
    'pgboss.queue': ['src/queue/'],
  },
};

/** Who somebody is and where they belong: statements join it to show and to find. */
const READ_BY_ALL = ['person', 'chat', 'chat_member', 'branch'];

/** Whose statements join which other tables, reading them. */
const READERS = {
  // All that is known of one person, table by table.
  'src/people/privacy/': 'all',
  // Backup and restore take the database as it is.
  'src/database/': 'all',
  // Kinds of round count what the engine keeps.
  'src/rounds/meetings/': ['round_person', 'answer'],
  'src/rounds/quiz/': ['round', 'question_bank', 'bank_question', 'question', 'question_tag'],
  // What may be quoted is a condition on the documents themselves, `mayAnswer`.
  'src/answers/ask/': ['document', 'passage'],
  'src/answers/standard/': ['document', 'passage'],
  // What depends on a document that is to go.
  'src/library/': ['daily', 'standard_answer'],
  // Whether a card has left, and whether a group is being bound.
  'jobs/answers/': ['outgoing'],
  'jobs/people/': ['pgboss.job'],
};

/** With `*` a folder means the files in it, and not those of the topics that stand there too. */
const isIn = (owner, file) =>
  owner.endsWith('*') ? `${path.dirname(file)}/*` === owner : file.startsWith(owner);

/** `src/<topic>/`, or `src/<area>/<topic>/`. */
function folderOf(topic) {
  const areas = ['src', ...readdirSync('src').map((area) => `src/${area}`)];
  const folder = areas.map((area) => `${area}/${topic}`).find((each) => existsSync(each));
  if (!folder) throw new Error(`no topic has the models of ${topic}.prisma`);
  return `${folder}/`;
}

/** Every table, as Prisma's client calls it, with its owners. */
function tablesIn(folder) {
  const found = Object.keys(OWNERS.tables)
    .filter((table) => table.includes('.'))
    .map((table) => ({ table, owners: OWNERS.tables[table] }));
  for (const file of readdirSync(folder).sort()) {
    const topic = file.replace('.prisma', '');
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const [, name, body] of text.matchAll(/^model (\w+) \{([^]*?)^\}/gm)) {
      const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name;
      const owners = OWNERS.tables[table] ?? OWNERS.files[topic] ?? [folderOf(topic)];
      found.push({ table, model: name[0].toLowerCase() + name.slice(1), owners });
    }
  }
  return found;
}

const blank = (text) => text.replace(/[^\n]/g, ' ');
/** Comments speak of tables as well. */
const withoutComments = (source) =>
  source
    .replace(/\/\*[^]*?\*\//g, blank)
    .replace(/(^|[^:'"`])\/\/[^\n]*/g, (all, before) => before + blank(all.slice(before.length)));

function usesIn(text, { table, model }) {
  const uses = [];
  const lineAt = (at) => text.slice(0, at).split('\n').length;
  const sql = new RegExp(
    `\\b(insert into|delete from|update|from|join|using|into)\\s+${table.replace('.', '\\.')}\\b(?!\\s*\\()`,
    'gi',
  );
  for (const { index, 1: verb } of text.matchAll(sql))
    uses.push({ line: lineAt(index), writes: /insert|delete|update|into/i.test(verb) });
  if (!model) return uses;
  const calls = new RegExp(`\\b(?:client|tx)\\s*\\.\\s*${model}\\s*\\.\\s*(\\w+)`, 'g');
  for (const { index, 1: call } of text.matchAll(calls))
    uses.push({ line: lineAt(index), writes: /^(create|update|upsert|delete)/.test(call) });
  return uses;
}

/** What these files do to tables that are not theirs, and what is allowed without being done. */
export function faultsOfTables(files, models = 'prisma/models') {
  const faults = [];
  const needed = new Set();
  const reader = (file) => Object.keys(READERS).find((folder) => file.startsWith(folder));
  const tables = tablesIn(models);
  for (const file of files) {
    const text = withoutComments(readFileSync(file, 'utf8'));
    for (const each of tables) {
      if (each.owners.some((owner) => isIn(owner, file))) continue;
      for (const { line, writes } of usesIn(text, each)) {
        const { table, owners } = each;
        const allowed = READERS[reader(file)];
        const mayRead =
          READ_BY_ALL.includes(table) || allowed === 'all' || allowed?.includes(table);
        if (allowed?.includes?.(table)) needed.add(`${reader(file)} ${table}`);
        // Only a backup that is read back writes what is not its own.
        const mayWrite = file.startsWith('src/database/');
        if (writes ? mayWrite : mayRead) continue;
        const what = writes ? 'writes' : 'reads';
        faults.push(`${file}:${line} ${what} ${table}, which belongs to ${owners.join(' and ')}`);
      }
    }
  }
  for (const [folder, allowed] of Object.entries(READERS))
    for (const table of allowed === 'all' ? [] : allowed)
      if (!needed.has(`${folder} ${table}`)) faults.push(`${folder} reads ${table} no more`);
  return faults;
}
