import { spawnSync } from 'node:child_process';

/** Runs the boundary check on files that break each rule; a clean answer means the rule sleeps. */
const expected = [
  'engine-imports-only-itself',
  'engine-knows-no-package',
  'a-resolver-never-sees-an-entity-manager',
  'client-sdk-imports-only-itself',
  'the-client-knows-no-package',
];
const broken = ['engine', 'schema', 'client-sdk'].map((folder) => `tests/boundaries/${folder}`);
const result = spawnSync('npx', ['depcruise', '--config', '.dependency-cruiser.cjs', ...broken], {
  encoding: 'utf8',
});
const asleep = expected.filter((rule) => !result.stdout.includes(rule));
if (result.status === 0 || asleep.length > 0) {
  process.stderr.write(
    `These boundary rules did not fire on files that break them: ${asleep.join(', ')}\n${result.stdout}\n`,
  );
  process.exit(1);
}
process.stdout.write(`boundaries: ${String(expected.length)} rules fire on files that break them\n`);
