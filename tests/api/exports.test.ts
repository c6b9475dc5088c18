import { readXlsx } from 'hucre/xlsx';
import { parseCsv } from 'hucre/csv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { SHEET_COLUMNS, splitList, unguardFormula } from '../../core/exchange/sheet-columns.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let ownerId: string;
let owner: Client;
let stranger: Client;
let coordinator: Client;
const ids: Record<string, string> = {};

beforeAll(async () => {
  hub = await testHub();
  ownerId = await hub.actor({ name: 'Example Delta Voices', kind: 'national_ngo' });
  owner = await hub.as('editor', ownerId);
  stranger = await hub.as('editor', await hub.actor({ name: 'Example Hill Radio', kind: 'media' }));
  coordinator = await hub.as('coordinator');
  const footprint = {
    days: { start: '2027-02-01', end: '2027-04-30' },
    places: ['BD-11', 'MY'],
    themes: ['people_smuggling'],
    audiences: ['prospective_migrant'],
    channels: ['radio'],
    languages: ['bn'],
  };
  const register = async (name: string, input: object): Promise<void> => {
    ids[name] = await idOf(mutate(owner, 'registerProgramme', { name, footprint, ...input }));
  };
  await register('Open', { release: { visibility: 'PUBLIC' }, description: '=HYPERLINK("http://evil.example")' });
  await register("'=Odd name", { release: { visibility: 'MEMBERS' }, identifier: { scheme: 'own', value: '-7' } });
  await register('Shared', { release: { visibility: 'PARTNERS', placePrecision: 'COUNTRY' } });
  await register('Secret', { release: { visibility: 'RESTRICTED' } });
  ids['campaign'] = await idOf(
    mutate(owner, 'planCampaign', {
      name: 'Inside',
      programme: ids['Open'],
      footprint: { days: { start: '2027-02-01' }, channels: ['tiktok'] },
    }),
  );
  ids['entry'] = await idOf(
    mutate(owner, 'addCalendarEntry', {
      name: 'Every week',
      campaign: ids['campaign'],
      kind: 'BROADCAST',
      recurrence: 'RRULE:FREQ=WEEKLY;COUNT=4',
      footprint: { days: { start: '2027-02-01', end: '2027-02-01' } },
    }),
  );
});
afterAll(() => hub.close());

const get = (client: Client, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${hub.url}/exports/${path}`, { ...init, headers: client.headers });

/** The records of a sheet by the headers of its columns, and the row of tags. */
async function sheet(client: Client, path: string): Promise<{ tags: string[]; rows: Record<string, string>[] }> {
  const response = await get(client, path);
  expect(response.status).toBe(200);
  const [headers = [], tags = [], ...rows] = parseCsv(await response.text(), { typeInference: false }).map((row) =>
    row.map((cell) => unguardFormula(String(cell ?? ''))),
  );
  return {
    tags,
    rows: rows.map((row) => Object.fromEntries(headers.map((header, at) => [header, row[at] ?? '']))),
  };
}

test('smoke', async () => {
  for (const file of [
    'actors.csv',
    'programmes.csv',
    'programmes.iati.xml',
    'programmes.geojson',
    'programmes.jsonld',
    'campaigns.csv',
    'calendar.csv',
    'overlaps.csv',
    'suggestions.csv',
    'actors.jsonld',
    'calendar.jsonld',
    'campaigns.geojson',
    'briefs/rohingya_andaman.md',
    'briefs/rohingya_andaman.html',
  ]) {
    const r = await get(owner, file);
    console.log(file, r.status, Object.fromEntries(r.headers), await r.text());
  }
  console.log(hub.logged.filter((l) => l.includes('err')).slice(0, 3));
  const x = await readXlsx(new Uint8Array(await (await get(owner, 'programmes.xlsx')).arrayBuffer()));
  console.log(x.sheets[0]?.rows.slice(0, 4));
});
