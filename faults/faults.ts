import { Command, Option } from 'commander';
import { crash } from './crash/crash.ts';
import { drain } from './drain.ts';
import { exhaust } from './exhaust.ts';
import { freshness } from './freshness.ts';
import { listappend } from './listappend.ts';
import { netfault } from './netfault.ts';
import { poison } from './poison/poison.ts';
import { type Finding, type Run, tableOf } from './promise.ts';
import { queueCompare } from './queue-compare/queue-compare.ts';

const programs: Readonly<Record<string, { readonly about: string; readonly run: (run: Run) => Promise<Finding> }>> = {
  crash: { about: 'kills processes and PostgreSQL under load', run: crash },
  poison: { about: 'jobs that throw, hang or take all memory', run: poison },
  netfault: { about: 'resets and stalls on the line to PostgreSQL', run: netfault },
  drain: { about: 'renews two servers under load', run: drain },
  exhaust: { about: 'more clients than connections', run: exhaust },
  listappend: { about: 'appends to lists and races of wholes and parts', run: listappend },
  'queue:compare': { about: 'the same events on both backends of the queue', run: queueCompare },
  freshness: { about: 'how soon an overlap is to be seen', run: freshness },
};

const say = (words: string): void => {
  process.stderr.write(`${(performance.now() / 1_000).toFixed(1).padStart(6)} s  ${words}\n`);
};

/** The row, also where a program could not come to its end. */
async function finding(name: string, run: Run): Promise<Finding> {
  const program = programs[name];
  if (!program) throw new Error(`there is no program ${name}`);
  try {
    return await program.run(run);
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const measured = `ended before its end: ${error instanceof Error ? error.message : String(error)}`;
    return { id: '', command: name, demanded: program.about, measured, seed: run.seed, kept: false };
  }
}

function finish(findings: readonly Finding[]): void {
  process.stdout.write(`${tableOf(findings)}\n`);
  process.exitCode = findings.some(({ kept }) => kept === false) ? 1 : 0;
}

const seed = (): Option => new Option('--seed <number>').argParser((text) => Number.parseInt(text, 10)).default(7);
const command = new Command('faults').description(
  'Breaks what a hub stands on, and looks whether it keeps its promises.',
);
for (const [name, { about }] of Object.entries(programs)) {
  command
    .command(name)
    .description(about)
    .addOption(seed())
    .option('--smoke', 'the small size')
    .action(async ({ smoke = false, ...options }: { seed: number; smoke?: boolean }) => {
      finish([await finding(name, { ...options, smoke, say })]);
    });
}
command
  .command('all')
  .description('the small size of all of them, a row for each promise')
  .addOption(seed())
  .action(async (options: { seed: number }) => {
    const findings: Finding[] = [];
    for (const name of Object.keys(programs)) findings.push(await finding(name, { ...options, smoke: true, say }));
    finish(findings);
  });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await command.parseAsync();
