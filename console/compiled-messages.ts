import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

const FILE = /\/src\/language\/[a-z]+\/[a-z-]+\.json$/;

/** Reads ICU messages when the page is built, so that no browser has to fetch what reads them. */
export function compiledMessages(): Plugin {
  return {
    name: 'compiled-messages',
    enforce: 'pre',
    transform(code, id) {
      if (!FILE.test(id)) return null;
      const texts = JSON.parse(code) as Readonly<Record<string, string>>;
      const read = Object.entries(texts).map(([key, text]) => [key, parse(text, { captureLocation: false })]);
      return { code: JSON.stringify(Object.fromEntries(read)), map: null };
    },
  };
}
