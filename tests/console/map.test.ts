import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn } from './browser.ts';

test('a country is chosen, and shows who works in it and in its parts', async () => {
  const page = await signIn('coordinator');
  await page.goto('/map');
  await page.getByRole('img', { name: 'Where organisations work' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await expectNoSidewaysScroll(page, 360);
  await shot(page, 'map');
  await page.getByRole('button', { name: /^None chosen/ }).click();
  await page.getByRole('option', { name: 'Bangladesh' }).click();
  const places = page.getByRole('list', { name: 'Bangladesh' });
  await places.waitFor();
  // Its first subdivisions by name, as far as anybody states them.
  await places.getByText('(BD-').first().waitFor();
  const parts = page.getByRole('img', { name: 'Bangladesh: its first subdivisions' });
  await parts.waitFor();
  // Natural Earth draws its divisions; what is stated of a district shades the division that it lies in.
  const told = await parts.locator('path').evaluateAll((paths) =>
    paths.map((path) => ({
      step: path.getAttribute('data-step'),
      title: path.textContent,
      width: (path as SVGPathElement).getBBox().width,
    })),
  );
  expect(told).toHaveLength(7);
  // Parts of it, and not all the rest of the world.
  for (const { width } of told) expect(width).toBeLessThan(250);
  expect(told.find(({ title }) => title.includes('(BD-B)'))).toMatchObject({
    step: '5',
    title: expect.stringMatching(/^Chattogram \(BD-B\): \d+ pieces? of work$/) as string,
  });
  expect(told.filter(({ step }) => step === '0').map(({ title }) => title)).toContain(
    'Rangpur (BD-F): 0 pieces of work',
  );
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'map-country', 1440);
});

test('the table says what the picture says, and opens a country by the keyboard alone', async () => {
  const page = await signIn('ngo');
  await page.goto('/map');
  const picture = page.getByRole('img', { name: 'Where organisations work' });
  await picture.waitFor();
  const shaded = await picture.locator('[data-step]:not([data-step="0"]) title').allTextContents();
  await page.getByRole('button', { name: 'Show as table' }).focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('grid', { name: 'Map' });
  await table.waitFor();
  const rows = await table.getByRole('row').allTextContents();
  expect(shaded.length).toBeGreaterThan(5);
  for (const title of shaded) {
    const [, country = '', count = ''] = /^(.*): (\d+) /.exec(title) ?? [];
    expect(rows.some((row) => row.startsWith(`${country}${count}`))).toBe(true);
  }
  await table.getByRole('row').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Close' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
});

test('gaps are shaded where the hub tells of one, and what has none known is not said to need nothing', async () => {
  const page = await signIn('coordinator');
  await page.goto('/map?shade=gap');
  const picture = page.getByRole('img', { name: 'Where needs are declared that nobody answers' });
  await picture.waitFor();
  const shaded = await picture.locator('[data-step]:not([data-step="0"]) title').allTextContents();
  expect(shaded.length).toBeGreaterThan(0);
  for (const title of shaded) expect(title).toMatch(/: \d+ gaps?$/);
  const others = await picture.locator('[data-step="0"] title').allTextContents();
  for (const title of others) expect(title).toMatch(/: no gap known to you$/);
  expect(await findBarriers(page)).toEqual([]);
});

test('right to left and in the dark it is free of barriers, and the map is not mirrored', async () => {
  const page = await signIn('coordinator', { locale: 'ar', colorScheme: 'dark' });
  await page.goto('/map');
  const picture = page.getByRole('img').last();
  await picture.waitFor();
  expect(await picture.evaluate((map) => getComputedStyle(map).direction)).toBe('ltr');
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'map-ar', 1440);
});
