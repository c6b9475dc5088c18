import { contractChanges } from './contract/contract-changes.ts';
import { readChangesets, unexplained } from './contract/changesets.ts';
import { endedEarly, faultsOfDeprecations } from './contract/deprecations.ts';
import { placesIn, readContract } from './contract/places.ts';
import { weightiest } from './contract/release-kind.ts';

/** Tells what kind of release the contract and the changesets ask for. Fails when something breaks or ends without a word. */
const places = placesIn();
const [released, present, changesets] = await Promise.all([
  readContract(places.released),
  readContract(places.present),
  readChangesets(places.changesets),
]);
const changes = await contractChanges(released, present);
const today = new Date().toISOString().slice(0, 10);

const broken = unexplained(changes, changesets);
const faults = [...faultsOfDeprecations(present), ...endedEarly(released, present, today)];
for (const fault of faults) process.stderr.write(`contract: ${fault}\n`);
if (broken.length > 0) {
  const list = broken.map(({ path, message }) => `  ${path ?? 'the contract'}: ${message}\n`).join('');
  process.stderr.write(`contract: what programs rely on breaks, and no changeset says so:
${list}Undo it, or write client-sdk/.changeset/<a-name>.md that names each of these places:

---
'@concord/client-sdk': major
---

What \`${broken[0]?.path ?? 'Type.field'}\` was good for, and what to do instead.
`);
}
if (faults.length > 0 || broken.length > 0) {
  process.exitCode = 1;
} else {
  const next = weightiest([...changes, ...changesets].map(({ kind }) => kind));
  const count = `${String(changes.length)} changes of the contract, ${String(changesets.length)} changesets`;
  process.stdout.write(
    `client-sdk: ${count}: ${next === null ? 'nothing to release' : `the next release is ${next}`}\n`,
  );
}
