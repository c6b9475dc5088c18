import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { concord } from '../support/command-line.ts';
import type { Client } from '../support/hub.ts';
import { iatiFile } from '../support/iati-file.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

// From sources, each thread that reads a file compiles its modules first.
vi.setConfig({ testTimeout: 180_000 });

let hub: WorkingHub;
let editor: Client;
let stranger: Client;

beforeAll(async () => {
  hub = await workingHub();
  editor = await hub.as('editor', await hub.actor({ name: 'Example Relief' }));
  stranger = await hub.as('editor', await hub.actor({ name: 'Example Aid' }));
});
afterAll(() => hub.close());

const ROWS = [
  ['Organisation', 'Activity', 'Start', 'End'],
  ['Example Relief', '=1+1', '2026-02-01', '2026-02-28'],
  ['Example Relief', 'Film', '2026-03-04', '2026-03-01'],
];
const SHEET = ROWS.map((row) => row.join(',')).join('\n');

async function send(name: string, content: string | Uint8Array, read = true): Promise<string> {
  const path = `/imports?name=${encodeURIComponent(name)}${read ? '' : '&read=no'}`;
  const body = Buffer.from(content);
  const sent = await fetch(`${hub.url}${path}`, { method: 'POST', body, headers: editor.headers });
  const { id } = (await sent.json()) as { id: string };
  await hub.workers.quiet();
  return id;
}
const take = (client: Client | null, id: string): Promise<Response> =>
  fetch(`${hub.url}/imports/${id}/annotated`, { headers: client?.headers ?? {} });

test('a sheet comes back with what is wrong with its rows beside them', async () => {
  const response = await take(editor, await send('März "plan".csv', SHEET));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[ -~]+-remarks\.csv"/);
  const [header, first, second] = (await response.text()).split('\n');
  expect(header).toBe('Organisation,Activity,Start,End,Remarks');
  expect(first).toBe("Example Relief,'=1+1,2026-02-01,2026-02-28,");
  expect(second).toContain('ERROR: End ""2026-03-01"" 2026-03-01 is before Start 2026-03-04');
});

test('a workbook comes back as a workbook', async () => {
  const response = await take(
    editor,
    await send('plan.xlsx', await writeXlsx({ sheets: [{ name: 'Plan', rows: ROWS }] })),
  );
  expect(response.headers.get('content-type')).toContain('spreadsheetml');
  const { sheets } = await readXlsx(new Uint8Array(await response.arrayBuffer()));
  expect(sheets[0]?.rows[2]?.[4]).toContain('is before Start');
});

test('for others there is none, as if it had never been sent', async () => {
  const id = await send('plan.csv', SHEET);
  const never = `imp_${'2'.repeat(22)}`;
  const observer = await hub.as('observer');
  const coordinator = await hub.as('coordinator');
  expect((await take(null, id)).status).toBe(401);
  for (const client of [stranger, observer, coordinator]) {
    const [there, nowhere] = [await take(client, id), await take(client, never)];
    expect([there.status, await there.text()]).toEqual([404, await nowhere.text()]);
  }
});

test('what has no rows, or was not read, has no copy, and the answer says why', async () => {
  const reasonOf = async (id: string): Promise<unknown> => {
    const response = await take(editor, id);
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    return [response.status, errors[0]?.message];
  };
  expect(await reasonOf(await send('plan.xml', iatiFile(['A'])))).toEqual([409, expect.stringContaining('is XML')]);
  const unread = [409, expect.stringContaining('was not read yet')];
  expect(await reasonOf(await send('plan.csv', SHEET, false))).toEqual(unread);
  expect(await reasonOf(await send('plan.csv', '<html></html>'))).toEqual(unread);
  const id = await send('plan.csv', SHEET);
  await editor.query('mutation ($input: ApplyImportInput!) { applyImport(input: $input) { __typename } }', {
    input: { id, expectedVersion: 2 },
  });
  await hub.workers.quiet();
  expect(await reasonOf(id)).toEqual([409, expect.stringContaining('send the file again')]);
});

test('the command line writes it beside the dry run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concord-annotated-'));
  try {
    const [file, out] = [join(folder, 'cli.csv'), join(folder, 'out.csv')];
    await writeFile(file, SHEET);
    const environment = { CONCORD_URL: hub.url, CONCORD_API_KEY: editor.key };
    const ended = await concord(['import', '--dry-run', '--json', '--annotate', out, file], environment).ended;
    expect({ ...ended, out: JSON.parse(ended.out) as unknown }).toMatchObject({ code: 0, out: { refused: 1 } });
    expect(await readFile(out, 'utf8')).toContain('is before Start');
  } finally {
    await rm(folder, { recursive: true });
  }
});
