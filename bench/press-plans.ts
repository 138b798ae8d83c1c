import { migrate } from '../src/database/migrate.ts';
import { type Db, openDb } from '../src/database/db.ts';
import { openLog } from '../src/base/log.ts';
import { withThrowAwayDatabase } from '../scripts/throw-away.ts';
import type { HeardStatement } from '../test/support/heard-statements.ts';
import { planOf, pressEverything } from '../test/support/press-path.ts';

/**
 * What a press looks up in a house of a million messages, and by which indexes: `npm run bench:press-plans`.
 * A database of its own is filled, people of a branch press every button they see, and every statement of these
 * presses is explained. Prints a table for docs/measurements.md.
 */
const messages = 1_000_000;
const [people, branches, roundsEach, quizzes] = [20_000, 500, 40, 2_000];
/** A table with fewer rows may as well be read as a whole. */
const few = 5_000;

const before = `timestamptz '2026-02-01'`;
const after = `timestamptz '2026-02-02'`;
const someone = (n: string) => `1 + ${n} % ${people}`;
const filling = [
  `insert into branch (name) select '支部' || n from generate_series(1, ${branches}) n`,
  `insert into person (open_id, name) select 'ou_' || n, '同志' || n from generate_series(1, ${people}) n`,
  `insert into chat (platform_id, kind, branch_id, bound_at)
   select 'oc_' || n, 'group', n, ${before} from generate_series(1, ${branches}) n`,
  `insert into chat (platform_id, kind, person_id)
   select 'oc_p_' || n, 'private', n from generate_series(1, ${people}) n`,
  `insert into chat_member (chat_id, person_id, since)
   select 1 + n % ${branches}, n, ${before} from generate_series(1, ${people}) n`,
  `insert into role (branch_id, person_id, kind, since)
   select n, n, 'secretary', ${before} from generate_series(1, ${branches}) n`,
  `insert into round (branch_id, number, kind, title, chat_id, opened_by, opened_at, closes_at, closed_at)
   select b, n, case when n % 10 = 0 then 'quiz' else 'checkin' end, '第' || n || '次', b, b, ${before}, ${after}, ${after}
   from generate_series(1, ${branches}) b, generate_series(1, ${roundsEach}) n`,
  ...['round_person (round_id, person_id)', 'round_notice (round_id, person_id)'].map(
    (table) => `insert into ${table} select r.id, m.person_id from round r
      join chat_member m on m.chat_id = r.chat_id ${table.includes('notice') ? 'where r.id % 8 = 0' : ''}`,
  ),
  ...['answer', 'round_leave', 'round_makeup', 'round_coming'].map(
    (
      table,
      i,
    ) => `insert into ${table} (round_id, person_id, at) select round_id, person_id, ${before}
      from round_person where (round_id + person_id) % 10 ${i === 0 ? '< 8' : `= ${i + 6}`}`,
  ),
  `insert into quiz_question (round_id, position, kind, text, options, answer, explanation, source)
   select r.id, p, 'single', '题', '{甲,乙}', '{0}', '', '' from
     (select id from round where kind = 'quiz' limit ${quizzes}) r, generate_series(0, 9) p`,
  `insert into quiz_attempt (round_id, person_id, started_at, handed_in_at, layout)
   select round_id, person_id, ${before}, ${before}, '[]' from round_person
   where round_id in (select round_id from quiz_question)`,
  `insert into quiz_answer (attempt_id, round_id, position, chosen, at)
   select a.id, a.round_id, p, '{0}', ${before} from quiz_attempt a, generate_series(0, 9) p`,
  `insert into feedback (answer_id, person_id, kind, branch_ids, marked_at)
   select gen_random_uuid(), ${someone('n')}, 'helpful', array[1 + n % ${branches}], ${before}
   from generate_series(1, 50000) n`,
  `insert into study_log (person_id, minutes, at) select ${someone('n')}, 30, ${before} from generate_series(1, 200000) n`,
  `insert into upload (id, person_id, message, name, title, hash, bytes)
   select gen_random_uuid(), ${someone('n')}, 'om_up_' || n, '', '', '', '' from generate_series(1, 5000) n`,
  `insert into seen_event (key, seen_at, handled_at)
   select 'om_seen_' || n, ${before}, ${before} from generate_series(1, 500000) n`,
  `insert into outgoing (id, chat_id, person_id, subject, state, platform_id, created_at, settled_at)
   select gen_random_uuid(), case when n % 4 = 0 then 1 + n % ${branches} end, case when n % 4 > 0 then ${someone('n')} end,
     'round:' || n / 50, 'sent', 'om_out_' || n, ${before}, ${before} from generate_series(1, ${messages}) n`,
  'analyze',
];

/** What it does, without saying how: its verb and the tables of ours that it names. */
function gist(text: string, tables: ReadonlySet<string>): string {
  const plain = text
    .replace(/"public"\.|"/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const verb = /^(?:with.*?\b)?(select|insert|update|delete)\b/i.exec(plain)?.[1] ?? '';
  const named = [...plain.matchAll(/\b(?:from|join|into|update)\s+([a-z_.]+)/gi)];
  const ours = named.map(([, table = '']) => table).filter((table) => tables.has(table));
  return `${verb.toLowerCase()} ${[...new Set(ours)].join(', ')}`;
}

/** By which indexes the rows are found, and what is read as a whole. */
function pathsIn(plan: string[]): { indexes: string[]; whole: string[] } {
  const text = plan.join('\n');
  const indexes = [...text.matchAll(/Index (?:Only )?Scan (?:Backward )?(?:using|on) (\w+)/g)];
  const whole = [...text.matchAll(/Seq Scan on (\w+)/g)];
  const names = (found: RegExpMatchArray[]) =>
    [...new Set(found.map(([, name = '']) => name))].filter((name) => !name.startsWith('pg_'));
  return { indexes: names(indexes), whole: names(whole) };
}

async function tablesOf(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.sql<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  return new Set([...rows.map(({ name }) => name), 'pgboss.job_common']);
}

async function explained(db: Db, statement: HeardStatement, tables: ReadonlySet<string>) {
  const { indexes, whole } = pathsIn(await planOf(db, statement));
  const sizes = await db.sql<{ name: string; rows: number }>(
    `select relname as name, reltuples::int as rows from pg_class where relname = any($1::text[]) and relkind = 'r'`,
    whole,
  );
  const large = sizes.filter(({ rows }) => rows > few).map(({ name }) => `**all of ${name}**`);
  return {
    what: gist(statement.text, tables),
    by: [...indexes, ...large].join(', '),
    ms: statement.ms,
  };
}

await withThrowAwayDatabase(async (url) => {
  await migrate(url, openLog('silent'));
  const db = openDb(url);
  for (const sql of filling) await db.pool.query(sql);
  const { statements, actions } = await pressEverything(db, url);
  const tables = await tablesOf(db);
  const rows = new Map<string, { what: string; by: string; ms: number; times: number }>();
  for (const each of statements) {
    const { what, by, ms } = await explained(db, each, tables);
    const known = rows.get(what + by);
    const slowest = Math.max(ms, known?.ms ?? 0);
    rows.set(what + by, { what, by, ms: slowest, times: (known?.times ?? 0) + 1 });
  }
  console.log(`${statements.length} statements of presses on ${actions.size} kinds of button\n`);
  console.log('| statement | found by | slowest |\n| --- | --- | --- |');
  for (const { what, by, ms } of [...rows.values()].sort((one, other) => other.ms - one.ms))
    console.log(`| ${what} | ${by || '–'} | ${ms.toFixed(1)} ms |`);
  await db.close();
});
process.exit(0);
