import { parseApiKey } from '../../core/access/api-key.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type Client, type TestHub, clientWithKey } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import type { CastActor, CastViewer } from './oracle.ts';

/** An actor of the cast and the id it got. */
export interface PlacedActor extends CastActor {
  readonly id: string;
}

/** A viewer of the cast and the key it holds; anonymous holds none. */
export interface PlacedViewer extends CastViewer {
  readonly actor: PlacedActor | null;
  readonly key: string;
  readonly keyId: string;
}

const ACTORS: readonly CastActor[] = [
  { name: 'host', kind: 'ingo', country: 'TH', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'owner', kind: 'national_ngo', country: 'BD', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'partner', kind: 'ingo', country: 'MY', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'shared', kind: 'state_national', country: 'MY', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'revoked', kind: 'ingo', country: 'ID', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'expired', kind: 'ingo', country: 'ID', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'excluded', kind: 'ingo', country: 'TH', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'excluded kind', kind: 'media', country: 'TH', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'excluded country', kind: 'ingo', country: 'NZ', visibility: 'PUBLIC', vetting: 'verified' },
  { name: 'member', kind: 'state_national', country: 'ID', visibility: 'MEMBERS', vetting: 'verified' },
  { name: 'shy', kind: 'diaspora_association', country: 'MM', visibility: 'PARTNERS', vetting: 'verified' },
  { name: 'pending', kind: 'ingo', country: 'LK', visibility: 'PUBLIC', vetting: 'pending' },
  { name: 'lapsed', kind: 'ingo', country: 'LK', visibility: 'PUBLIC', vetting: 'lapsed' },
  { name: 'suspended', kind: 'ingo', country: 'LK', visibility: 'PUBLIC', vetting: 'suspended' },
];

const VIEWERS: readonly [name: string, role: CastViewer['role'], actor: string | null][] = [
  ['coordinator', 'coordinator', null],
  ['observer', 'observer', null],
  ['owner editor', 'editor', 'owner'],
  ['owner planner', 'planner', 'owner'],
  ['owner viewer', 'viewer', 'owner'],
  ['owner reader', 'viewer', 'owner'],
  ['host editor', 'editor', 'host'],
  ['partner editor', 'editor', 'partner'],
  ['shared editor', 'editor', 'shared'],
  ['shared planner', 'planner', 'shared'],
  ['shared viewer', 'viewer', 'shared'],
  ['revoked editor', 'editor', 'revoked'],
  ['expired editor', 'editor', 'expired'],
  ['excluded editor', 'editor', 'excluded'],
  ['excluded kind editor', 'editor', 'excluded kind'],
  ['excluded country viewer', 'viewer', 'excluded country'],
  ['member editor', 'editor', 'member'],
  ['member planner', 'planner', 'member'],
  ['member viewer', 'viewer', 'member'],
  ['member observer', 'observer', 'member'],
  ['shy editor', 'editor', 'shy'],
  ['pending editor', 'editor', 'pending'],
  ['lapsed editor', 'editor', 'lapsed'],
  ['suspended editor', 'editor', 'suspended'],
];

export const ANONYMOUS: PlacedViewer = { name: 'anonymous', role: 'anonymous', actor: null, key: '', keyId: '' };

export interface Cast {
  readonly actors: readonly PlacedActor[];
  /** Anonymous included. */
  readonly viewers: readonly PlacedViewer[];
  actor(name: string): PlacedActor;
  viewer(name: string): PlacedViewer;
}

/** Registers the cast and verifies all but who is pending. Who is to be suspended or lapsed becomes so by `settleVetting`. */
export async function gatherCast(hub: TestHub): Promise<Cast> {
  const actors: PlacedActor[] = [];
  for (const actor of ACTORS) actors.push({ ...actor, id: await registerActor(hub, actor, actors) });
  const viewers: PlacedViewer[] = [];
  for (const [name, role, acting] of VIEWERS) {
    const actor = acting === null ? null : named(actors, acting);
    if (role === 'anonymous') continue;
    const { key } = await hub.as(role, actor?.id ?? null);
    viewers.push({ name, role, actor, key, keyId: await keyIdOf(hub, key) });
  }
  const all = [...viewers, ANONYMOUS];
  return { actors, viewers: all, actor: (name) => named(actors, name), viewer: (name) => named(all, name) };
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (!found) throw new Error(`nobody of the cast is called ${name}`);
  return found;
}

async function registerActor(hub: TestHub, actor: CastActor, earlier: readonly PlacedActor[]): Promise<string> {
  const { actors } = hub.app.services;
  const hosted = actor.name === 'owner' ? { legalStatus: 'hosted', hostedBy: named(earlier, 'host').id } : {};
  const id = savedId(
    await actors.register(HUB_VIEWER, {
      name: `Example ${actor.name}`,
      names: [{ language: 'bn', text: `Example ${actor.name}, in another language` }],
      aliases: [`Alias of ${actor.name}`],
      description: `What ${actor.name} does`,
      website: 'https://example.org/',
      kind: actor.kind,
      visibility: actor.visibility.toLowerCase(),
      basedIn: [actor.country],
      communityOf: ['MM'],
      identifiers: [{ scheme: 'example', value: actor.name }],
      commitments: [
        { kind: 'funds', description: `Funds of ${actor.name}`, amount: 5, currency: 'AUD', source: 'a letter' },
      ],
      source: 'made for a test',
      ...hosted,
    }),
  );
  if (actor.vetting === 'pending') return id;
  const vouching = { id, expectedVersion: 1, evidence: 'made for a test', validUntil: '2099-12-31' };
  return savedId(await actors.verify(HUB_VIEWER, vouching));
}

/** Takes out who is to be suspended, and lets the days of who is to be lapsed pass. */
export async function settleVetting(hub: TestHub, cast: Cast): Promise<void> {
  const { actors } = hub.app.services;
  const target = { id: cast.actor('suspended').id, expectedVersion: 2 };
  savedId(await actors.suspend(HUB_VIEWER, { ...target, reason: 'made for a test' }));
  await withClient(hub.database.adminUrl, (client) =>
    client.query('update app.actor set vetted_until = current_date - 2 where id = $1', [cast.actor('lapsed').id]),
  );
}

async function keyIdOf(hub: TestHub, key: string): Promise<string> {
  const publicId = parseApiKey(key)?.publicId;
  const { rows } = await withClient(hub.database.adminUrl, (client) =>
    client.query<{ id: string }>('select id from app.api_key where public_id = $1', [publicId]),
  );
  return rows[0]?.id ?? '';
}

/** The viewer's client on a hub whose database knows its key. */
export function clientOn(url: string, viewer: PlacedViewer): Client {
  return clientWithKey(url, viewer.key, viewer.actor?.id ?? null);
}
