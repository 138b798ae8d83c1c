import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 3,
    // What takes long to load, the segmenter and the thread that reads files, is loaded once a worker.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // Each test file has its own database, but all of them share two cores: a slow file is named.
    slowTestThreshold: 2_000,
  },
});
