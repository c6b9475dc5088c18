import { extname } from 'node:path';

/**
 * The module `name` beside the one at `url` (its `import.meta.url`), as it runs now: from sources `.ts`, compiled `.js`.
 * What such a module imports may hold no decorator, which Node itself cannot run from sources.
 */
export function moduleBeside(url: string, name: string): URL {
  return new URL(`./${name}${extname(new URL(url).pathname)}`, url);
}

/** What Node is to be told to run such a module in a thread. */
export function flagsFor(entry: URL): string[] {
  return entry.pathname.endsWith('.ts')
    ? ['--experimental-transform-types', '--disable-warning=ExperimentalWarning']
    : [];
}
