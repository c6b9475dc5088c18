import { withClient } from '../../platform/database/with-client.ts';
import type { Client, TestHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type Cast, type PlacedActor, clientOn } from './cast.ts';
import {
  BANGLADESH,
  COXS_BAZAR,
  type CastRecord,
  PRECISIONS,
  type Precision,
  SELANGOR,
  type StatedPlace,
  VISIBILITIES,
  type Visibility,
} from './oracle.ts';
import { FULL } from './figure.ts';
import { contactsOf } from './people.ts';
import { perform, shareProgramme } from './perform.ts';

export type RecordType = 'Programme' | 'Campaign' | 'CalendarEntry';

/** A record of the matrix, as its owner stated it, and the id it got. */
export interface PlacedRecord extends CastRecord {
  readonly id: string;
  readonly type: RecordType;
  readonly owner: PlacedActor;
  readonly places: readonly StatedPlace[];
}

const PLACES = [COXS_BAZAR, SELANGOR];
const NOBODY = { actors: [], kinds: [], countries: [] };
const SOMEBODY = { actors: ['excluded'], kinds: ['media'], countries: ['NZ'] };

/** Writes for an owner of the cast, by the owner's key. */
interface Hand {
  readonly hub: TestHub;
  readonly cast: Cast;
  readonly client: Client;
  readonly owner: PlacedActor;
}

/** What a record itself states of who may see it. */
interface Stated {
  readonly visibility: Visibility;
  readonly precision: Precision;
}

/** `items[index]`, around the end. */
function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/**
 * A programme for every visibility and precision, half of them with exclusions, each with a campaign and an entry of every
 * combination with what is above; four that were withdrawn; and those of owners that are suspended or pending.
 */
export async function registerRecords(hub: TestHub, cast: Cast): Promise<PlacedRecord[]> {
  const records: PlacedRecord[] = [];
  const handOf = (name: string): Hand => {
    const client = clientOn(hub.url, cast.viewer(`${name} editor`));
    return { hub, cast, client, owner: cast.actor(name) };
  };
  const hand = handOf('owner');
  for (const [v, visibility] of VISIBILITIES.entries())
    for (const [p, precision] of PRECISIONS.entries()) {
      if (!FULL && p !== v && p !== (v + 1) % PRECISIONS.length) continue;
      const excluded = (v + p) % 2 === 0 ? SOMEBODY : NOBODY;
      const programme = await registerProgramme(hand, { visibility, precision }, excluded);
      const campaign = await planCampaign(hand, programme, {
        visibility: pick(VISIBILITIES, p),
        precision: pick(PRECISIONS, v),
      });
      const entry = await addEntry(hand, campaign, {
        visibility: pick(VISIBILITIES, v + p),
        precision: pick(PRECISIONS, v + 2 * p),
      });
      records.push(programme, campaign, entry);
    }
  for (const visibility of VISIBILITIES) {
    const stated = { visibility, precision: 'SUBDIVISION' } as const;
    const programme = await registerProgramme(hand, stated, NOBODY, 'withdrawn');
    // Parts that exclude somebody themselves; what their programme excludes, they need not say.
    const exclude = excludeInput(cast, SOMEBODY);
    const campaign = { ...(await planCampaign(hand, programme, stated, { exclude })), excluded: SOMEBODY };
    const entry = await addEntry(hand, campaign, stated, { exclude });
    const target = { id: programme.id, expectedVersion: 1 };
    await idOf(mutate(hand.client, 'withdrawProgramme', { ...target, reason: 'It was withdrawn' }));
    records.push(programme, campaign, entry);
    for (const name of ['suspended', 'pending', 'shy'])
      records.push(await registerProgramme(handOf(name), stated, NOBODY));
  }
  for (const name of ['member', 'shared', 'excluded']) records.push(...(await registerMeeting(handOf(name))));
  return records;
}

/** What the records above overlap with, less exactly placed than they are, and saying the contrary. */
async function registerMeeting(hand: Hand): Promise<PlacedRecord[]> {
  const stated = { visibility: 'MEMBERS', precision: 'EXACT' } as const;
  const footprint = { ...FOOTPRINT, places: ['BD'], channels: ['facebook'] };
  const programme = await registerProgramme(hand, stated, NOBODY, 'that meets', { footprint });
  const message = { text: 'Example message', stance: 'protect' };
  const campaign = await planCampaign(hand, programme, stated, { footprint, messages: [message] });
  return [programme, campaign].map((record) => ({ ...record, places: [BANGLADESH] }));
}

const FOOTPRINT = {
  days: { start: '2027-03-10', end: '2027-03-20' },
  places: PLACES.map(({ exact }) => exact),
  audiences: ['prospective_migrant'],
  themes: ['people_smuggling'],
  channels: ['radio'],
  languages: ['bn'],
};

/** What every record says of itself, with nothing left out, so that no field is equal because it is empty. */
function said({ cast, owner }: Hand, name: string, { visibility, precision }: Stated): Record<string, unknown> {
  const readers = cast.viewers.filter((viewer) => readersOf(owner).includes(viewer.name));
  return {
    name,
    names: [{ language: 'bn', text: `${name}, in another language` }],
    description: `${name}, described`,
    descriptions: [{ language: 'bn', text: `${name}, described in another language` }],
    source: 'made for a test',
    identifier: { scheme: 'example', value: name },
    release: { visibility, placePrecision: precision, matching: 'FULL' },
    namedReaders: readers.map(({ keyId }) => keyId),
    footprint: FOOTPRINT,
  };
}

/** Who may read a record that is restricted: the key that registers it, and another of the same actor. */
const readersOf = (owner: PlacedActor): string[] => [`${owner.name} editor`, `${owner.name} reader`];

const excludeInput = (cast: Cast, { actors, kinds, countries }: CastRecord['excluded']): object => ({
  actors: actors.map((actor) => cast.actor(actor).id),
  actorKinds: kinds,
  countries,
});

async function registerProgramme(
  hand: Hand,
  stated: Stated,
  excluded: CastRecord['excluded'],
  mark = '',
  fields: object = {},
): Promise<PlacedRecord> {
  const { cast, client, owner } = hand;
  const name = `Programme ${stated.visibility} ${stated.precision} ${mark}`.trim();
  const id = await idOf(
    mutate(client, 'registerProgramme', {
      ...said(hand, name, stated),
      exclude: excludeInput(cast, excluded),
      partners: [{ actor: cast.actor('partner').id, role: 'IMPLEMENTING' }],
      mechanisms: [{ name: 'Hotline', description: 'A hotline', channel: 'radio', howToUse: 'Call it' }],
      commitments: [{ kind: 'FUNDS', description: 'Funds', amount: 5, currency: 'AUD', source: 'a letter' }],
      ...fields,
    }),
  );
  await commit(client, id);
  await shareWithThree(hand, id);
  for (const contact of contactsOf(id)) {
    const reachable = { ...contact, email: 'press@example.org', purpose: 'a test' };
    await perform(client, 'addContact', 'AddContactInput', { of: id, ...reachable });
  }
  const release = { visibilities: [stated.visibility], precisions: [stated.precision] };
  const lists = { sharedWith: ['shared'], readers: readersOf(owner), excluded };
  return { id, type: 'Programme', owner, places: PLACES, ...release, ...lists };
}

/** Resources of a programme, one of them no longer. */
async function commit(client: Client, programme: string): Promise<void> {
  const stated = { kind: 'AIRTIME', description: 'Airtime', quantity: 40, unit: 'hours', source: 'a letter' };
  const until = { validFrom: '2027-01-01', validTo: '2027-12-31', themes: ['people_smuggling'] };
  for (const corridors of [['rohingya_andaman'], ['bd_my_labour']]) {
    const input = { ...stated, ...until, corridors, programme };
    const id = await idOf(mutate(client, 'registerCommitment', input));
    if (corridors.includes('bd_my_labour')) await idOf(mutate(client, 'endCommitment', { id, expectedVersion: 1 }));
  }
}

/** With one who may read it, one whose share was revoked and one whose share is over. */
async function shareWithThree({ hub, cast, client, owner }: Hand, programme: string): Promise<void> {
  for (const name of ['shared', 'revoked', 'expired'].filter((other) => other !== owner.name))
    await shareProgramme(client, { programme, with: cast.actor(name).id, purpose: `a test with ${name}` });
  await withClient(hub.database.adminUrl, async (client) => {
    const end = (change: string) => `update app.share set ${change} where programme_id = $1 and actor_id = $2`;
    await client.query(end('revoked_at = created_at'), [programme, cast.actor('revoked').id]);
    await client.query(end('until = current_date - 2'), [programme, cast.actor('expired').id]);
  });
}

/** A part of a record: what is above counts for it too. */
function below(parent: PlacedRecord, type: RecordType, id: string, own: Stated): PlacedRecord {
  const visibilities = [...parent.visibilities, own.visibility];
  return { ...parent, id, type, visibilities, precisions: [...parent.precisions, own.precision] };
}

async function planCampaign(
  hand: Hand,
  programme: PlacedRecord,
  stated: Stated,
  fields: object = {},
): Promise<PlacedRecord> {
  const name = `Campaign ${stated.visibility} ${stated.precision} in ${programme.id}`;
  const message = {
    text: 'Example message',
    texts: [{ language: 'bn', text: 'Example message in another language' }],
    language: 'en',
    stance: 'deter',
    frame: 'rights_and_help',
    perspective: 'ORIGIN',
    audiences: ['prospective_migrant'],
    source: 'a letter',
    reviewedOn: '2026-12-01',
    validFrom: '2027-03-01',
    validTo: '2027-03-31',
    facts: [{ kind: 'HOTLINE', subject: 'Where to call', value: '1343' }],
  };
  const id = await idOf(
    mutate(hand.client, 'planCampaign', {
      ...said(hand, name, stated),
      programme: programme.id,
      phase: 'concept',
      objectiveLevel: 'awareness',
      messages: [message],
      ...fields,
    }),
  );
  return below(programme, 'Campaign', id, stated);
}

async function addEntry(
  hand: Hand,
  campaign: PlacedRecord,
  stated: Stated,
  fields: object = {},
): Promise<PlacedRecord> {
  const name = `Entry ${stated.visibility} ${stated.precision} in ${campaign.id}`;
  const id = await idOf(
    mutate(hand.client, 'addCalendarEntry', {
      ...said(hand, name, stated),
      campaign: campaign.id,
      footprint: { ...FOOTPRINT, channels: null },
      kind: 'EVENT',
      recurrence: 'FREQ=WEEKLY;COUNT=3',
      materials: [{ title: 'Slides', url: 'https://example.org/slides', language: 'bn', kind: 'SLIDES' }],
      ...fields,
    }),
  );
  return below(campaign, 'CalendarEntry', id, stated);
}
