import { createHash } from 'node:crypto';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { SHEET_COLUMNS, splitList, unguardFormula } from '../../core/exchange/sheet-columns.ts';
import { EXPORTS } from '../../core/exports/export-kinds.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let ownerId: string;
let owner: Client;
let colleague: Client;
let stranger: Client;
let coordinator: Client;
const ids: Record<string, string> = {};

const FORMULA = '=HYPERLINK("http://example.org")';
const FOOTPRINT = {
  days: { start: '2027-02-01', end: '2027-04-30' },
  places: ['BD-11', 'MY'],
  themes: ['people_smuggling'],
  audiences: ['prospective_migrant'],
  channels: ['radio'],
  languages: ['bn'],
};

beforeAll(async () => {
  hub = await testHub();
  ownerId = await hub.actor({ name: 'Example Delta Voices', kind: 'national_ngo' });
  owner = await hub.as('editor', ownerId);
  colleague = await hub.as('viewer', ownerId);
  stranger = await hub.as('editor', await hub.actor({ name: 'Example Hill Radio', kind: 'media' }));
  coordinator = await hub.as('coordinator');
  const register = async (name: string, input: object): Promise<void> => {
    ids[name] = await idOf(mutate(owner, 'registerProgramme', { name, footprint: FOOTPRINT, ...input }));
  };
  await register('Open', { release: { visibility: 'MEMBERS' }, description: FORMULA });
  await register("'=Odd", {
    release: { visibility: 'MEMBERS', placePrecision: 'COUNTRY' },
    identifier: { scheme: 'own', value: '-7' },
  });
  await register('Between us', { release: { visibility: 'PARTNERS' } });
  await register('Secret', { release: { visibility: 'RESTRICTED' } });
  ids['Inside'] = await idOf(
    mutate(owner, 'planCampaign', {
      name: 'Inside',
      programme: ids['Open'],
      footprint: { days: { start: '2027-02-01' }, channels: ['tiktok'] },
    }),
  );
  ids['Every week'] = await idOf(
    mutate(owner, 'addCalendarEntry', {
      name: 'Every week',
      campaign: ids['Inside'],
      kind: 'BROADCAST',
      recurrence: 'RRULE:FREQ=WEEKLY;COUNT=4',
      footprint: { days: { start: '2027-02-01', end: '2027-02-01' } },
    }),
  );
});
afterAll(() => hub.close());

const get = ({ headers }: Client, path: string, method = 'GET'): Promise<Response> =>
  fetch(`${hub.url}/exports/${path}`, { method, headers });
const filtered = (filter: object): string => `?${new URLSearchParams({ filter: JSON.stringify(filter) }).toString()}`;

/** The records of a sheet by the headers of its columns, and the row of tags. */
async function sheetOf(client: Client, path: string): Promise<{ tags: string[]; rows: Record<string, string>[] }> {
  const response = await get(client, path);
  expect(response.status).toBe(200);
  const [headers = [], tags = [], ...rows] = parseCsv(await response.text(), { typeInference: false }).map((row) =>
    row.map((cell) => unguardFormula(String(cell ?? ''))),
  );
  return { tags, rows: rows.map((row) => Object.fromEntries(headers.map((header, at) => [header, row[at] ?? '']))) };
}

/** Exports noted in the audit, the newest last. */
function audited(): Promise<{ key_id: string; actor_id: string | null; detail: Record<string, unknown> }[]> {
  return withClient(hub.database.adminUrl, async (client) => {
    const { rows } = await client.query<{ key_id: string; actor_id: string | null; detail: Record<string, unknown> }>(
      "select key_id, actor_id, detail from app.audit where action = 'exported' order by id",
    );
    return rows;
  });
}

const countOf = (action: string): Promise<number> =>
  withClient(hub.database.adminUrl, async (client) => {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from app.audit where action = $1', [
      action,
    ]);
    return rows[0]?.n ?? 0;
  });

describe('whose rights', () => {
  /** Of each list the ids that a client's own pages hold. */
  async function listed(client: Client): Promise<Record<string, string[]>> {
    const nodes = 'nodes { id }';
    const lists = await client.query<Record<string, { nodes: { id: string }[] }>>(`{
      actors(first: 100) { ${nodes} } programmes(first: 100) { ${nodes} } campaigns(first: 100) { ${nodes} }
      calendar(first: 100, filter: { between: { start: "2020-01-01" } }) { ${nodes} } overlaps(first: 100) { ${nodes} } suggestions(first: 100) { ${nodes} } }`);
    return Object.fromEntries(
      Object.entries(lists).map(([list, { nodes: records }]) => [list, records.map(({ id }) => id)]),
    );
  }

  test.each(['owner', 'colleague', 'stranger', 'coordinator', 'observer', 'pending'])(
    'a list taken out by %s holds what its own pages hold, in their order',
    async (who) => {
      const clients: Record<string, () => Promise<Client> | Client> = {
        owner: () => owner,
        colleague: () => colleague,
        stranger: () => stranger,
        coordinator: () => coordinator,
        observer: () => hub.as('observer'),
        pending: async () =>
          hub.as(
            'editor',
            savedId(await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example new', kind: 'media' })),
          ),
      };
      const client = await clients[who]?.();
      if (!client) throw new Error(`who is ${who}?`);
      const expected = await listed(client);
      for (const [list, own] of Object.entries(expected)) {
        const { rows } = await sheetOf(client, `${list}.csv`);
        expect([list, ...rows.map((row) => row['Concord ID'])]).toEqual([list, ...own]);
      }
      if (who === 'owner') expect(expected['programmes']).toHaveLength(4);
      if (who === 'stranger') expect(expected['programmes']).toHaveLength(2);
    },
  );

  test('a stranger learns nothing of what is hidden from it, in no form', async () => {
    const hidden = [ids['Secret'], ids['Between us'], 'Secret', 'Between us'];
    for (const file of EXPORTS.keys()) {
      const response = await get(stranger, file);
      const text = await response.text();
      expect([file, response.status]).toEqual([file, 200]);
      for (const word of hidden) expect(text).not.toContain(word);
    }
  });

  test('places are told as exactly as the viewer may know them', async () => {
    const of = async (client: Client): Promise<string | undefined> => {
      const { rows } = await sheetOf(client, 'programmes.csv');
      return rows.find(({ Name }) => Name === "'=Odd")?.['Place codes'];
    };
    expect(await of(owner)).toBe('BD-11; MY');
    expect(await of(stranger)).toBe('BD; MY');
    const map = await (await get(stranger, `programmes.geojson${filtered({ search: 'odd' })}`)).text();
    expect(map).not.toContain('BD-11');
  });

  test('a filter that names what is hidden answers as one that names what never was', async () => {
    const asked = async (id: string): Promise<string> =>
      (await get(stranger, `campaigns.csv${filtered({ programmes: [id] })}`)).text();
    expect(await asked(ids['Secret'] ?? '')).toBe(await asked(`prg_${'2'.repeat(22)}`));
  });

  test('nobody gets in without a key, whatever the path, and nothing tells which paths there are', async () => {
    for (const path of ['programmes.csv', 'nothing.csv', 'briefs/rohingya_andaman.html']) {
      for (const method of ['GET', 'HEAD']) {
        expect((await fetch(`${hub.url}/exports/${path}`, { method })).status).toBe(401);
      }
    }
  });
});

describe('labels', () => {
  test('a file bears the sensitivity of its most sensitive record, and each record its own', async () => {
    const response = await get(owner, 'programmes.csv');
    expect(response.headers.get('concord-sensitivity')).toBe('RESTRICTED');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="concord-programmes-\d{4}-\d\d-\d\d-restricted\.csv"$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('concord-rows')).toBe('4');
    await response.text();
    const { rows } = await sheetOf(owner, 'programmes.csv');
    expect(Object.fromEntries(rows.map(({ Name, Sensitivity }) => [Name, Sensitivity]))).toEqual({
      "'=Odd": 'MEMBERS',
      'Between us': 'PARTNERS',
      Open: 'MEMBERS',
      Secret: 'RESTRICTED',
    });
    expect(new Set(rows.map(({ Licence }) => Licence))).toEqual(new Set(['None given: ask the owner of each record']));
    const others = await get(stranger, 'programmes.csv');
    expect(others.headers.get('concord-sensitivity')).toBe('MEMBERS');
    await others.text();
  });

  test('every export is in the audit before its first byte, restricted records by name, and HEAD takes nothing out', async () => {
    const [before, restricted] = [(await audited()).length, await countOf('restricted.read')];
    const head = await get(owner, 'programmes.xlsx', 'HEAD');
    expect([head.status, head.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
    expect(await audited()).toHaveLength(before);
    await (await get(owner, `programmes.jsonld${filtered({ search: 'Secret' })}`)).text();
    const noted = await audited();
    expect(noted).toHaveLength(before + 1);
    expect(noted.at(-1)).toMatchObject({
      actor_id: ownerId,
      detail: { list: 'programmes', format: 'jsonld', rows: 1, sensitivity: 'RESTRICTED' },
    });
    expect(await countOf('restricted.read')).toBe(restricted + 1);
  });
});

describe('sheets', () => {
  test('the second row has the tags of the columns, and what a spreadsheet would compute is text', async () => {
    const bytes = Buffer.from(await (await get(owner, 'programmes.csv')).arrayBuffer());
    const text = bytes.toString('utf8');
    expect(text.startsWith('\uFEFFConcord ID,Record,')).toBe(true);
    for (const cell of parseCsv(text, { typeInference: false }).flat())
      expect(String(cell ?? '')).not.toMatch(/^[=+\-@\t\r]/);
    const { tags, rows } = await sheetOf(owner, 'programmes.csv');
    const known = Object.values(SHEET_COLUMNS).map(({ tag }) => tag ?? '');
    for (const tag of tags) expect(known).toContain(tag);
    for (const tag of tags.filter((one) => one !== '')) expect(tag).toMatch(/^#[a-z]+(\+[a-z]+)*$/);
    const open = rows.find(({ Name }) => Name === 'Open');
    expect(open).toMatchObject({ Description: FORMULA, 'Theme codes': 'people_smuggling', Themes: 'People smuggling' });
    expect(splitList(open?.['Place codes'] ?? '')).toEqual(['BD-11', 'MY']);
    expect(rows.find(({ Code }) => Code === '-7')?.['Name']).toBe("'=Odd");
  });

  test('a workbook holds the same as the CSV, all of it text', async () => {
    const { sheets } = await readXlsx(new Uint8Array(await (await get(owner, 'programmes.xlsx')).arrayBuffer()));
    const cells = sheets[0]?.rows.map((row) => row.map((cell) => String(cell ?? ''))) ?? [];
    const csv = parseCsv(await (await get(owner, 'programmes.csv')).text(), { typeInference: false });
    const width = csv[0]?.length ?? 0;
    const padded = cells.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ''));
    expect(padded).toEqual(csv.map((row) => row.map((cell) => unguardFormula(String(cell ?? '')))));
  });

  test('columns that are read back hold what a record states itself, columns for people what it inherits too', async () => {
    const [campaign] = (await sheetOf(owner, 'campaigns.csv')).rows;
    expect(campaign).toMatchObject({
      'Part of ID': ids['Open'],
      Channels: 'TikTok',
      'Channel codes': 'tiktok',
      Themes: 'People smuggling',
      'Theme codes': '',
      'Place codes': '',
      Countries: 'Bangladesh; Malaysia',
    });
    const [entry] = (await sheetOf(owner, 'calendar.csv')).rows;
    expect(entry).toMatchObject({ Start: '2027-02-01', End: '2027-02-01', 'Part of ID': ids['Inside'] });
    expect(entry?.['Recurrence']).toContain('FREQ=WEEKLY;COUNT=4');
  });
});

describe('asking', () => {
  test('a filter is that of the list, checked as there', async () => {
    const rows = async (filter: object): Promise<unknown[]> =>
      (await sheetOf(owner, `programmes.csv${filtered(filter)}`)).rows.map(({ Name }) => Name);
    expect(await rows({ search: 'secret' })).toEqual(['Secret']);
    expect(await rows({ countries: ['MY'], statuses: ['PLANNED'] })).toHaveLength(4);
    expect(await rows({ between: { start: '2030-01-01' } })).toEqual([]);
  });

  test.each([
    ['programmes.csv?filter=nonsense', 'filter: expected a JSON object'],
    ['programmes.csv?filter=[]', 'filter'],
    ['programmes.csv?limit=3', 'limit: there is only `filter`'],
    [`programmes.csv${filtered({ colour: 'red' })}`, 'filter: Field "colour" is not defined'],
    [`programmes.csv${filtered({ themes: ['people_smugling'] })}`, 'people_smuggling'],
    [`programmes.csv${filtered({ statuses: ['NEVER'] })}`, 'filter.statuses.0'],
    [`programmes.csv${filtered({ search: 'a\u0000b' })}`, 'U+0000'],
    ['briefs/nowhere.md', 'nowhere'],
  ])('%s is refused, and the answer says what is wrong', async (path, words) => {
    const response = await get(owner, path);
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(errors[0]?.message).toContain(words);
  });

  test('what cannot be taken out is not there, and the answer names what is', async () => {
    for (const path of ['programmes.pdf', 'contacts.csv', 'suggestions.geojson', 'briefs/rohingya_andaman.pdf']) {
      const response = await get(owner, path);
      expect([path, response.status]).toEqual([path, 404]);
      await response.text();
    }
    expect(await (await get(owner, 'contacts.csv')).text()).toContain('programmes.iati.xml');
  });
});

describe('briefs', () => {
  test('a page is complete in itself, escaped, and may load and run nothing', async () => {
    const soon = new Date(hub.app.services.clock.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const name = '<img src=x onerror=alert(1)> *stars* & "signs"';
    await idOf(
      mutate(owner, 'planCampaign', {
        name,
        footprint: { ...FOOTPRINT, days: { start: soon }, corridors: ['rohingya_andaman'] },
        release: { visibility: 'MEMBERS' },
      }),
    );
    const response = await get(owner, 'briefs/rohingya_andaman.html');
    const page = await response.text();
    const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; *stars* &amp; &quot;signs&quot;');
    expect(page).not.toMatch(/<(img|script|link|iframe|a )/);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    expect(page).toContain('@page{size:A4');
    expect(page).toContain('Sensitivity: ');
    const text = await (await get(owner, 'briefs/rohingya_andaman.md')).text();
    expect(text).toMatch(/^# Rohingya, Andaman Sea: brief of /);
    expect(text).toContain('Licence: None given: ask the owner of each record.');
    expect((await audited()).at(-1)?.detail).toMatchObject({
      list: 'brief',
      corridor: 'rohingya_andaman',
      format: 'md',
    });
  });
});

test('JSON-LD and GeoJSON are one JSON document each, of a data set and of features', async () => {
  const data = (await (await get(owner, 'programmes.jsonld')).json()) as {
    hasPart: { '@type': string; '@id': string }[];
  };
  expect(data.hasPart.map((part) => part['@type'])).toEqual(['Project', 'Project', 'Project', 'Project']);
  const events = (await (await get(owner, 'calendar.jsonld')).json()) as { hasPart: object[] };
  expect(events.hasPart[0]).toMatchObject({ '@type': 'Event', startDate: '2027-02-01', endDate: '2027-02-22' });
  const map = (await (await get(owner, `programmes.geojson${filtered({ search: 'Open' })}`)).json()) as {
    type: string;
    features: { geometry: unknown; properties: { place: string; country: string } }[];
  };
  expect(map.type).toBe('FeatureCollection');
  expect(map.features.map(({ properties: { place, country } }) => [place, country])).toEqual([
    ['BD-11', 'BD'],
    ['MY', 'MY'],
  ]);
  const empty = (await (await get(owner, `actors.geojson${filtered({ search: 'nobody at all' })}`)).json()) as object;
  expect(empty).toMatchObject({ features: [] });
});
