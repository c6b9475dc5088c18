import { defineConfig } from 'tsdown';

/** The library for everybody, without a dependency: modules and CommonJS, each with its types. */
export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  outDir: 'dist',
  tsconfig: 'tsconfig.json',
  logLevel: 'warn',
});
