import { Command, Option } from 'commander';
import { Report } from '../report.ts';
import { writeResults } from '../results.ts';
import { explainTable } from './table.ts';
import { explain, type ExplainOptions } from './run.ts';
import { sayPlan, short } from './say-plan.ts';

const whole = (text: string): number => Number.parseInt(text, 10);

const { n, seed, seconds, statements, folder } = new Command('explain')
  .description(
    'Prints the plans of the statements that cost most. Exit code 1 when one reads a large table from end to end, calls a helper for each row, or was not met again.',
  )
  .addOption(new Option('--n <programmes>').argParser(whole).default(100_000))
  .addOption(new Option('--seed <number>').argParser(whole).default(7))
  .addOption(new Option('--seconds <number>', 'of asking; twice as long with plans').argParser(whole).default(60))
  .addOption(new Option('--statements <number>', 'the plans of how many').argParser(whole).default(30))
  .addOption(new Option('--folder <path>', 'where a loaded hub stays, of programmes only'))
  .parse()
  .opts<ExplainOptions>();

const report = new Report();
const judged = await explain({ n, seed, seconds, statements, ...(folder !== undefined && { folder }) }, report);
for (const { rank, text, id, calls, totalMs, slowest, plans, findings } of judged) {
  report.line({
    bench: 'explain',
    n,
    seed,
    rank,
    statement: id,
    text: short(text),
    calls,
    totalMs: Math.round(totalMs),
    plans,
    findings: findings.length,
  });
  report.say(`\n${String(rank)}. ${short(text, 1_000)}`);
  if (slowest)
    report.say([`  ${String(slowest.ms)} ms, ${short(slowest.parameters)}`, ...sayPlan(slowest.plan)].join('\n'));
}
report.say(`\n${explainTable(judged)}\n`);
await report.keep(new URL('../results/', import.meta.url), 'explain');
await writeResults(
  `explain, ${String(n)} programmes`,
  `npm run explain -- --n ${String(n)} --seed ${String(seed)} --seconds ${String(seconds)} --statements ${String(statements)}`,
  explainTable(judged),
);
for (const { rank, text, slowest, findings } of judged) {
  if (!slowest) {
    report.say(
      `statement ${String(rank)}, ${short(text)}\n  was not met again, so its plan is unknown\n  ask for longer: --seconds`,
    );
    process.exitCode = 1;
  }
  for (const { kind, place, remedy } of findings) {
    report.say(`statement ${String(rank)}, ${short(text)}\n  ${kind} at ${place}\n  ${remedy}`);
    process.exitCode = 1;
  }
}
