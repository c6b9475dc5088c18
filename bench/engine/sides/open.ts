import type { Sheet } from '../../../engine/index.ts';
import { openConcord } from './concord.ts';
import { openPostgres } from './postgres.ts';
import type { Side } from './side.ts';

export const ENGINE_SIDES = ['concord', 'concord-ts', 'npm-tree', 'duckdb', 'postgres'] as const;
export type EngineSide = (typeof ENGINE_SIDES)[number];

/** Opens a side on a sheet. Sides made of packages that only the bench installs are loaded when they are asked for. */
export async function openSide(name: EngineSide, sheet: Sheet, threads: number): Promise<Side> {
  switch (name) {
    case 'concord':
    case 'concord-ts':
      return openConcord(name, sheet, threads);
    case 'postgres':
      return openPostgres(sheet, threads);
    case 'duckdb':
      return (await load<{ openDuckDb: Open }>('duckdb.ts')).openDuckDb(sheet, threads);
    case 'npm-tree':
      return (await load<{ openNpmTree: Open }>('npm-tree.ts')).openNpmTree(sheet, threads);
  }
}

type Open = (sheet: Sheet, threads: number) => Promise<Side>;

const load = async <Module>(file: string): Promise<Module> =>
  (await import(new URL(`../../peers/${file}`, import.meta.url).href)) as Module;
