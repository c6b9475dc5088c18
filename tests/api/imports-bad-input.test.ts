import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { iatiFile } from '../support/iati-file.ts';
import type { Client } from '../support/hub.ts';
import { archive, workbook, workbookOf } from '../support/workbooks.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

// From sources, each thread that reads a file compiles its modules first.
vi.setConfig({ testTimeout: 400_000 });

let hub: WorkingHub;
beforeAll(async () => {
  hub = await workingHub();
});
afterAll(() => hub.close());

interface Item {
  readonly outcome: string;
  readonly name: string | null;
  readonly remarks: readonly { readonly row: number; readonly column: string | null; readonly reason: string }[];
}
interface Run {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly failure: string | null;
  readonly counts: Readonly<Record<'rows' | 'created' | 'changed' | 'unchanged' | 'merged' | 'refused', number>> | null;
  readonly items: { readonly nodes: readonly Item[] };
}
const RUN = `query ($id: ID!) { importRun(id: $id) { id state version failure
  counts { rows created changed unchanged merged refused } items(first: 100) { nodes { outcome name remarks { row column reason } } } } }`;

const runOf = async (client: Client, id: string): Promise<Run> => {
  const { importRun } = await client.query<{ importRun: Run | null }>(RUN, { id });
  if (!importRun) throw new Error(`no import ${id}`);
  return importRun;
};

function post(client: Client, bytes: BodyInit, name: string, headers: Record<string, string> = {}): Promise<Response> {
  const path = `/imports?name=${encodeURIComponent(name)}`;
  return fetch(`${hub.url}${path}`, { method: 'POST', body: bytes, headers: { ...client.headers, ...headers } });
}

async function sent(client: Client, bytes: BodyInit, name: string, headers = {}): Promise<string> {
  const response = await post(client, bytes, name, headers);
  const answer = (await response.json()) as { id?: string };
  expect({ status: response.status, ...answer }).toEqual({ status: 201, id: expect.stringMatching(/^imp_/) });
  return answer.id ?? '';
}

async function apply(client: Client, { id, version }: Run): Promise<void> {
  const { result } = await client.query<{ result: { __typename: string } }>(
    'mutation ($input: ApplyImportInput!) { result: applyImport(input: $input) { __typename } }',
    { input: { id, expectedVersion: version } },
  );
  expect(result).toEqual({ __typename: 'ImportRun' });
}

/** What became of a file, as a coordinator of its own sends it. */
async function became(bytes: BodyInit, name: string, headers = {}): Promise<Run> {
  const client = await hub.as('coordinator');
  const id = await sent(client, bytes, name, headers);
  await hub.workers.quiet();
  return runOf(client, id);
}

const rows = [
  ['Organisation', 'Activity', 'Country', 'Start', 'End'],
  ...Array.from({ length: 12 }, (_, n) => [
    `Exämple ${String(n % 5)}`,
    `Radio, film ${String(n)}`,
    'Bangladesh',
    '2026-01-03',
    '2026-02-03',
  ]),
];
const csvOf = (table: readonly (readonly string[])[]): Buffer =>
  Buffer.from(table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n'));
const [header = [], ...said] = rows;
const tags = ['#org', '#activity +name', '#country', '#date +start', '#date +end'];
const events = Array.from({ length: 6 }, (_, n) =>
  [
    'BEGIN:VEVENT',
    `UID:${String(n)}@example.org`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART;VALUE=DATE:2026030${String(n + 1)}`,
    'RRULE:FREQ=WEEKLY;COUNT=3',
    `SUMMARY:Street theatre ${String(n)}`,
    'END:VEVENT',
  ].join('\r\n'),
);
const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...events, 'END:VCALENDAR', ''].join(
  '\r\n',
);

/** A sound file of each format. */
const formats: readonly (readonly [name: string, make: () => Promise<Buffer> | Buffer])[] = [
  ['plan.csv', () => csvOf(rows)],
  ['tagged.csv', () => csvOf([header, tags, ...said])],
  ['plan.xlsx', async () => Buffer.from(await workbook([{ name: 'Data', rows }]))],
  [
    'plan.json',
    () => Buffer.from(JSON.stringify(said.map((row) => Object.fromEntries(row.map((cell, n) => [header[n], cell]))))),
  ],
  ['plan.xml', () => Buffer.from(iatiFile(['A', 'B', 'C', 'D']))],
  ['plan.ics', () => Buffer.from(calendar)],
];

/** Copies of each kind; what is done to them follows from the seed. */
const COPIES = 3;
const SEED = 66;

async function damaged(whole: Buffer): Promise<Buffer[]> {
  const cut = fc.integer({ min: 1, max: whole.length - 1 }).map((length) => whole.subarray(0, length));
  const turned = fc.array(fc.nat(whole.length * 8 - 1), { minLength: 1, maxLength: 12 }).map((bits) => {
    const copy = Buffer.from(whole);
    for (const bit of bits) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return copy;
  });
  return [cut, turned].flatMap((copies) => fc.sample<Buffer>(copies, { numRuns: COPIES, seed: SEED }));
}

/** Read with all rows accounted for, the refused ones with their place; or failed with a sentence that names the file. */
function expectClearWord(run: Run, name: string): void {
  if (run.state === 'FAILED') {
    expect(run.failure).toContain(name);
    expect(run.failure).toMatch(/\.$/);
    return;
  }
  expect(run).toMatchObject({ state: expect.stringMatching(/^(?:READY|APPLIED)$/) as string, failure: null });
  for (const { outcome, remarks } of run.items.nodes) {
    if (outcome !== 'REFUSED') continue;
    expect(remarks[0]).toMatchObject({
      row: expect.any(Number) as number,
      reason: expect.stringMatching(/\S/) as string,
    });
  }
}

const count = async (statement: string, values: readonly unknown[] = []): Promise<number> =>
  withClient(hub.database.adminUrl, async (client) => {
    const { rows: counted } = await client.query<{ count: number }>(`select count(*)::int from ${statement}`, [
      ...values,
    ]);
    return counted[0]?.count ?? 0;
  });
const RECORDS = `(select id from app.programme union all select id from app.campaign union all select id from app.calendar_entry) r`;

describe('damaged copies', () => {
  test.for(formats)('of %s are read or refused, and written whole or not at all', async ([name, make]) => {
    const client = await hub.as('coordinator');
    const copies = await damaged(await make());
    const before = await count(RECORDS);
    const ids: string[] = [];
    for (const copy of copies) ids.push(await sent(client, new Uint8Array(copy), name));
    let answered = 0;
    const quiet = hub.workers.quiet();
    for (const id of ids) {
      await runOf(client, id);
      answered += 1;
    }
    await quiet;
    expect(answered).toBe(copies.length);
    expect(await count(RECORDS)).toBe(before);
    for (const id of ids) {
      const run = await runOf(client, id);
      expectClearWord(run, name);
      if (run.state === 'READY') await apply(client, run);
    }
    await hub.workers.quiet();
    for (const id of ids) {
      const run = await runOf(client, id);
      expectClearWord(run, name);
      expect(run.state).not.toBe('READY');
      if (run.state === 'FAILED') expect(await count('app.import_provenance where run_id = $1', [id])).toBe(0);
      expect(
        await count(
          `app.import_item i where run_id = $1 and outcome = 'CREATED'
          and not exists (select from ${RECORDS} where r.id = i.record_id)`,
          [id],
        ),
      ).toBe(0);
    }
  });
});

const HEAD = 'Organisation,Activity\n';
const DOCTYPE =
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
const sheetOf = (inside: string): string =>
  `<x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>Organisation</x:v></x:c><x:c r="B1" t="str"><x:v>Activity</x:v></x:c></x:row>${inside}</x:sheetData>`;

describe('a file that is meant to do harm, or is none of ours, fails with a sentence', () => {
  test.for<readonly [what: string, name: string, bytes: () => string | Buffer, reason: string]>([
    [
      'an archive that grows',
      'a.xlsx',
      () => archive([...workbookOf(sheetOf('')), ['bomb', Buffer.alloc(5_000_000)]]),
      'more than 100 times its size',
    ],
    [
      'a workbook with a document type',
      'a.xlsx',
      () => archive(workbookOf(sheetOf(''), DOCTYPE)),
      'xl/worksheets/sheet1.xml line 1: a document type',
    ],
    [
      'XML with entities',
      'a.xml',
      () => `<?xml version="1.0"?>\n${DOCTYPE}\n<iati-activities>&b;&c;</iati-activities>`,
      'line 2: a document type',
    ],
    [
      'XML with entities of nobody',
      'a.xml',
      () =>
        '<?xml version="1.0"?>\n<iati-activities version="2.03"><iati-activity>&c;</iati-activity></iati-activities>',
      'line 2: no well-formed XML',
    ],
    ['a page to sign in', 'a.csv', () => '<!doctype html><html><body>Sign in</body></html>', 'is a web page (HTML)'],
    ['a PDF that is called a calendar', 'a.ics', () => '%PDF-1.7\n', 'is a PDF document'],
    [
      'an archive that is called a sheet',
      'a.csv',
      () => archive([['readme.txt', 'hello']]),
      'is an archive and no workbook',
    ],
    ['201 columns', 'a.csv', () => `${HEAD}IOM${',x'.repeat(200)}\n`, 'row 2: 201 columns; at most 200'],
    ['100,001 rows', 'a.csv', () => `${HEAD}${'IOM,Radio\n'.repeat(100_001)}`, 'row 100002: more than 100000 rows'],
    [
      'a cell of 40 kB',
      'a.csv',
      () => `${HEAD}IOM,${'x'.repeat(40_000)}\n`,
      'row 2 column B: 40000 characters in one cell',
    ],
  ])('%s', async ([, name, bytes, reason]) => {
    const run = await became(new Uint8Array(Buffer.from(bytes())), name);
    expect(run).toMatchObject({ state: 'FAILED', failure: expect.stringContaining(reason) as string });
    expect(run.failure).toContain(name);
  });
});

test('a file is what it holds, not what it is called or said to be', async () => {
  const book = new Uint8Array(await workbook([{ name: 'Data', rows }]));
  for (const [bytes, name, type] of [
    [book, 'plan.csv', 'text/csv'],
    [csvOf(rows), 'plan.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    [csvOf(rows), 'plan.ics', 'application/json'],
    [csvOf(rows), 'plan.html', 'multipart/form-data; boundary=x'],
  ] as const) {
    const run = await became(new Uint8Array(bytes), name, { 'content-type': type });
    // Another test may have applied the same rows.
    const { created = 0, unchanged = 0 } = run.counts ?? {};
    expect(run).toMatchObject({ state: 'READY', counts: { rows: 12, refused: 0 } });
    expect(created + unchanged).toBe(12);
  }
});

test('a form around a file is refused with what to send instead', async () => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(csvOf(rows))]), 'plan.csv');
  const run = await became(form as never, 'plan.csv');
  expect(run).toMatchObject({
    state: 'FAILED',
    failure: expect.stringContaining('plan.csv is a form with a file in it') as string,
  });
});

test('a body that is compressed, empty or too large is refused while it comes', async () => {
  const client = await hub.as('coordinator');
  expect((await post(client, 'x', 'a.csv', { 'content-encoding': 'gzip' })).status).toBe(415);
  expect((await post(client, '', 'a.csv')).status).toBe(400);
  const MB = 1024 * 1024;
  // Of 100 MB no more is ever sent than this, and the answer comes.
  for (const { declared, first } of [
    { declared: { 'content-length': String(100 * MB) }, first: 64 * 1024 },
    { declared: { 'transfer-encoding': 'chunked' }, first: 11 * MB },
  ]) {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = httpRequest(
        `${hub.url}/imports?name=large.csv`,
        { method: 'POST', headers: { ...client.headers, ...declared } },
        (response) => {
          resolve(response.statusCode);
          sending.destroy();
        },
      );
      sending.on('error', reject);
      sending.write(Buffer.alloc(first, 'a,b\n'));
    });
    expect(status).toBe(413);
  }
});

describe('signs that no database keeps', () => {
  const LONE = '\\ud800';
  const row = (cell: string): string =>
    `<x:row r="2"><x:c r="A2" t="str"><x:v>Example</x:v></x:c><x:c r="B2" t="str"><x:v>${cell}</x:v></x:c></x:row>`;
  test.for<readonly [name: string, bytes: () => string | Buffer]>([
    ['nul.csv', () => `${HEAD}Exa\0mple,Ra\0dio\nExample,Film\n`],
    [
      'signs.json',
      () =>
        `[{"Organisation":"Exa\\u0000mple","Activity":"Ra${LONE}dio"},{"Organisation":"Example","Activity":"\\udc00Film"}]`,
    ],
    ['headers.json', () => `[{"Organisation":"Example","Activity":"Film","X\\u0000${LONE}":"x"}]`],
    ['escaped.xlsx', () => archive(workbookOf(sheetOf(row('Ra_x0000_dio_xD800_'))))],
    ['numbered.xlsx', () => archive(workbookOf(sheetOf(row('Ra&#0;dio&#xD800;'))))],
    ['numbered.xml', () => iatiFile(['A'], 'Example', () => ({ title: 'Ra&#0;dio &#xD800;' }))],
    ['raw.xml', () => iatiFile(['A'], 'Example', () => ({ title: 'Ra\0dio' }))],
    ['nul.ics', () => calendar.replace('Street theatre 0', 'Street \0theatre').replace('0@example', '0\0@example')],
    ['bytes.csv', () => Buffer.from([...Buffer.from(`${HEAD}Example,Ra`), 0xed, 0xa0, 0x80, ...Buffer.from('dio\n')])],
    [
      'cut.csv',
      () =>
        `Organisation,Activity,Channel\n${'x'.repeat(299)}\u{1f600},${'y'.repeat(298)}\u{1f600}\u{1f600},${'z'.repeat(98)}\u{1f600}\u{1f600}\n`,
    ],
  ])('in %s', async ([name, bytes]) => {
    expectClearWord(await became(new Uint8Array(Buffer.from(bytes())), name), name);
  });
});

test('what a spreadsheet program would run is kept as text, and leaves with an apostrophe', async () => {
  const formula = '=HYPERLINK("https://example.org","Radio")';
  const client = await hub.as('coordinator');
  const id = await sent(
    client,
    new Uint8Array(csvOf([header, ['+Kestrel', formula, 'Bangladesh', '2026-01-03', '2026-02-03']])),
    'f.csv',
  );
  await hub.workers.quiet();
  await apply(client, await runOf(client, id));
  await hub.workers.quiet();
  expect(await runOf(client, id)).toMatchObject({
    state: 'APPLIED',
    items: { nodes: [{ name: formula, outcome: 'CREATED' }] },
  });
  expect(await count('app.programme where name = $1', [formula])).toBe(1);
  const response = await fetch(`${hub.url}/exports/programmes.csv`, { headers: client.headers });
  const text = await response.text();
  expect(response.status).toBe(200);
  expect(text).toContain(`"'${formula.replaceAll('"', '""')}"`);
  expect(text).not.toMatch(/(?:^|,)"?[=+]/m);
});
