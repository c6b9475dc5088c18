import { isDeepStrictEqual } from 'node:util';
import { type Cast, type PlacedActor, type PlacedViewer, clientOn } from './cast.ts';
import { FIELDS } from './fields.ts';
import type { MatrixReport, MatrixWorld } from './matrix.ts';
import { isShutOut, seesActor } from './oracle.ts';
import { perform } from './perform.ts';

const OBSERVANCE = `id kind name days { start end days } countries { code } reason source estimated enteredBy { id } withdrawn
  version createdAt updatedAt`;
const READ = `{ observances(between: { start: "2027-03-01", end: "2027-03-31" }, kinds: [OTHER], countries: ["BD", "ID", "LK", "MM", "MY", "NZ", "TH"]) {
  kind name days { start end days } countries { code } corridor { code } reason source estimated observance { ${OBSERVANCE} } } }`;

const nameFor = (actor: PlacedActor | null): string => `Example observance of ${actor?.name ?? 'coordinators'}`;

const inputFor = (actor: PlacedActor | null): object => ({
  kind: 'OTHER',
  name: nameFor(actor),
  days: { start: '2027-03-02', end: '2027-03-04' },
  countries: actor ? [actor.country] : [],
  source: 'made for a test',
});

/** Of every actor that is vouched for now one observance, and one of a coordinator for everybody. */
export async function enterObservances(url: string, cast: Cast): Promise<void> {
  const coordinator = clientOn(url, cast.viewer('coordinator'));
  await perform(coordinator, 'recordObservance', 'RecordObservanceInput', inputFor(null));
  for (const viewer of cast.viewers.filter(({ role, actor }) => role === 'editor' && actor?.vetting !== 'pending')) {
    if (!viewer.actor) continue;
    await perform(clientOn(url, viewer), 'recordObservance', 'RecordObservanceInput', inputFor(viewer.actor));
  }
}

interface Read {
  readonly name: string;
  readonly observance: { readonly enteredBy: { readonly id: string } | null };
}

/** Compares what every viewer reads of observances with what the oracle says: whole, or not at all; who entered it, where it is known. */
export async function compareObservances(world: MatrixWorld): Promise<MatrixReport> {
  const disagreements: string[] = [];
  let cells = 0;
  const read = async (viewer: PlacedViewer): Promise<readonly Read[]> =>
    (await clientOn(world.url, viewer).query<{ observances: readonly Read[] }>(READ)).observances;
  const truth = await read(world.cast.viewer('coordinator'));
  const entering = [
    null,
    ...world.cast.actors.filter(({ name }) => truth.some((one) => one.name.endsWith(` of ${name}`))),
  ];
  for (const viewer of world.viewers.filter((one) => !isShutOut(one))) {
    const found = await read(viewer);
    for (const actor of entering) {
      const [whole] = truth.filter(({ name }) => name === nameFor(actor));
      if (!whole) throw new Error(`nobody reads ${nameFor(actor)}`);
      const enteredBy = actor && seesActor(viewer, actor) ? { id: actor.id } : null;
      const expected = seesObservance(viewer, actor)
        ? [{ ...whole, observance: { ...whole.observance, enteredBy } }]
        : [];
      cells += Object.keys({ ...FIELDS['Observance'], ...FIELDS['CalendarBand'] }).length;
      const same = found.filter(({ name }) => name === nameFor(actor));
      if (!isDeepStrictEqual(same, expected))
        disagreements.push(
          `${viewer.name} reads ${nameFor(actor)}: ${JSON.stringify(same)} instead of ${JSON.stringify(expected)}`,
        );
    }
    if (found.some(({ name }) => !truth.some((one) => one.name === name)))
      disagreements.push(`${viewer.name} reads too much`);
  }
  const wanted = ['owner', 'shy', 'lapsed', 'suspended'];
  return { cells, disagreements, empty: wanted.filter((name) => !entering.some((actor) => actor?.name === name)) };
}

/** Everybody who has a key, while whoever entered it is vouched for; itself and coordinators, always. */
function seesObservance(viewer: PlacedViewer, actor: PlacedActor | null): boolean {
  if (actor === null || viewer.role === 'coordinator' || viewer.actor?.id === actor.id) return true;
  return actor.vetting === 'verified';
}
