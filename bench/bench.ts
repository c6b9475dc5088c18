import { Command, Option } from 'commander';
import { benchApi } from './api/run.ts';
import { SIDE_NAMES, type SideName } from './api/sides.ts';
import { apiTable } from './api/table.ts';
import { benchEngine, QUESTIONS } from './engine/run.ts';
import { ENGINE_SIDES } from './engine/sides/open.ts';
import { engineTable } from './engine/table.ts';
import { benchExports } from './exports/run.ts';
import { benchImports } from './imports/run.ts';
import { benchFreshness, type FreshnessOptions } from './freshness/run.ts';
import { benchE2e, E2E_QUESTIONS } from './recompute/e2e.ts';
import { Report } from './report.ts';
import { writeResults } from './results.ts';

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
      const { seed, seconds, rounds } = rest;
      const given = `--n ${String(n)} --seed ${String(seed)} --seconds ${String(seconds)} --rounds ${String(rounds)} --sides ${names.join(',')}`;
      await writeResults(`api, ${String(n)} entries`, `npm run bench -- api ${given}`, apiTable(report.lines));
    },
  );
program
  .command('engine')
  .description('Finding overlaps: all of them, and the best of each footprint; processor time of each side')
  .addOption(new Option('--n <footprints>').argParser(whole).default(100_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .addOption(new Option('--threads <number>').argParser(whole).default(1))
  .addOption(new Option('--rounds <number>', 'of each question; their median counts').argParser(whole).default(3))
  .addOption(new Option('--what <questions>', 'comma-separated').default(QUESTIONS.join(',')))
  .addOption(new Option('--sides <names>', 'comma-separated').default(ENGINE_SIDES.join(',')))
  .action(
    async (
      options: Readonly<Record<'n' | 'seed' | 'threads' | 'rounds', number>> & { what: string; sides: string },
    ) => {
      const report = new Report();
      const among = <Name extends string>(known: readonly Name[], names: string): Name[] =>
        known.filter((name) => names.split(',').includes(name));
      const { what, sides } = options;
      await benchEngine({ ...options, what: among(QUESTIONS, what), sides: among(ENGINE_SIDES, sides) }, report);
      await report.keep(new URL('results/', import.meta.url), 'engine');
      const given = Object.entries(options).map(([name, value]) => `--${name} ${String(value)}`);
      const title = `engine, ${String(options.n)} footprints, ${String(options.threads)} thread(s), ${what}`;
      await writeResults(title, `npm run bench -- engine ${given.join(' ')}`, engineTable(report.lines));
    },
  );
program
  .command('e2e')
  .description('A whole recomputation from PostgreSQL and back, beside its own query; and one change at a time')
  .addOption(new Option('--n <footprints>').argParser(whole).default(100_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .addOption(new Option('--threads <number>').argParser(whole).default(1))
  .addOption(new Option('--times <number>', 'every footprint so often, for lists').argParser(whole).default(1))
  .addOption(new Option('--blocks <number>', 'of lists that are found; 0: all').argParser(whole).default(0))
  .addOption(new Option('--what <questions>', 'comma-separated').default(E2E_QUESTIONS.join(',')))
  .addOption(new Option('--sides <names>', 'comma-separated').default('concord,postgres'))
  .action(
    async ({
      sides,
      what,
      ...options
    }: Readonly<Record<'n' | 'seed' | 'threads' | 'times' | 'blocks', number>> & { sides: string; what: string }) => {
      const report = new Report();
      const asked = E2E_QUESTIONS.filter((question) => what.split(',').includes(question));
      await benchE2e({ ...options, what: asked, sides: sides.split(',') }, report);
      await report.keep(new URL('results/', import.meta.url), 'engine');
    },
  );
program
  .command('freshness')
  .description('From a mutation to its overlaps being visible, under a steady load')
  .addOption(new Option('--stored <footprints>').argParser(whole).default(100_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .addOption(new Option('--seconds <number>').argParser(whole).default(60))
  .addOption(new Option('--rate <number>', 'writes a second').argParser(whole).default(50))
  .addOption(new Option('--folder <path>', 'where the loaded hub stays for the next run'))
  .option('--alone', 'single changes with nothing else going on')
  .action(async (options: FreshnessOptions) => {
    const report = new Report();
    await benchFreshness(options, report);
    await report.keep(new URL('results/', import.meta.url), 'freshness');
  });
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
