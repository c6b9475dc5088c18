import { readFile } from 'node:fs/promises';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { type ActivityFile, IatiLoader, type LoadOptions } from '../../core/imports/iati/iati-loader.ts';
import type { LoadReport } from '../../core/imports/iati/load-report.ts';
import type { MatchingWorld } from './matching.ts';

/** A file of ours in `tests/fixtures`, or one written in the test. */
export async function fixtureFile(name: string): Promise<ActivityFile> {
  return fileOf(await readFile(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'), name);
}

export function fileOf(content: string, name = 'file.xml'): ActivityFile {
  return {
    name,
    open: async function* () {
      yield await Promise.resolve(Buffer.from(content));
    },
  };
}

/** Loads as the operator, who vouches for publishers unless the options say otherwise. */
export function load(
  world: MatchingWorld,
  file: ActivityFile,
  options: Partial<LoadOptions> = {},
): Promise<LoadReport> {
  const { unitOfWork, vocabulary } = world.app;
  const { actors, programmes } = world;
  const loader = new IatiLoader({ unitOfWork, vocabulary, actors, programmes });
  return loader.load(HUB_VIEWER, file, { verify: true, dryRun: false, ...options });
}

/** How many activities had each outcome. */
export function outcomesOf({ activities }: LoadReport): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(activities, ({ outcome }) => outcome)].map(([of, all]) => [of, all.length]),
  );
}
