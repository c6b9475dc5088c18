import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn } from './browser.ts';

/** Axe reads whole pages, and machines are busy. */
const LONG_MS = 90_000;

test(
  'a coordinator sees at once what waits, what is suggested and what ends soon',
  async () => {
    const page = await signIn('coordinator', { at: '/today' });
    await page.getByRole('link', { name: /need your answer$/ }).waitFor();
    expect(await page.getByRole('link', { name: /^\d+ suggestions$/ }).count()).toBe(1);
    for (const title of ['Needs your answer', 'Suggestions', 'Ends within 30 days', 'On in the next 30 days']) {
      await page.getByRole('heading', { name: title, level: 2 }).waitFor();
    }
    expect(await findBarriers(page)).toEqual([]);
    await expectNoSidewaysScroll(page, 360);
    await shot(page, 'today-coordinator');
  },
  LONG_MS,
);

test(
  'an editor of an NGO changes a campaign in its place; what was begun outlives a reload',
  async () => {
    const page = await signIn('ngo', { at: '/today' });
    await page.getByRole('button', { name: 'Change Ask the ones who returned' }).click();
    await page.getByLabel('Name').fill('Ask those who came back');
    expect(await findBarriers(page)).toEqual([]);
    await page.reload();
    expect(await page.getByLabel('Name').inputValue()).toBe('Ask those who came back');
    await page.getByRole('spinbutton', { name: /day/ }).first().focus();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Ask those who came back is saved.').waitFor();
    await page.getByRole('button', { name: 'Change Ask those who came back' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Change Ask those who came back' }).click();
    await page.getByLabel('Name').fill('Ask the ones who returned');
    await page.getByRole('spinbutton', { name: /day/ }).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Change Ask the ones who returned' }).waitFor();
  },
  LONG_MS,
);

test(
  'a planner of a state goes from the day to the best suggestion; the page is free of barriers, light and dark',
  async () => {
    const page = await signIn('state', { at: '/today' });
    await page.getByText('Best unanswered suggestion').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await shot(page, 'today');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findBarriers(page)).toEqual([]);
    await shot(page, 'today-dark', 1440);
    await page.getByRole('link', { name: 'Answer', exact: true }).first().click();
    await page.getByRole('heading', { name: 'As each side sees it' }).waitFor();
  },
  LONG_MS,
);

test(
  'what nobody registered is said so, and an observer changes nothing',
  async () => {
    const page = await signIn('observer', { at: '/today' });
    await page.getByText('Your organisation registered nothing yet.').waitFor();
    expect(await page.getByRole('button', { name: /^Change|Endorse|Dismiss/ }).count()).toBe(0);
  },
  LONG_MS,
);

test(
  'in Arabic it runs from right to left and is free of barriers',
  async () => {
    const page = await signIn('ngo', { at: '/today', locale: 'ar' });
    await page.getByRole('heading', { name: 'ينتظر جوابك' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await expectNoSidewaysScroll(page, 360);
    await shot(page, 'today-arabic', 1440);
  },
  LONG_MS,
);

test(
  'what was changed while the line was cut is said not to be saved, outlives it and a reload, and is saved then',
  async () => {
    const page = await signIn('ngo', { at: '/today' });
    await page.getByRole('button', { name: 'Change Ask the ones who returned' }).click();
    await page.context().setOffline(true);
    await page.getByLabel('Name').fill('Ask whoever returned');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The hub cannot be reached.').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    expect(await page.getByLabel('Name').inputValue()).toBe('Ask whoever returned');
    await page.getByLabel('Name').fill('Ask the ones who returned');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Ask the ones who returned is saved.').waitFor();
    await page.getByRole('button', { name: 'Change Ask the ones who returned' }).waitFor();
  },
  LONG_MS,
);
