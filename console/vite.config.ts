import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import { defineConfig, type Plugin } from 'vite';
import { compiledMessages } from './compiled-messages.ts';
import { smallCountries } from './small-countries.ts';

export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  resolve: {
    alias: {
      // From its source: nothing else has to be built before.
      '@concord/client-sdk': join(import.meta.dirname, '../client-sdk/src/index.ts'),
      // Messages are read when the page is built.
      '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js',
    },
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Small pictures too are files of their own: the page's policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What a first look may cost is tested, compressed, as it is sent.
    chunkSizeWarningLimit: 1_000,
    // "use client" is for servers that render; there is none.
    rolldownOptions: {
      checks: { moduleLevelDirective: false, pluginTimings: false },
      // What most views need is one file, not thirty small ones, which weigh more and are asked for one by one.
      output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 14 }] } },
    },
  },
  plugins: [
    // React Aria speaks some thirty languages itself; kept are those of ours that it knows.
    optimizeLocales.vite({ locales: ['en-US', 'ar-AE'] }),
    compiledMessages(),
    smallCountries(),
    precompress(),
  ],
});

/** Leaves each text beside its compressed forms, so that the server compresses nothing. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle: async ({ dir = '' }) => {
      for (const name of await readdir(dir, { recursive: true })) {
        if (!/\.(?:js|css|html|svg|json)$/.test(name)) continue;
        const file = join(dir, name);
        const plain = await readFile(file);
        await writeFile(`${file}.gz`, await promisify(gzip)(plain, { level: 9 }));
        await writeFile(`${file}.br`, await promisify(brotliCompress)(plain));
      }
    },
  };
}
