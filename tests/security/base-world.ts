import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { seededRandomness } from '../../platform/ids.ts';
import type { TestDatabase } from '../support/database.ts';
import type { Client, TestHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { type MutationName, idOf, mutate } from '../support/mutate.ts';
import { clientWithKey } from '../support/hub.ts';
import { type Chooser, chooser } from '../support/registry-steps.ts';
import { securityWorld } from './world.ts';

/** Who lives in a base world. `owner` hides things, `viewer` is curious, `other` is a third party whom the owner trusts or not. */
export const PARTIES = ['viewer', 'owner', 'other', 'stranger', 'pending', 'suspended'] as const;
export type Party = (typeof PARTIES)[number];
export type Asker = Party | 'coordinator' | 'observer';

/** A settled world to which nobody is connected: two clones of it become a pair. */
export interface BaseWorld {
  readonly database: TestDatabase;
  readonly actors: Readonly<Record<Party, string>>;
  readonly keys: Readonly<Record<Asker, string>>;
  /** Programmes, campaigns and an entry that the variations change; ids by what they are. */
  readonly records: Readonly<Record<RecordName, string>>;
}

export type RecordName =
  | 'own'
  | 'coarse'
  | 'coarse campaign'
  | 'subdivision'
  | 'country'
  | 'excluding'
  | 'restricted'
  | 'of other'
  | 'public of other'
  | 'of suspended';

/** Within Bangladesh, and for each what it is part of. */
export const DISTRICTS = { 'BD-B': ['BD-10', 'BD-11', 'BD-16', 'BD-09'], 'BD-C': ['BD-13', 'BD-18', 'BD-15'] } as const;
const KINDS = ['state_national', 'national_ngo', 'ingo', 'intergovernmental', 'diaspora_association', 'academic'];
const THEMES = ['people_smuggling', 'trafficking_in_persons'];
const AUDIENCES = ['prospective_migrant', 'refugee_in_camp', 'youth_15_24'];
const CHANNELS = ['radio', 'facebook', 'community_meeting'];

/** Some of each facet, so that most records of a world meet. Days are within three months, so that whole months tell little. */
export function drawFootprint(choose: Chooser): Record<string, unknown> {
  const month = 2 + choose.below(3);
  return {
    places: [choose.oneOf([...DISTRICTS['BD-B'], ...DISTRICTS['BD-C'], 'BD', 'MY', 'MY-10', 'TH'])],
    days: {
      start: `2027-0${String(month)}-0${String(1 + choose.below(9))}`,
      end: `2027-0${String(month + 1)}-2${String(choose.below(9))}`,
    },
    themes: choose.someOf(THEMES, 2),
    audiences: choose.someOf(AUDIENCES, 2),
    channels: choose.someOf(CHANNELS, 2),
    languages: ['bn'],
  };
}

export async function baseWorld(seed: number): Promise<BaseWorld> {
  const world = await securityWorld();
  const { hub, database } = world;
  const choose = chooser(seededRandomness(`base ${String(seed)}`));
  const actors = {} as Record<Party, string>;
  const keys = {} as Record<Asker, string>;
  for (const party of PARTIES) {
    actors[party] = await registerActor(hub, party, choose.oneOf(KINDS));
    keys[party] = (await hub.as('editor', actors[party])).key;
  }
  keys.coordinator = (await hub.as('coordinator')).key;
  keys.observer = (await hub.as('observer', actors.stranger)).key;
  const records = await registerRecords({ hub, actors, keys }, choose);
  await vet(hub, actors.suspended, 1, 'suspend');
  await world.settle();
  await world.leave();
  return { database, actors, keys, records };
}

async function registerActor(hub: TestHub, party: Party, kind: string): Promise<string> {
  const identifiers = [{ scheme: 'example', value: party }];
  // The owner is as well known as is usual for its kind; it knows the others, so that it can name them.
  const visibility = party === 'owner' ? null : 'members';
  const input = { name: `Example ${party}`, kind, basedIn: ['BD'], identifiers, visibility };
  const id = savedId(await hub.app.services.actors.register(HUB_VIEWER, input));
  if (party !== 'pending') await vet(hub, id, 1, 'verify');
  return id;
}

async function vet(hub: TestHub, id: string, by: number, action: 'verify' | 'suspend'): Promise<void> {
  const { actors } = hub.app.services;
  if (action === 'verify')
    savedId(await actors.verify(HUB_VIEWER, { id, expectedVersion: by, evidence: 'made for a test' }));
  else savedId(await actors.suspend(HUB_VIEWER, { id, expectedVersion: by + 1, reason: 'made for a test' }));
}

/** What writes need of a world. */
export interface Writing {
  readonly hub: TestHub;
  readonly actors: BaseWorld['actors'];
  readonly keys: BaseWorld['keys'];
}

export function as({ hub, actors, keys }: Writing, asker: Asker): Client {
  const actor = asker === 'coordinator' ? null : asker === 'observer' ? actors.stranger : actors[asker];
  return clientWithKey(hub.url, keys[asker], actor);
}

/** One write by a party's key; the id of what was saved. */
export function write(world: Writing, party: Party, name: MutationName, input: object): Promise<string> {
  return idOf(mutate(as(world, party), name, input));
}

const release = (visibility: string, matching: string, placePrecision: string) => ({
  release: { visibility, matching, placePrecision },
});
export const HIDDEN = release('PARTNERS', 'NONE', 'NONE');
export const COARSE = release('PARTNERS', 'COARSE', 'COUNTRY');

async function registerRecords(world: Writing, choose: Chooser): Promise<BaseWorld['records']> {
  const register = (party: Party, name: string, fields: object): Promise<string> =>
    write(world, party, 'registerProgramme', { name, footprint: drawFootprint(choose), ...fields });
  const coarse = await register('owner', 'Coarse programme', COARSE);
  return {
    own: await register('viewer', 'Own programme', release('MEMBERS', 'FULL', 'EXACT')),
    coarse,
    'coarse campaign': await write(world, 'owner', 'planCampaign', {
      name: 'Coarse campaign',
      programme: coarse,
      footprint: drawFootprint(choose),
      ...COARSE,
    }),
    subdivision: await register('owner', 'Programme by subdivision', {
      ...release('MEMBERS', 'FULL', 'SUBDIVISION'),
      footprint: { ...drawFootprint(choose), places: ['BD-11'] },
    }),
    country: await register('owner', 'Programme by country', {
      ...release('PUBLIC', 'FULL', 'COUNTRY'),
      footprint: { ...drawFootprint(choose), places: ['BD-11'] },
    }),
    excluding: await register('owner', 'Programme that excludes', {
      ...release('MEMBERS', 'FULL', 'SUBDIVISION'),
      exclude: { actors: [world.actors.stranger] },
    }),
    restricted: await register('owner', 'Restricted programme', release('RESTRICTED', 'NONE', 'NONE')),
    'of other': await register('other', 'Programme of another', release('MEMBERS', 'FULL', 'EXACT')),
    'public of other': await register('other', 'Public programme', release('PUBLIC', 'FULL', 'EXACT')),
    'of suspended': await register('suspended', 'Programme of somebody suspended', release('PUBLIC', 'FULL', 'EXACT')),
  };
}
