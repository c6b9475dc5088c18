import { defineConfig } from 'tsdown';
import { licensesOf } from './scripts/licenses.ts';

const shared = {
  outDir: 'dist',
  target: 'es2022',
  fixedExtension: false,
  logLevel: 'warn',
  inputOptions: { checks: { pluginTimings: false } },
} as const;

export default defineConfig([
  /** The library for everybody, without a dependency: modules and CommonJS, each with its types. */
  {
    ...shared,
    entry: { index: 'src/index.ts' },
    format: ['esm', 'cjs'],
    platform: 'neutral',
    dts: true,
    tsconfig: 'tsconfig.json',
  },
  /** The command line, with what it needs inside: whoever installs the package installs nothing else. */
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts' },
    format: 'esm',
    platform: 'node',
    dts: false,
    tsconfig: '../tsconfig.json',
    clean: false,
    plugins: [licensesOf('cli-licenses.txt')],
  },
]);
