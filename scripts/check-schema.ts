/** Fails when the committed migrations do not lead to the schema in `prisma/models`. */
import { migrate } from '../src/database/migrate.ts';
import { openLog } from '../src/base/log.ts';
import { prisma, withThrowAwayDatabase } from './throw-away.ts';

const difference = await withThrowAwayDatabase(async (url) => {
  await migrate(url, openLog('silent'));
  const words = ['--from-config-datasource', '--to-schema', 'prisma', '--script'];
  return prisma(['migrate', 'diff', ...words], url);
});
if (!difference.includes('-- This is an empty migration.')) {
  console.error(`The migrations do not lead to prisma/models. Missing:\n\n${difference}`);
  process.exit(1);
}
