import { isDeepStrictEqual } from 'node:util';
import { type PlacedViewer, clientOn } from './cast.ts';
import { FIELDS } from './fields.ts';
import type { MatrixReport, MatrixWorld } from './matrix.ts';
import { type CastViewer, isShutOut, placesAt, precisionFor, sees } from './oracle.ts';
import type { PlacedRecord } from './records.ts';

/** Somebody who looks through another's eyes, and a viewer of the cast who has such eyes. */
const EYES = [
  ['ANYBODY', 'observer'],
  ['ANY_MEMBER', 'member viewer'],
  ['COORDINATOR', 'coordinator'],
] as const;

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * What tells of people: contacts, keys, and who was let in. Compared are whole rows, so that every field of a row is a cell.
 * @returns in `empty` what no viewer at all was told of.
 */
export async function comparePeople(world: MatrixWorld): Promise<MatrixReport> {
  const disagreements: string[] = [];
  const told = new Set<string>();
  let cells = 0;
  const check = (
    viewer: CastViewer,
    what: string,
    type: string,
    expected: readonly unknown[],
    found: readonly unknown[],
  ): void => {
    cells += Math.max(expected.length, 1) * Object.keys(FIELDS[type] ?? {}).length;
    if (found.length > 0) told.add(type);
    const sorted = [expected, found].map((list) => list.map((item) => JSON.stringify(item)).sort());
    if (!isDeepStrictEqual(sorted[0], sorted[1]))
      disagreements.push(
        `${viewer.name} reads ${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
      );
  };
  const everybody = world.cast.viewers.filter(({ role }) => role !== 'anonymous');
  for (const viewer of world.viewers.filter((one) => !isShutOut(one))) {
    const client = clientOn(world.url, viewer);
    for (const record of world.records.filter(({ type }) => type === 'Programme')) {
      const { data, errors } = await client.send<{ contacts: Named[] } | null>(CONTACTS, { of: record.id });
      // A hidden programme answers like none, with an error; any other error tells nothing of who may see what.
      const codes = (errors ?? []).map(({ extensions }) => extensions?.['code']);
      if (codes.some((code) => code !== 'NOT_FOUND')) throw new Error(`contacts answer ${codes.join(', ')}`);
      const found = (data?.contacts ?? []).map(({ name }) => name);
      check(viewer, `contacts of ${record.id}`, 'Contact', contactsFor(viewer, record), found);
    }
    const { apiKeys, memberships } = await client.query<Record<'apiKeys' | 'memberships', { nodes: Named[] }>>(DOORS);
    const keys = everybody.filter(
      (other) =>
        viewer.role === 'coordinator' ||
        other === viewer ||
        (viewer.actor !== null && other.actor?.id === viewer.actor.id),
    );
    check(
      viewer,
      'keys',
      'ApiKey',
      keys.map(({ keyId }) => keyId),
      apiKeys.nodes.map(({ id }) => id),
    );
    const letIn = world.cast.actors.filter(
      ({ id }) => viewer.role === 'coordinator' || (viewer.role === 'editor' && viewer.actor?.id === id),
    );
    check(
      viewer,
      'who was let in',
      'Membership',
      letIn.map(({ name }) => name),
      memberships.nodes.map(({ name }) => name),
    );
  }
  for (const [eyes, name] of EYES)
    for (const record of world.records.filter(({ owner }) => owner.name === 'owner')) {
      const viewer = world.cast.viewer('owner editor');
      const { previewAs } = await clientOn(world.url, viewer).query<{ previewAs: unknown }>(PREVIEW, {
        id: record.id,
        eyes,
      });
      check(
        viewer,
        `${record.id} as ${name}`,
        'SeenRecord',
        [previewFor(world.cast.viewer(name), record)],
        [previewAs],
      );
    }
  return {
    cells,
    disagreements,
    empty: ['Contact', 'ApiKey', 'Membership', 'SeenRecord'].filter((type) => !told.has(type)),
  };
}

const CONTACTS = 'query ($of: ID!) { contacts(of: $of) { id name email phone purpose role shared version updatedAt } }';
const DOORS = `{ apiKeys(first: 100) { nodes { id label role scopes actor { id } createdAt expiresAt revokedAt lastUsedOn } }
  memberships(first: 100) { nodes { id name: label role issuer subject actor { id } createdAt revokedAt suspendedAt } } }`;
const PREVIEW = `query ($id: ID!, $eyes: Eyes!) { previewAs(id: $id, as: { eyes: $eyes }) {
  seen { footprint { places { code } } } } }`;

/** Of each programme two: one for its owner alone, and one for coordinators and whom it is shared with. */
export const contactsOf = (record: string): readonly { readonly name: string; readonly shared: boolean }[] => [
  { name: `Example person of ${record}`, shared: false },
  { name: `Another example person of ${record}`, shared: true },
];

function contactsFor(viewer: PlacedViewer, record: PlacedRecord): string[] {
  if (!sees(viewer, record)) return [];
  const own = viewer.actor?.id === record.owner.id;
  const shared = viewer.role === 'coordinator' || record.sharedWith.includes(viewer.actor?.name ?? '');
  return contactsOf(record.id).flatMap((contact) => (own || (shared && contact.shared) ? [contact.name] : []));
}

function previewFor(viewer: CastViewer, record: PlacedRecord): unknown {
  if (!sees(viewer, record)) return { seen: null };
  const places = placesAt(precisionFor(viewer, record), record.places);
  return { seen: { footprint: { places: places.map((code) => ({ code })) } } };
}
