import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../../core/migrations/index.ts';
import { statementsOf } from './statements.ts';

/** The last migration of the first release that promised to move forward only: what came before is never edited, so never linted. */
const BASELINE = '0046-codes-by-statement';

/** Rules that do not hold for us, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'require-concurrent-index-creation':
    'all migrations of a start run in one transaction, in which an index cannot be built concurrently; see docs/decisions/0045',
  'require-timeout-settings': 'the connection of migrations sets lock_timeout (platform/database/orm.ts)',
  'prefer-robust-stmts': 'a transaction leaves nothing half done, and what exists although it should not is an error',
  'prefer-bigint-over-int': 'counts within one record stay far below two thousand million',
};

/** It comes as a program for one kind of machine, which is CI's. */
const squawk = findProgram();

function findProgram(): string | null {
  try {
    return createRequire(import.meta.url).resolve('@squawk-cli/linux-x64/bin/squawk');
  } catch {
    return null;
  }
}

/** What squawk says of some SQL; null when it finds nothing. */
function lint(program: string, file: string): string | null {
  const { status, stdout, stderr } = spawnSync(
    program,
    ['--pg-version=15.0', '--assume-in-transaction', `--exclude=${Object.keys(LEFT_OUT).join(',')}`, file],
    { encoding: 'utf8' },
  );
  if (status === 0) return null;
  return stdout + stderr;
}

/** Each is refused, or the linter looks at nothing. */
const MISTAKES: readonly (readonly [name: string, sql: string])[] = [
  ['a column that the other release still reads is dropped', 'alter table app.actor drop column website;'],
  ['a column that the other release still reads is renamed', 'alter table app.actor rename column website to site;'],
  ['a table that the other release still reads is dropped', 'drop table app.share;'],
  ['a column changes its type', 'alter table app.actor alter column version type bigint;'],
  ['a column that the other release does not fill is required', 'alter table app.actor add column nick text not null;'],
  ['rows are checked while everybody waits', 'alter table app.actor add constraint short check (length(name) < 9);'],
];

const folder = await mkdtemp(join(tmpdir(), 'concord-migrations-'));
const failures: string[] = [];
try {
  const said = async (name: string, sql: string): Promise<string | null> => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.sql`);
    await writeFile(file, `${sql}\n`);
    return squawk === null ? null : lint(squawk, file);
  };
  const names = migrations.map(({ name }) => name);
  if (names.join() !== [...new Set(names)].sort().join())
    failures.push('Migrations are not in the order of their names.');
  const young = migrations.filter(({ name }) => name > BASELINE);
  for (const step of young) {
    if ('down' in step.class.prototype && Object.hasOwn(step.class.prototype, 'down'))
      failures.push(`${step.name} goes back: migrations go forward only.`);
    const found = await said(step.name, await statementsOf(step));
    if (found !== null) failures.push(found);
  }
  for (const [name, sql] of squawk === null ? [] : MISTAKES)
    if ((await said(name, sql)) === null) failures.push(`Nobody notices that ${name}: ${sql}`);
  if (failures.length === 0)
    process.stdout.write(
      squawk === null
        ? `${String(young.length)} migrations since ${BASELINE} are in order; the linter has no program for this machine and was left out\n`
        : `${String(young.length)} migrations since ${BASELINE} pass; ${String(MISTAKES.length)} mistakes are noticed\n`,
    );
} finally {
  await rm(folder, { recursive: true });
}
if (failures.length > 0) {
  process.stderr.write(`${failures.join('\n')}\n`);
  process.exitCode = 1;
}
