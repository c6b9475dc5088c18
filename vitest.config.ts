import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // One graphql: Vitest would otherwise load the CommonJS and the ESM build side by side.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/boundaries/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
