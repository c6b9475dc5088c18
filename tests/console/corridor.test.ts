import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn } from './browser.ts';

test('from all corridors to one: its lanes in the order of travel, and who nobody speaks to', async () => {
  const page = await signIn('coordinator', { at: '/corridor' });
  await page
    .getByRole('row', { name: /Rohingya, Andaman Sea/ })
    .getByText(/\d organisations/)
    .waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'Rohingya, Andaman Sea' }).click();
  await page.getByRole('region', { name: 'Origin' }).waitFor();
  const lanes = page.locator('[data-lanes] section');
  expect(await lanes.evaluateAll((all) => all.map((lane) => lane.getAttribute('aria-label')))).toEqual([
    'Origin',
    'Transit',
    'Destination',
  ]);
  await lanes.filter({ hasText: 'Myanmar' }).getByText('No campaign registered').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'corridor');
  await expectNoSidewaysScroll(page, 360);
});

test('a campaign is opened by the keyboard, and says who runs it', async () => {
  const page = await signIn('ngo', { at: '/corridor/rohingya_andaman' });
  const bar = page.getByRole('region', { name: 'Origin' }).getByRole('button', { name: /^Before you board, / });
  await bar.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Before you board' });
  await dialog.getByRole('link', { name: 'Bangladesh (Bali Process member)' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show as table' }).click();
  await page.getByRole('row').filter({ hasText: 'Bangladesh' }).filter({ hasText: 'Before you board' }).waitFor();
  await page
    .getByRole('row', { name: /Myanmar/ })
    .filter({ hasText: 'No campaign registered' })
    .waitFor();
});

test('a gap of a lane leads to the needs behind it, as many as it says', async () => {
  const page = await signIn('coordinator', { at: '/corridor/rohingya_andaman' });
  const gap = page.getByRole('button', { name: /^Transit, .* that nobody answers?$/ }).first();
  const [, number = ''] = /: (\d+) needs? /.exec((await gap.getAttribute('aria-label')) ?? '') ?? [];
  await gap.click();
  const heading = page.getByRole('heading', { name: 'Unanswered needs: Transit' });
  await heading.waitFor();
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
  const rows = page.getByRole('grid', { name: 'Unanswered needs' }).getByRole('row');
  expect((await rows.count()) - 1).toBe(Number(number));
  expect(await rows.nth(1).innerText()).toContain('Transit');
});

test('the brief is on paper what it is on the screen, without what is pressed', async () => {
  const page = await signIn('state', { at: '/corridor/rohingya_andaman/brief' });
  await page.getByRole('heading', { name: /^Rohingya, Andaman Sea: brief of /, level: 1 }).waitFor();
  await page.getByRole('heading', { name: 'Who works there' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'corridor-brief', 360);
  await expectNoSidewaysScroll(page, 360);
  const downloads = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: 'Markdown' }).click();
  expect((await downloads).suggestedFilename()).toMatch(/^concord-brief-rohingya_andaman-.*\.md$/);
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('button', { name: 'Print' }).waitFor({ state: 'hidden' });
  await page.getByRole('navigation', { name: 'Views' }).waitFor({ state: 'hidden' });
  expect(await page.getByRole('heading', { name: 'Who works there' }).isVisible()).toBe(true);
  await shot(page, 'corridor-brief-print', 768);
});

test('a corridor that is none says what to do', async () => {
  const page = await signIn('observer', { at: '/corridor/nowhere' });
  await page.getByText('There is no such corridor.').waitFor();
  await page.getByRole('link', { name: 'Back to all corridors' }).waitFor();
});

test('from right to left the year runs from right to left, and it is free of barriers, dark too', async () => {
  const page = await signIn('coordinator', { at: '/corridor/rohingya_andaman', locale: 'ar', colorScheme: 'dark' });
  const quarters = page
    .locator('[data-lanes] section')
    .first()
    .getByRole('button', { name: /^المنشأ/ });
  await quarters.first().waitFor();
  const [first, last] = await Promise.all([quarters.first().boundingBox(), quarters.last().boundingBox()]);
  expect(first?.x).toBeGreaterThan(last?.x ?? Infinity);
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'corridor-arabic-dark', 1440);
});
