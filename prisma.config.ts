import path from 'node:path';
import { defineConfig } from 'prisma/config';

// Prisma's own engine is a downloaded binary; this stands in for it on machines that cannot fetch one.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(
  import.meta.dirname,
  'scripts/schema-engine.mjs',
);

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/xueban' },
});
