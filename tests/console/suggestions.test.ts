import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, type Page, shot, signIn } from './browser.ts';

/** Axe reads whole pages, and machines are busy. */
const LONG_MS = 90_000;

async function open(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: title, exact: true }).first().click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await page.getByRole('heading', { name: 'As each side sees it' }).waitFor();
}

test(
  'the inbox is ranked, says who, where, when and why, and is free of barriers, light and dark',
  async () => {
    const page = await signIn('state', { at: '/suggestions' });
    const first = page.getByRole('article').first();
    await first.waitFor();
    expect(await first.innerText()).toMatch(/Bangladesh/);
    const [worth] = await first.getByRole('meter').all();
    expect(Number(await worth?.getAttribute('aria-valuenow'))).toBeGreaterThan(50);
    const worths = await page
      .getByRole('meter', { name: 'Worth doing' })
      .evaluateAll((meters) => meters.map((meter) => Number(meter.getAttribute('aria-valuenow'))));
    expect(worths).toEqual(worths.toSorted((one, other) => other - one));
    expect(await findBarriers(page)).toEqual([]);
    await expectNoSidewaysScroll(page, 360);
    await shot(page, 'suggestions');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findBarriers(page)).toEqual([]);
    await shot(page, 'suggestions-dark', 1440);
  },
  LONG_MS,
);

test(
  'a dismissal asks for a reason, which outlives a reload and is then read by everybody',
  async () => {
    const page = await signIn('coordinator', { at: '/suggestions?kind=ALIGN_DATES' });
    await page.getByRole('article').first().waitFor();
    const title = await page.getByRole('article').first().getByRole('heading', { level: 2 }).innerText();
    await open(page, title);
    await page.getByRole('button', { name: 'Dismiss …' }).click();
    const now = page.getByRole('button', { name: 'Dismiss for everybody' });
    expect(await now.isDisabled()).toBe(true);
    await page.getByLabel('Why, for everybody to read').fill('Both were told by letter.');
    expect(await findBarriers(page)).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Dismiss …' }).click();
    expect(await page.getByLabel('Why, for everybody to read').inputValue()).toBe('Both were told by letter.');
    await now.click();
    await page.getByText('Dismissed for everybody.').waitFor();
    const ngo = await signIn('observer', { at: new URL(page.url()).pathname });
    await ngo.getByText('Dismissed: Both were told by letter.').waitFor();
  },
  LONG_MS,
);

test(
  'it is answered by the keyboard alone',
  async () => {
    const page = await signIn('ngo', { at: '/suggestions' });
    const card = page.getByRole('article').last();
    await card.waitFor();
    await card.getByRole('button', { name: 'Decline' }).focus();
    await page.keyboard.press('Enter');
    await card.getByText('You declined').waitFor();
    await card.getByRole('button', { name: 'Take answer back' }).focus();
    await page.keyboard.press('Enter');
    await card.getByRole('button', { name: 'Decline' }).waitFor();
  },
  LONG_MS,
);

test(
  'an observer looks and answers nothing',
  async () => {
    const page = await signIn('observer', { at: '/suggestions' });
    await page.getByRole('button', { name: /Addressed to/ }).click();
    await page.getByRole('option', { name: 'Everybody' }).click();
    await page.getByRole('article').first().waitFor();
    expect(await page.getByRole('button', { name: /Endorse|Decline|Dismiss/ }).count()).toBe(0);
  },
  LONG_MS,
);

test(
  'in Arabic it runs from right to left, in the words of that language, and is free of barriers',
  async () => {
    const page = await signIn('state', { at: '/suggestions', locale: 'ar' });
    await page.getByRole('heading', { name: 'اقتراحات', level: 1 }).waitFor();
    await page.getByRole('article').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    expect(await findBarriers(page)).toEqual([]);
    await expectNoSidewaysScroll(page, 360);
    await shot(page, 'suggestions-arabic', 1440);
  },
  LONG_MS,
);
