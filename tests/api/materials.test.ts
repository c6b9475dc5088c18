import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let owner: Client;
let member: Client;
let campaign: string;

beforeAll(async () => {
  hub = await testHub();
  owner = await hub.as('editor', await hub.actor());
  member = await hub.as('editor', await hub.actor());
  campaign = await idOf(mutate(owner, 'planCampaign', { name: 'Example campaign' }));
});
afterAll(() => hub.close());

const MATERIALS = 'kind materials { title url language kind }';
const footprint = { days: { start: '2027-03-01', end: '2027-03-02' } };
const slides = { title: 'Slides', url: 'https://example.org/slides.pdf', language: 'bn-BD', kind: 'SLIDES' };
const agenda = { title: 'Agenda', url: 'https://example.org/agenda', kind: 'AGENDA' };

const add = (fields: object): Promise<Record<string, unknown>> =>
  mutate(owner, 'addCalendarEntry', { name: 'Example', campaign, footprint, ...fields }, MATERIALS);

test('a consultation keeps its materials in order until others are given', async () => {
  const entry = await add({ kind: 'CONSULTATION', materials: [slides, agenda, { title: 'Other', url: agenda.url }] });
  expect(entry).toMatchObject({
    kind: 'CONSULTATION',
    materials: [slides, { ...agenda, language: null }, { title: 'Other', kind: 'OTHER' }],
  });
  const id = String(entry['id']);
  const renamed = await mutate(owner, 'reviseCalendarEntry', { id, expectedVersion: 1, name: 'Renamed' }, MATERIALS);
  expect(renamed['materials']).toHaveLength(3);
  const replaced = { id, expectedVersion: 2, materials: [agenda] };
  expect(await mutate(owner, 'reviseCalendarEntry', replaced, MATERIALS)).toMatchObject({
    materials: [{ title: 'Agenda' }],
  });
  const cleared = { id, expectedVersion: 3, materials: null };
  expect(await mutate(owner, 'reviseCalendarEntry', cleared, MATERIALS)).toMatchObject({ materials: [] });
});

test('an address that is not https, signs in or names no host is refused with its place', async () => {
  const wrong = [
    'http://example.org/',
    'javascript:alert(1)',
    'https://name:word@example.org/',
    'https://10.0.0.1/',
    'https://localhost/',
    'HTTPS://example.org/',
    ' https://example.org/',
    'not an address',
  ];
  for (const url of wrong) {
    const refused = await add({ materials: [agenda, { title: 'Example', url }] });
    expect(refused, url).toMatchObject({ __typename: 'InvalidInput', issues: [{ path: 'input.materials[1].url' }] });
  }
  const language = await add({ materials: [{ ...agenda, language: 'not a tag' }] });
  expect(language).toMatchObject({ issues: [{ path: 'input.materials[0].language' }] });
});

test('materials are seen by those who see their entry, and by nobody else', async () => {
  const seenBy = async (client: Client, id: string): Promise<unknown> => {
    const { node } = await client.query<{ node: unknown }>(
      'query ($id: ID!) { node(id: $id) { ... on CalendarEntry { materials { title } } } }',
      { id },
    );
    return node;
  };
  const shown = String((await add({ materials: [slides] }))['id']);
  expect(await seenBy(member, shown)).toEqual({ materials: [{ title: 'Slides' }] });
  const hidden = String((await add({ materials: [slides], release: { visibility: 'PARTNERS' } }))['id']);
  expect(await seenBy(member, hidden)).toBeNull();
  expect(await seenBy(owner, hidden)).toEqual({ materials: [{ title: 'Slides' }] });
});
