import { Command, Option } from 'commander';
import { crash } from './crash/crash.ts';
import { type Finding, type Run, tableOf } from './promise.ts';

const programs: Readonly<Record<string, { readonly about: string; readonly run: (run: Run) => Promise<Finding> }>> = {
  crash: { about: 'kills processes and PostgreSQL under load; nothing confirmed is lost, nothing done twice', run: crash },
};

const say = (words: string): void => {
  process.stderr.write(`${(performance.now() / 1_000).toFixed(1).padStart(6)} s  ${words}\n`);
};

const command = new Command('faults').description('Breaks what a hub stands on, and looks whether it keeps its promises.');
for (const [name, { about, run }] of Object.entries(programs)) {
  command
    .command(name)
    .description(about)
    .addOption(new Option('--seed <number>').argParser((text) => Number.parseInt(text, 10)).default(7))
    .option('--smoke', 'the small size')
    .action(async ({ seed, smoke = false }: { seed: number; smoke?: boolean }) => {
      finish([await run({ seed, smoke, say })]);
    });
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await command.parseAsync();

function finish(findings: readonly Finding[]): void {
  process.stdout.write(`${tableOf(findings)}\n`);
  process.exitCode = findings.some(({ kept }) => kept === false) ? 1 : 0;
}
