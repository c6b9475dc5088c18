import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn } from './browser.ts';

/** A fixed year of the demo's plans would run out; the view's own, the coming one, does not. */
const CELL = /^(\d+) campaigns?: Bangladesh, Fraudulent recruitment$/;

test('a number is what its cell lists and what its sheet holds', async () => {
  const page = await signIn('coordinator', { at: '/matrix?count=campaigns' });
  const cell = page.getByRole('button', { name: CELL });
  const [, number = ''] = CELL.exec((await cell.getAttribute('aria-label')) ?? '') ?? [];
  expect(Number(number)).toBeGreaterThan(1);
  await cell.click();
  const dialog = page.getByRole('dialog', { name: 'Bangladesh · Fraudulent recruitment' });
  await dialog.getByRole('heading', { name: `Campaigns (${number})` }).waitFor();
  expect(await dialog.getByRole('list', { name: 'Campaigns' }).getByRole('listitem').count()).toBe(Number(number));
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'matrix-cell', 1440);
  const downloads = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Campaigns (CSV)' }).click();
  const download = await downloads;
  expect(download.suggestedFilename()).toMatch(/^concord-campaigns-\d{4}-\d\d-\d\d-\w+\.csv$/);
  const heads: string[] = [];
  const records = new Set<string>();
  for await (const line of createInterface({ input: await download.createReadStream() })) {
    if (heads.length === 0) heads.push(line);
    const [, id] = /^(cmp_\w+),/.exec(line) ?? [];
    if (id !== undefined) records.add(id);
  }
  expect(heads[0]).toContain('Concord ID,');
  expect(records.size).toBe(Number(number));
});

test('by the keyboard alone one walks to a cell, opens it, and comes back to it', async () => {
  const page = await signIn('state', { at: '/matrix' });
  await page.getByRole('grid').waitFor();
  await page.getByRole('button', { name: 'Show as table' }).focus();
  await page.keyboard.press('Tab');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  for (let step = 0; step < 20 && !/^\d+ organisation/.test(await focused()); step += 1) {
    await page.keyboard.press('ArrowRight');
  }
  const name = await focused();
  expect(name).toMatch(/^\d+ organisations?: /);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await focused()).toBe(name);
});

test('sides are chosen and swapped, kept in the address, and told as a table too', async () => {
  const page = await signIn('coordinator', { at: '/matrix' });
  await page.getByRole('grid', { name: 'Country by Theme' }).waitFor();
  await page.getByRole('button', { name: 'Swap the two sides' }).click();
  await page.getByRole('grid', { name: 'Theme by Country' }).waitFor();
  await page.getByRole('button', { name: 'Across the top' }).click();
  await page.getByRole('option', { name: 'Quarter' }).click();
  await page.getByRole('grid', { name: 'Theme by Quarter' }).waitFor();
  expect(new URL(page.url()).searchParams.get('columns')).toBe('QUARTER');
  await page.reload();
  await page.getByRole('grid', { name: 'Theme by Quarter' }).waitFor();
  await page.getByRole('button', { name: 'Show as table' }).click();
  await page.getByRole('columnheader', { name: 'Calendar entries' }).waitFor();
  await page
    .getByRole('row', { name: /Fraudulent recruitment/ })
    .first()
    .waitFor();
  expect(await findBarriers(page)).toEqual([]);
});

test('where nothing is registered it says so, and where too much is asked it says what to ask', async () => {
  const page = await signIn('observer', { at: '/matrix?from=2001-01-01&to=2001-12-31' });
  await page.getByText('Nobody registered anything in these days').waitFor();
  await page.goto('/matrix?rows=MONTH&from=2020-01-01&to=2029-12-31');
  await page.getByRole('alert').filter({ hasText: '36' }).waitFor();
});

test('is free of barriers, and does not scroll sideways on a phone', async () => {
  const page = await signIn('coordinator', { at: '/matrix' });
  await page.getByRole('grid').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'matrix');
  await expectNoSidewaysScroll(page, 360);
});

test('from right to left and dark it is free of barriers too', async () => {
  const page = await signIn('coordinator', {
    at: '/matrix?corridor=rohingya_andaman',
    locale: 'ar',
    colorScheme: 'dark',
  });
  await page.getByRole('grid').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  const [side, first] = await Promise.all([0, 1].map((at) => page.getByRole('columnheader').nth(at).boundingBox()));
  expect(side?.x).toBeGreaterThan(first?.x ?? Infinity);
  await shot(page, 'matrix-arabic-dark', 1440);
});
