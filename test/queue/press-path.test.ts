import { expect, it, onTestFinished } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { planOf, pressEverything } from '../support/press-path.ts';

/** Few rows, however large the house: read as a whole. */
const small = ['synonym_list'];

it('finds by an index whatever a press looks up', { timeout: 180_000 }, async () => {
  const { db, url, close } = await freshDatabase();
  onTestFinished(close);
  const { statements, actions } = await pressEverything(db, url);
  expect(actions.size).toBeGreaterThan(25);
  expect(statements.length).toBeGreaterThan(90);
  // The press itself is among them: who, where, and whether the card was sent to the presser alone.
  for (const part of [
    'insert into person',
    'from chat where platform_id',
    'from outgoing where platform_id',
  ])
    expect(statements.filter(({ text }) => text.includes(part))).toHaveLength(1);
  const read: string[] = [];
  for (const each of statements)
    for (const table of wholeTablesIn(await planOf(db, each, true)))
      if (!small.includes(table)) read.push(`${table}: ${each.text}`);
  expect(read).toEqual([]);
});

/** The tables that a plan reads from end to end, itself or along an index. */
function wholeTablesIn(plan: string[]): string[] {
  return plan.flatMap((line, i) => {
    const [, way = '', table = ''] = /(Seq|Index|Index Only) Scan .*?\bon (\w+)/.exec(line) ?? [];
    if (table === '') return [];
    return way === 'Seq' || !plan[i + 1]?.includes('Index Cond') ? [table] : [];
  });
}
