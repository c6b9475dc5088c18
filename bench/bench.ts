import { Command, Option } from 'commander';
import { benchApi } from './api/run.ts';
import { SIDE_NAMES, type SideName } from './api/sides.ts';
import { benchExports } from './exports/run.ts';
import { benchImports } from './imports/run.ts';
import { Report } from './report.ts';

const whole = (text: string): number => Number.parseInt(text, 10);

const program = new Command('bench').description('Measures Concord against its peers, side by side in one run.');
program
  .command('api')
  .description('GraphQL reads under row level security: requests a second, latency, processor time a request')
  .addOption(new Option('--n <entries>', 'calendar entries').argParser(whole).default(100_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .addOption(new Option('--seconds <number>', 'of load in each turn').argParser(whole).default(8))
  .addOption(new Option('--rounds <number>', 'turns of each side; their median counts').argParser(whole).default(3))
  .addOption(new Option('--sides <names>', 'comma-separated').default(SIDE_NAMES.join(',')))
  .action(
    async ({ n, sides, ...rest }: { n: number; seed: number; seconds: number; rounds: number; sides: string }) => {
      const report = new Report();
      const names = sides.split(',').filter((name): name is SideName => SIDE_NAMES.some((known) => known === name));
      await benchApi({ ...rest, entries: n, sides: names }, report);
      await report.keep(new URL('results/', import.meta.url), 'api');
    },
  );
program
  .command('exports')
  .description('whole lists as files: rows a second, and the memory of the server')
  .addOption(new Option('--n <entries>', 'calendar entries').argParser(whole).default(100_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .action(async ({ n, seed }: { n: number; seed: number }) => {
    const report = new Report();
    await benchExports({ entries: n, seed }, report);
    await report.keep(new URL('results/', import.meta.url), 'exports');
  });
program
  .command('imports')
  .description('a sheet read and applied: rows a second, processor time of Node and of PostgreSQL')
  .addOption(new Option('--n <rows>', 'distinct rows').argParser(whole).default(20_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .action(async ({ n, seed }: { n: number; seed: number }) => {
    const report = new Report();
    await benchImports({ rows: n, seed }, report);
    await report.keep(new URL('results/', import.meta.url), 'imports');
  });
await program.parseAsync();
