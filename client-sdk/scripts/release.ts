import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { contractChanges } from './contract/contract-changes.ts';
import { readChangesets, unexplained } from './contract/changesets.ts';
import { placesIn, readContract } from './contract/places.ts';
import { nextVersion, weightiest } from './contract/release-kind.ts';
import { withSection } from './contract/write-changelog.ts';

/**
 * Makes what waits a release: the version by the weightiest change, what changed into `CHANGELOG.md`, the present contract as the
 * released one. To be looked at, committed and published by a person.
 */
const places = placesIn();
const [changesets, changes] = await Promise.all([
  readChangesets(places.changesets),
  contractChanges(await readContract(places.released), await readContract(places.present)),
]);
const kind = weightiest([...changes, ...changesets].map((change) => change.kind));
if (kind === null)
  throw new Error('there is nothing to release: the contract is the released one, and no changeset waits');
if (unexplained(changes, changesets).length > 0)
  throw new Error('something breaks without a word: see `npm run check:sdk`');

const before = await versionIn(places.manifest);
const version = nextVersion(before, kind);
await replaceIn(places.manifest, `"version": "${before}"`, `"version": "${version}"`);
await replaceIn(
  places.lock,
  `"name": "@concord/client-sdk",\n      "version": "${before}"`,
  `"name": "@concord/client-sdk",\n      "version": "${version}"`,
);
const older = await readFile(places.changelog, 'utf8');
await writeFile(places.changelog, await withSection(older, { version, changesets, changes }));
await copyFile(places.present, places.released);
await Promise.all(changesets.map(({ file }) => rm(file)));
process.stdout.write(
  `client-sdk ${version} (${kind}): look at the difference, commit it, then npm publish -w client-sdk --ignore-scripts=false\n`,
);

async function versionIn(file: string): Promise<string> {
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

/** Leaves the rest of the file as it is written. @throws when there is nothing to replace */
async function replaceIn(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  await writeFile(file, text.replace(from, to));
}
