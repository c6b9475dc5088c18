import { defineConfig } from 'vitest/config';

const FOUNDATIONS = ['tests/engine/**/*.test.ts', 'tests/platform/**/*.test.ts'];

const WORLDS = ['tests/worlds/**/*.test.ts'];

export default defineConfig({
  resolve: {
    // One graphql: Vitest would otherwise load the CommonJS and the ESM build side by side.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most tests wait for PostgreSQL more than for the processor.
    maxWorkers: 4,
    projects: [
      {
        extends: true,
        // The engine knows no database, and platform's tests start PostgreSQL themselves, in every way it can fail.
        test: { name: 'foundations', include: FOUNDATIONS },
      },
      {
        // Everything else may need a migrated database: one cluster for the run.
        extends: true,
        test: {
          name: 'hub',
          include: ['tests/**/*.test.ts'],
          exclude: [...FOUNDATIONS, ...WORLDS, 'tests/boundaries/**'],
          globalSetup: ['tests/support/cluster.ts'],
        },
      },
      {
        // Large generated worlds against the oracles: a minute and more, so `npm run test:worlds` and `npm run check` only.
        extends: true,
        test: { name: 'worlds', include: WORLDS, globalSetup: ['tests/support/cluster.ts'] },
      },
    ],
  },
});
