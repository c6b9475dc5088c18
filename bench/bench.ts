import { Command, Option } from 'commander';
import { benchApi } from './api/run.ts';
import { SIDE_NAMES, type SideName } from './api/sides.ts';
import { apiTable } from './api/table.ts';
import { benchGrowth } from './engine/growth.ts';
import { benchEngine, QUESTIONS } from './engine/run.ts';
import { ENGINE_SIDES } from './engine/sides/open.ts';
import { engineTable } from './engine/table.ts';
import { benchExports } from './exports/run.ts';
import { benchImports } from './imports/run.ts';
import { benchFreshness, type FreshnessOptions } from './freshness/run.ts';
import { benchE2e, E2E_QUESTIONS } from './recompute/e2e.ts';
import { plainTable } from './markdown.ts';
import { type Line, Report } from './report.ts';
import { writeResults } from './results.ts';

/** What a run of everything measures. */
const ALL = [
  'engine --n 30000',
  'growth --sizes 10000,30000,100000',
  'api --n 30000 --seconds 4',
  'e2e --n 10000',
  'freshness --stored 2000 --seconds 20',
  'exports --n 30000',
  'imports --n 10000',
];

/** Keeps the lines of a run beside those of earlier ones, and its table in the results. @param given what has the command measure the same again */
async function keep(
  command: string,
  given: Readonly<Record<string, unknown>>,
  report: Report,
  about: string,
  tableOf: (lines: readonly Line[]) => string = plainTable,
): Promise<void> {
  await report.keep(new URL('results/', import.meta.url), command);
  // Where a loaded hub stays changes nothing.
  const options = Object.entries(given).filter(([name]) => name !== 'folder');
  const said = options.map(([name, value]) => (value === true ? `--${name}` : `--${name} ${String(value)}`));
  const told = ['npm run bench --', command, ...said].join(' ');
  await writeResults(`${command}, ${about}`, told, tableOf(report.lines));
}

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
      await keep('api', { n, ...rest, sides: names }, report, `${String(n)} entries`, apiTable);
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
      const about = `${String(options.n)} footprints, ${String(options.threads)} thread(s), ${what}`;
      await keep('engine', options, report, about, engineTable);
    },
  );
program
  .command('growth')
  .description('By which power of the number of footprints the time grows that finding takes')
  .addOption(new Option('--sizes <numbers>', 'ascending, comma-separated').default('10000,30000,100000,300000,1000000'))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .action(async ({ sizes, seed }: { sizes: string; seed: number }) => {
    const report = new Report();
    await benchGrowth({ sizes: sizes.split(',').map(whole), seed }, report);
    await keep('growth', { sizes, seed }, report, `${sizes.replaceAll(',', ', ')} footprints`);
  });
program
  .command('e2e')
  .description('A whole recomputation from PostgreSQL and back, beside its own query; and one change at a time')
  .addOption(new Option('--n <footprints>').argParser(whole).default(100_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .addOption(new Option('--threads <number>').argParser(whole).default(1))
  .addOption(new Option('--times <number>', 'every footprint so often, for lists').argParser(whole).default(1))
  .addOption(new Option('--blocks <number>', 'of lists that are found; 0: all').argParser(whole).default(0))
  .addOption(new Option('--what <questions>', 'comma-separated').default(E2E_QUESTIONS.join(',')))
  .addOption(new Option('--folder <path>', 'where a loaded hub stays: nothing is stored from nothing then'))
  .addOption(new Option('--sides <names>', 'comma-separated').default('concord,postgres'))
  .action(
    async ({
      sides,
      what,
      ...options
    }: Readonly<Record<'n' | 'seed' | 'threads' | 'times' | 'blocks', number>> & {
      sides: string;
      what: string;
      folder?: string;
    }) => {
      const report = new Report();
      const asked = E2E_QUESTIONS.filter((question) => what.split(',').includes(question));
      await benchE2e({ ...options, what: asked, sides: sides.split(',') }, report);
      const about = `${String(options.n * options.times)} footprints, ${String(options.threads)} thread(s), ${what}`;
      await keep('e2e', { ...options, what, sides }, report, about);
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
    const about = `${String(options.stored)} stored, ${options.alone === true ? 'single changes' : `${String(options.rate)} writes a second`}`;
    await keep('freshness', { ...options }, report, about);
  });
program
  .command('exports')
  .description('whole lists as files: rows a second, and the memory of the server')
  .addOption(new Option('--n <entries>', 'calendar entries').argParser(whole).default(100_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .action(async ({ n, seed }: { n: number; seed: number }) => {
    const report = new Report();
    await benchExports({ entries: n, seed }, report);
    await keep('exports', { n, seed }, report, `${String(n)} entries`);
  });
program
  .command('imports')
  .description('a sheet read and applied: rows a second, processor time of Node and of PostgreSQL')
  .addOption(new Option('--n <rows>', 'distinct rows').argParser(whole).default(20_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .action(async ({ n, seed }: { n: number; seed: number }) => {
    const report = new Report();
    await benchImports({ rows: n, seed }, report);
    await keep('imports', { n, seed }, report, `${String(n)} rows`);
  });
program
  .command('all', { isDefault: true })
  .description('Every benchmark, in sizes that take some twenty minutes together')
  .action(async () => {
    for (const one of ALL) await program.parseAsync(one.split(' '), { from: 'user' });
  });
await program.parseAsync();
