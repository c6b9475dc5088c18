import { describe, expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn } from './browser.ts';

type Page = Awaited<ReturnType<typeof signIn>>;
type Locator = ReturnType<Page['locator']>;

/** A hub under load answers in seconds. */
const PATIENCE = { timeout: 15_000 };

/** Of the network that the demo's officer works for; a pre-test of its own, on days that are tentative. */
const OWN = 'Pre-test of the audio messages';

async function openCalendar(page: Page): Promise<Locator> {
  await page.goto('/calendar');
  const bar = page.getByRole('button', { name: new RegExp(`^${OWN}`) });
  await bar.waitFor();
  return bar;
}

/** Presses on a bar's middle and draws it so many pixels to the right, without letting go. */
async function take(page: Page, bar: Locator, pixels: number): Promise<void> {
  await bar.scrollIntoViewIfNeeded();
  const box = await bar.boundingBox();
  if (!box) throw new Error('not to be seen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + pixels / 2, y);
  await page.mouse.move(x + pixels, y);
}

const daysOf = async (bar: Locator): Promise<string> => (await bar.getAttribute('aria-label')) ?? '';

describe('moving', () => {
  test('by drawing: what it would meet is shown before it is let go, and undo brings it back', async () => {
    const page = await signIn('ngo');
    const bar = await openCalendar(page);
    const before = await daysOf(bar);
    await take(page, bar, 120);
    await page.getByRole('heading', { name: 'On these days it would overlap with' }).waitFor();
    await page.getByRole('meter').first().waitFor();
    const drawn = await daysOf(bar);
    expect(drawn).not.toBe(before);
    await shot(page, 'calendar-drag', 1440);
    await page.mouse.up();
    await page.getByText(`${OWN} was moved from`).waitFor();
    expect(await daysOf(bar)).toBe(drawn);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => daysOf(bar), PATIENCE).toBe(before);
  });

  test('holds for everybody: another look says the same', async () => {
    const page = await signIn('ngo');
    const bar = await openCalendar(page);
    const before = await daysOf(bar);
    await take(page, bar, 120);
    await page.mouse.up();
    await page.getByText(`${OWN} was moved from`).waitFor();
    const drawn = await daysOf(bar);
    expect(drawn).not.toBe(before);
    await page.reload();
    await bar.waitFor();
    expect(await daysOf(bar)).toBe(drawn);
    await take(page, bar, -120);
    await page.mouse.up();
    await page.getByText(`${OWN} was moved from`).waitFor();
    expect(await daysOf(bar)).toBe(before);
  });

  test('by the keyboard alone: taken up, moved, left, moved again, kept, and undone', async () => {
    const page = await signIn('ngo');
    const bar = await openCalendar(page);
    const before = await daysOf(bar);
    await bar.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    const aDayLater = await daysOf(bar);
    expect(aDayLater).not.toBe(before);
    await page.keyboard.press('Escape');
    expect(await daysOf(bar)).toBe(before);
    await page.keyboard.press('Shift+ArrowRight');
    const aWeekLater = await daysOf(bar);
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await daysOf(bar)).toBe(before);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText(`${OWN} was moved from`).waitFor();
    expect(await daysOf(bar)).toBe(aWeekLater);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => daysOf(bar), PATIENCE).toBe(before);
  });

  test('what changed meanwhile is said, and nothing is overwritten', async () => {
    const page = await signIn('ngo');
    const bar = await openCalendar(page);
    const elsewhere = await signIn('ngo');
    const there = await openCalendar(elsewhere);
    await there.focus();
    for (const key of ['Enter', 'ArrowRight', 'Enter']) await elsewhere.keyboard.press(key);
    await elsewhere.getByText(`${OWN} was moved from`).waitFor();
    await bar.focus();
    for (const key of ['Enter', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('alert').waitFor();
    await elsewhere.getByRole('button', { name: 'Undo' }).click();
    await elsewhere.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
  });

  test('is offered only to those who may', async () => {
    const page = await signIn('observer');
    await page.goto('/calendar');
    const bar = page.locator('[data-bar]').first();
    await bar.waitFor();
    await bar.press('Enter');
    await page.getByRole('heading', { level: 2 }).waitFor();
    expect(await page.locator('[data-movable]').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'A day later' }).count()).toBe(0);
  });
});

test('it is free of barriers and fits a phone', async () => {
  const page = await signIn('ngo');
  await openCalendar(page);
  expect(await findBarriers(page)).toEqual([]);
  await expectNoSidewaysScroll(page, 360);
  await shot(page, 'calendar');
});

test('its table says all of it, and opens what is in it', async () => {
  const page = await signIn('ngo');
  await openCalendar(page);
  const shown = await page.locator('[data-bar]').count();
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('grid', { name: 'Calendar' });
  await table.waitFor();
  expect(await table.getByRole('row').count()).toBe(shown + 1);
  expect(await findBarriers(page)).toEqual([]);
  await table.getByRole('row', { name: OWN }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: OWN }).waitFor();
});

test.each(['by=corridor&zoom=month', 'by=country&zoom=day', 'by=actor&zoom=year'])(
  'looked at %s it is free of barriers, in the dark too',
  async (address) => {
    const page = await signIn('coordinator', { colorScheme: 'dark' });
    await page.goto(`/calendar?${address}`);
    await page.locator('[data-bar]').first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    if (address.includes('corridor')) await shot(page, 'calendar-corridor', 1440);
  },
);

test('where one reads from the right, time runs to the left, and so do the arrow keys', async () => {
  const page = await signIn('ngo', { locale: 'ar' });
  const bar = await openCalendar(page);
  const label = page.locator('[data-track]').first();
  const [track, box] = [await label.boundingBox(), await bar.boundingBox()];
  if (!track || !box) throw new Error('not to be seen');
  // The days ahead are nearer to the right, where they begin.
  expect(track.x + track.width - (box.x + box.width)).toBeLessThan(box.x - track.x);
  await bar.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowLeft');
  const later = await bar.boundingBox();
  expect(later?.x).toBeLessThan(box.x);
  await page.keyboard.press('Escape');
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'calendar-ar', 1440);
});

test('days in which nobody registered anything say so, and the hub out of reach says what helps', async () => {
  const page = await signIn('observer');
  await page.goto('/calendar?from=2029-06-01&zoom=day');
  await page.getByText('Nobody registered anything in these days').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByText('The hub cannot be reached.').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Nobody registered anything in these days').waitFor();
});
