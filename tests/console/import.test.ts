import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn, type PersonOfDemo, type Page } from './browser.ts';

const OWNER = 'Example Coastal Families Network';

/** A row that is fine, one whose first day does not exist, and one that nobody does. */
const sheet = (mark: string): string =>
  [
    'Organisation,Activity,Country,Start date,End date',
    `${OWNER},Boat owner talks ${mark},Bangladesh,2027-02-01,2027-02-20`,
    `${OWNER},Night market stage ${mark},Bangladesh,2027-02-31,2027-03-20`,
    `,School visits ${mark},Bangladesh,2027-04-01,2027-04-20`,
  ].join('\n');

async function send(person: PersonOfDemo, text: string): Promise<Page> {
  const page = await signIn(person);
  await page.goto('/registry/import');
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('status').filter({ hasText: 'Read, nothing written yet' }).waitFor();
  return page;
}

const count = (page: Page, name: string): Promise<string> =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .innerText();

test('a sheet is read, its wrong cells are named, the rest is applied, and taken back', async () => {
  const page = await send('coordinator', sheet(String(Date.now())));
  const remarks = page.getByRole('grid', { name: 'Remarks by cell' }).getByRole('row');
  const day = remarks.filter({ hasText: 'Row 3, Start date' });
  await day.filter({ hasText: '2027-02-31' }).filter({ hasText: 'Row taken' }).waitFor();
  await remarks.filter({ hasText: 'Row 4' }).filter({ hasText: 'Row refused' }).waitFor();
  expect(await count(page, 'New')).toBe('2');
  expect(await count(page, 'Refused')).toBe('1');
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'import');
  await expectNoSidewaysScroll(page, 360);
  const [copy] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download with remarks' }).click(),
  ]);
  expect(copy.suggestedFilename()).toMatch(/^plan.*\.csv$/);
  await page.getByRole('button', { name: 'Apply 2 records' }).click();
  await page.getByText('Applied', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('status').filter({ hasText: 'Taken back' }).waitFor();
  await page.getByRole('row').filter({ hasText: 'Withdrawn' }).nth(1).waitFor();
});

test('days said for the file are for the rows that state none', async () => {
  const mark = String(Date.now());
  const page = await send('coordinator', `Organisation,Activity,Country\n${OWNER},Undated ${mark},Bangladesh`);
  const days = page.getByRole('group', { name: 'Days of rows that state none' });
  for (const [at, part] of ['5', '1', '2027', '5', '31', '2027'].entries()) {
    await days.getByRole('spinbutton').nth(at).pressSequentially(part);
  }
  await Promise.all([
    page.waitForResponse((response) => response.request().postData()?.includes('mutation PlanImport') ?? false),
    page.getByRole('button', { name: 'Read it again' }).click(),
  ]);
  await page.getByRole('status').filter({ hasText: 'Read, nothing written yet' }).waitFor();
  const asked = await page.request.post('/graphql', {
    headers: { 'concord-session': 'cookie' },
    data: {
      query: 'query ($id: ID!) { importRun(id: $id) { period { start end } } }',
      variables: { id: page.url().split('/').at(-1) },
    },
  });
  expect(await asked.json()).toMatchObject({
    data: { importRun: { period: { start: '2027-05-01', end: '2027-05-31' } } },
  });
});

test('a column that is taken for something else is put right by hand, which outlives a reload, and the file is read so', async () => {
  const mark = String(Date.now());
  const page = await send(
    'coordinator',
    `Organisation,Country,Doings,First\n${OWNER},Bangladesh,Quay walks ${mark},2027-06-31\n${OWNER},Bangladesh,Net talks ${mark},2027-06-02`,
  );
  const columns = page.getByRole('table');
  const row = (name: string) =>
    columns.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  const choose = async (column: string, field: string): Promise<void> => {
    await row(column).getByRole('button').click();
    await page.getByRole('searchbox').fill(field);
    await page.getByRole('option', { name: field, exact: true }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await row(column).getByRole('button').filter({ hasText: field }).waitFor();
  };
  // What the hub thinks is chosen already.
  await row('Organisation').getByRole('button').filter({ hasText: 'Organisation' }).waitFor();
  await row('Country').getByRole('button').filter({ hasText: 'Country by name' }).waitFor();
  await choose('Doings', 'What is done: its name');
  await choose('First', 'First day');
  await page.reload();
  await row('First').getByRole('button').filter({ hasText: 'First day' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await Promise.all([
    page.waitForResponse((response) => response.request().postData()?.includes('mutation PlanImport') ?? false),
    page.getByRole('button', { name: 'Read it again' }).click(),
  ]);
  await page.getByRole('button', { name: 'Apply 2 records' }).waitFor();
  // What is wrong in its cells is said beside the column.
  await row('First').getByText('2027-06-31').waitFor();
  expect(await row('Doings').getByRole('listitem').count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'import-columns', 1440);
  await expectNoSidewaysScroll(page, 360);
  await row('First').evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  await shot(page, 'import-columns', 360);
});

test('what is no sheet is refused in words', async () => {
  const page = await signIn('ngo');
  await page.goto('/registry/import');
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]) });
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
});

test('imports and names run from right to left in Arabic', async () => {
  const page = await signIn('coordinator', { locale: 'ar' });
  await page.goto('/registry/import');
  await page.getByRole('heading', { name: 'استيراد جدول', level: 1 }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await expectNoSidewaysScroll(page, 360);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet(String(Date.now()))) });
  await page.getByRole('table').getByRole('row').nth(1).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await expectNoSidewaysScroll(page, 360);
  await page.goto('/registry/names');
  await page.getByRole('heading', { name: 'الأسماء والتكرارات', level: 1 }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
});
