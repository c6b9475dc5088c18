import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const TESTS = ['tests/**/*.test.ts'];
/** The engine knows no database, platform's tests start PostgreSQL themselves, and what judges measurements needs none. */
const FOUNDATIONS = ['tests/engine/**/*.test.ts', 'tests/platform/**/*.test.ts', 'tests/bench/**/*.test.ts'];
/** What takes minutes together: whole processes, large generated worlds, real files, every way a database or a queue can fail. */
const LONG = [
  'tests/worlds/**/*.test.ts',
  'tests/e2e/**/*.test.ts',
  'tests/drills/**/*.test.ts',
  'tests/scale/**/*.test.ts',
  'tests/faults/**/*.test.ts',
  'tests/core/iati-realdata.test.ts',
  'tests/platform/embedded.test.ts',
  'tests/platform/logins.test.ts',
  'tests/workers/way-of-an-event.test.ts',
];
/** Needs Deno, Bun, an old Node.js and Chromium, which are installed beside the project. */
const RUNTIMES = 'tests/runtimes/**/*.test.ts';
/** Needs a browser, which is installed beside the project, and a whole hub. */
const CONSOLE = 'tests/console/**/*.test.ts';

export default defineConfig({
  resolve: {
    // One graphql: Vitest would otherwise load the CommonJS and the ESM build side by side.
    // And the client from its source: nothing has to be built before its tests.
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      { find: '@concord/client-sdk', replacement: join(import.meta.dirname, 'client-sdk/src/index.ts') },
    ],
  },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most tests wait for PostgreSQL more than for the processor.
    maxWorkers: 4,
    projects: [
      {
        extends: true,
        test: { name: 'foundations', include: FOUNDATIONS, exclude: LONG },
      },
      {
        // Everything else may need a migrated database: one cluster for the run.
        extends: true,
        test: {
          name: 'hub',
          include: TESTS,
          exclude: [...FOUNDATIONS, ...LONG, RUNTIMES, CONSOLE, 'tests/boundaries/**'],
          globalSetup: ['tests/support/cluster.ts'],
        },
      },
      {
        // Run by `npm run test:security`: the proofs of who sees what with all their figures, which `hub` runs smaller.
        extends: true,
        test: {
          name: 'security',
          include: ['tests/security/**/*.test.ts'],
          env: { CONCORD_SECURITY: 'full' },
          globalSetup: ['tests/support/cluster.ts'],
        },
      },
      {
        // Run by `npm run fuzz`, which builds first: 20,000 inputs against a process of its own; `hub` sends a few.
        extends: true,
        test: {
          name: 'fuzz',
          include: ['tests/fuzz/**/*.test.ts'],
          env: { CONCORD_FUZZ: 'full' },
          // They measure: one after the other.
          fileParallelism: false,
          globalSetup: ['tests/support/cluster.ts'],
        },
      },
      {
        // Run by `npm run test:long` and `npm run check` only.
        extends: true,
        test: { name: 'long', include: LONG, globalSetup: ['tests/support/cluster.ts'] },
      },
      {
        // Run by `npm run test:runtimes`, which installs them.
        extends: true,
        test: { name: 'runtimes', include: [RUNTIMES], globalSetup: ['tests/support/cluster.ts'] },
      },
      {
        // Run by `npm run test:console`, which installs the browser.
        extends: true,
        test: {
          name: 'console',
          include: [CONSOLE],
          // One browser and one hub for all.
          maxWorkers: 1,
          globalSetup: ['tests/console/hub.setup.ts'],
        },
      },
    ],
  },
});
