import { stringify } from 'csv-stringify/sync';
import { parseCsv } from 'hucre/csv';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { guardFormula, unguardFormula } from '../../core/exchange/sheet-columns.ts';
import { withClient } from '../../platform/database/with-client.ts';
import type { Client } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

// From sources, each thread that reads a file compiles its modules first.
vi.setConfig({ testTimeout: 180_000 });

let hub: WorkingHub;
let owner: Client;
let other: Client;
let coordinator: Client;
let ownerId: string;
let partnerId: string;
const ids: Record<string, string> = {};

const LISTS = ['programmes', 'campaigns', 'calendar'] as const;
const ODD = `=HYPERLINK("http://example.org")\nsaid "so", with; marks | and bars\u00a0and  two blanks`;
const FOOTPRINT = {
  days: { start: '2027-02-01', end: '2027-04-30' },
  // A country and a part of it, as somebody stated it.
  places: ['BD', 'BD-11', 'MY'],
  corridors: ['rohingya_andaman'],
  themes: ['people_smuggling', 'trafficking_in_persons'],
  audiences: ['prospective_migrant'],
  channels: ['radio', 'tiktok'],
  languages: ['bn', 'rhg'],
};

beforeAll(async () => {
  hub = await workingHub();
  ownerId = await hub.actor({ name: 'Example Delta Voices', kind: 'national_ngo' });
  partnerId = await hub.actor({ name: 'Example Fund', kind: 'foundation' });
  owner = await hub.as('editor', ownerId);
  other = await hub.as('editor', await hub.actor({ name: 'Example Hill Radio', kind: 'media' }));
  coordinator = await hub.as('coordinator');
  const unseen = savedId(await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example unseen', kind: 'media' }));
  const register = async (client: Client, name: string, input: object): Promise<void> => {
    ids[name] = await idOf(mutate(client, 'registerProgramme', { name, footprint: FOOTPRINT, ...input }));
  };
  await register(owner, "'=Odd", {
    description: ODD,
    release: { visibility: 'MEMBERS', placePrecision: 'COUNTRY' },
    identifier: { scheme: 'own', value: '-7' },
    partners: [{ actor: partnerId, role: 'FUNDING' }],
  });
  await register(owner, 'N/A', { footprint: { days: { start: '2027-02-01' } } });
  await register(owner, 'Total', { footprint: {}, release: { visibility: 'RESTRICTED' } });
  await register(other, 'Of others', { release: { visibility: 'MEMBERS' } });
  await withClient(hub.database.adminUrl, (client) =>
    client.query("insert into app.programme_partner (programme_id, actor_id, role) values ($1, $2, 'implementing')", [
      ids["'=Odd"],
      unseen,
    ]),
  );
  ids['Inside'] = await idOf(
    mutate(owner, 'planCampaign', {
      name: 'Inside',
      programme: ids["'=Odd"],
      footprint: { days: { start: '2027-02-01', end: '2027-03-31' }, channels: ['tiktok'] },
    }),
  );
  ids['Undated'] = await idOf(mutate(owner, 'planCampaign', { name: 'Undated', programme: ids["'=Odd"] }));
  const entry = async (name: string, input: object): Promise<void> => {
    ids[name] = await idOf(
      mutate(owner, 'addCalendarEntry', { name, campaign: ids['Inside'], kind: 'BROADCAST', ...input }),
    );
  };
  await entry('Every week', {
    recurrence: 'RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20270208',
    footprint: { days: { start: '2027-02-01', end: '2027-02-01' } },
  });
  await entry('Some month', { precision: 'MONTH', footprint: { days: { start: '2027-03-10', end: '2027-03-12' } } });
  await entry('Called off', { footprint: { days: { start: '2027-03-10', end: '2027-03-12' } } });
  await mutate(owner, 'cancelCalendarEntry', { id: ids['Called off'], expectedVersion: 1 });
});
afterAll(() => hub.close());

async function takeOut(client: Client, path: string): Promise<Uint8Array> {
  const response = await fetch(`${hub.url}/exports/${path}`, { headers: client.headers });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}
const ofOwner = (): string => `?${new URLSearchParams({ filter: JSON.stringify({ owners: [ownerId] }) }).toString()}`;

interface Item {
  readonly outcome: string;
  readonly name: string | null;
  readonly changedFields: readonly string[];
  readonly remarks: readonly { readonly column: string | null; readonly reason: string; readonly row: number }[];
}
interface Run {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly failure: string | null;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly items: { readonly nodes: readonly Item[] };
}
const RUN = `id state version failure counts { rows created changed unchanged merged refused registered }
  items(first: 100) { nodes { outcome name changedFields remarks { row column reason } } }`;

async function look(client: Client, id: string): Promise<Run> {
  await hub.workers.quiet();
  const { run } = await client.query<{ run: Run }>(`query ($id: ID!) { run: importRun(id: $id) { ${RUN} } }`, { id });
  return run;
}

/** Sends a file, and has it applied. */
async function bring(client: Client, name: string, content: Uint8Array): Promise<Run> {
  const body = Buffer.from(content);
  const sent = await fetch(`${hub.url}/imports?name=${name}`, { method: 'POST', body, headers: client.headers });
  const { id } = (await sent.json()) as { id: string };
  const ready = await look(client, id);
  expect(ready).toMatchObject({ state: 'READY', failure: null });
  const { version } = ready;
  await client.query(
    'mutation ($input: ApplyImportInput!) { applyImport(input: $input) { __typename ... on Problem { message } } }',
    { input: { id, expectedVersion: version } },
  );
  const applied = await look(client, id);
  expect(applied).toMatchObject({ state: 'APPLIED', failure: null, counts: ready.counts });
  return applied;
}

/** Everything that an import could write, with the transaction that wrote it. */
const imprint = (): Promise<unknown> =>
  withClient(hub.database.adminUrl, async (client) => {
    const tables = ['actor', 'programme', 'programme_partner', 'campaign', 'calendar_entry', 'exact_place', 'term'];
    const imprints: unknown[] = [];
    for (const table of [...tables, 'import_provenance'])
      imprints.push((await client.query(`select t.*, xmin::text from app.${table} t order by t::text`)).rows);
    return imprints;
  });

const provenanceOf = (id: string): Promise<unknown[]> =>
  withClient(hub.database.adminUrl, async (client) => {
    const { rows } = await client.query<Record<string, unknown>>(
      'select * from app.import_provenance where record_id = $1',
      [id],
    );
    return rows;
  });

/** A sheet with other cells, by id and header; CSV as the hub wrote it, or saved by a program that guards nothing. */
function edited(
  csv: Uint8Array,
  cells: Readonly<Record<string, Readonly<Record<string, string>>>>,
  guard: (text: string) => string = guardFormula,
): Uint8Array {
  const [headers = [], ...rows] = parseCsv(new TextDecoder().decode(csv), { typeInference: false }).map((row) =>
    row.map((cell) => unguardFormula(String(cell ?? ''))),
  );
  const changed = rows.map((row) =>
    headers.map((header, at) => cells[row[headers.indexOf('Concord ID')] ?? '']?.[header] ?? row[at] ?? ''),
  );
  return Buffer.from(stringify([headers, ...changed].map((row) => row.map(guard))));
}

describe('a list that was taken out', () => {
  test.each(LISTS.flatMap((list) => ['csv', 'xlsx'].map((form) => [list, form] as const)))(
    'of %s as %s comes back unchanged, for its owner and for a coordinator',
    async (list, form) => {
      const before = await imprint();
      for (const [client, path] of [
        [owner, `${list}.${form}${ofOwner()}`],
        [coordinator, `${list}.${form}`],
      ] as const) {
        const run = await bring(client, `${list}.${form}`, await takeOut(client, path));
        const rows = run.items.nodes.length;
        expect(rows).toBeGreaterThan(1);
        expect({ counts: run.counts, remarks: run.items.nodes.flatMap(({ remarks }) => remarks) }).toMatchObject({
          counts: { rows, unchanged: rows, created: 0, changed: 0, merged: 0, refused: 0, registered: 0 },
          remarks: [],
        });
      }
      expect(await imprint()).toEqual(before);
    },
  );

  test('with one cell edited changes exactly that record, whatever program saved it, and again changes nothing', async () => {
    const edits = { Name: 'Now odd', Description: '', 'Place codes': 'MY' } as const;
    const taken = await takeOut(owner, `programmes.csv${ofOwner()}`);
    const asIs = (text: string): string => text;
    for (const [header, text] of Object.entries(edits)) {
      const sheet = edited(
        await takeOut(owner, `programmes.csv${ofOwner()}`),
        { [ids["'=Odd"] ?? '']: { [header]: text } },
        asIs,
      );
      const field = { Name: 'name', Description: 'description', 'Place codes': 'places' }[header];
      const run = await bring(owner, 'edited.csv', sheet);
      expect(run.counts).toMatchObject({ rows: 3, changed: 1, unchanged: 2, refused: 0 });
      expect(run.items.nodes.filter(({ outcome }) => outcome === 'CHANGED')).toEqual([
        { outcome: 'CHANGED', name: header === 'Name' ? text : 'Now odd', changedFields: [field], remarks: [] },
      ]);
      const again = await bring(owner, 'edited.csv', sheet);
      expect(again.counts).toMatchObject({ rows: 3, changed: 0, unchanged: 3 });
    }
    // Names beside codes are for people. The record that was changed since is refused: it may be meant as the hub has it.
    const stale = await bring(owner, 'stale.csv', edited(taken, { [ids['N/A'] ?? '']: { Languages: 'x' } }));
    expect(stale.counts).toMatchObject({ changed: 0, unchanged: 2, refused: 1 });
    expect(stale.items.nodes.flatMap(({ remarks }) => remarks.map(({ reason }) => reason))).toEqual([
      expect.stringMatching(/changed in the hub since the sheet was taken out.*: name, description, places\.$/),
    ]);
    const [partner] = await withClient(
      hub.database.adminUrl,
      async (client) =>
        (
          await client.query('select count(*)::int as n from app.programme_partner where programme_id = $1', [
            ids["'=Odd"],
          ])
        ).rows as { n: number }[],
    );
    expect(partner?.n).toBe(2);
  });

  test('loses the partner that is taken out of its cell, and keeps the one that its sender cannot see', async () => {
    const sheet = edited(await takeOut(owner, `programmes.csv${ofOwner()}`), {
      [ids["'=Odd"] ?? '']: { 'Funded by': '' },
    });
    expect((await bring(owner, 'edited.csv', sheet)).counts).toMatchObject({ changed: 1, unchanged: 2 });
    const left = await withClient(
      hub.database.adminUrl,
      async (client) =>
        (await client.query('select role from app.programme_partner where programme_id = $1', [ids["'=Odd"]]))
          .rows as unknown[],
    );
    expect(left).toEqual([{ role: 'implementing' }]);
  });

  test('a workbook and a calendar are edited in the same way, and an edit is rolled back', async () => {
    const { sheets } = await readXlsx(await takeOut(owner, `calendar.xlsx${ofOwner()}`));
    const rows = sheets[0]?.rows.map((row) => row.map((cell) => cell ?? '')) ?? [];
    const at = (header: string): number => rows[0]?.indexOf(header) ?? -1;
    const weekly = rows.find((row) => row[at('Concord ID')] === ids['Every week']) ?? [];
    weekly[at('Recurrence')] = 'RRULE:FREQ=WEEKLY;COUNT=5';
    weekly[at('End')] = '02.02.2027';
    const run = await bring(owner, 'calendar.xlsx', await writeXlsx({ sheets: [{ name: 'calendar', rows }] }));
    expect(run.items.nodes.filter(({ outcome }) => outcome !== 'UNCHANGED')).toEqual([
      { outcome: 'CHANGED', name: 'Every week', changedFields: ['days', 'recurrence'], remarks: [] },
    ]);
    await owner.query('mutation ($input: RollBackImportInput!) { rollBackImport(input: $input) { __typename } }', {
      input: { id: run.id, expectedVersion: run.version },
    });
    expect(await look(owner, run.id)).toMatchObject({ state: 'ROLLED_BACK' });
    const after = (await readXlsx(await takeOut(owner, `calendar.xlsx${ofOwner()}`))).sheets[0]?.rows ?? [];
    const restored = after.find((row) => row[at('Concord ID')] === ids['Every week']);
    expect([restored?.[at('End')], restored?.[at('Recurrence')]]).toEqual([
      '2027-02-01',
      expect.stringContaining('COUNT=4'),
    ]);
    expect(await provenanceOf(ids['Every week'] ?? '')).toEqual([]);
  });

  test('of others is refused, whether it says the same or not, and hidden is as if it never was', async () => {
    const all = await takeOut(other, 'programmes.csv');
    const hidden = edited(all, { [ids["'=Odd"] ?? '']: { 'Concord ID': ids['Total'] ?? '' } });
    const none = edited(all, { [ids["'=Odd"] ?? '']: { 'Concord ID': `prg_${'2'.repeat(22)}` } });
    const [first, second] = [await bring(other, 'all.csv', hidden), await bring(other, 'all.csv', none)];
    const told = ({ items }: Run): unknown => items.nodes.map(({ outcome, remarks }) => ({ outcome, remarks }));
    expect(told(first)).toEqual(told(second));
    expect(first.counts).toMatchObject({ unchanged: 1, changed: 0 });
    expect(first.items.nodes.flatMap(({ remarks }) => remarks.map(({ reason }) => reason))).toContain(
      'The hub has no such record.',
    );
  });
});
