import { expect, test } from 'vitest';
import { findBarriers, shot, signIn } from './browser.ts';

test('somebody is found by a part of the name, and opened by the keyboard alone', async () => {
  const page = await signIn('coordinator');
  await page.getByRole('searchbox').fill('coastal families');
  await page.getByText('1 organisation', { exact: true }).waitFor();
  await page.getByRole('row').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Example Coastal Families Network', level: 1 }).waitFor();
  expect(page.url()).toMatch(/\/registry\/act_\w+$/);
  await page.getByRole('heading', { name: 'Programmes' }).waitFor();
  await page.getByRole('grid', { name: 'Programmes' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'actor');
});

test('the list is free of barriers, goes on page by page, and is ordered by the hub', async () => {
  const page = await signIn('coordinator');
  await page.getByRole('row').nth(25).waitFor();
  await page.getByRole('row').nth(1).filter({ hasText: 'Afghanistan' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'registry');
  await page.getByRole('button', { name: /^Show more \(25 of/ }).click();
  await page.getByRole('row').nth(26).waitFor();
  await page.getByRole('columnheader', { name: 'Name' }).click();
  await page.getByRole('columnheader', { name: 'Name' }).and(page.locator('[aria-sort=descending]')).waitFor();
  await page.getByRole('row').nth(1).filter({ hasNotText: 'Afghanistan' }).waitFor();
  await page.getByRole('button', { name: /^Show more \(25 of/ }).waitFor();
});

test('where nobody is found it says so, and never that there is no need', async () => {
  const page = await signIn('observer');
  await page.getByRole('searchbox').fill('zzzz');
  await page.getByText('Nobody registered like that.').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.goto('/registry/act_00000000000000000000000000000000');
  await page.getByText('There is no such actor, or you may not see it.').waitFor();
});

test('when the hub cannot be reached it says what helps, and goes on when it is back', async () => {
  const page = await signIn('ngo');
  await page.getByRole('row').nth(1).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('searchbox').fill('example');
  await page.getByText('The hub cannot be reached.').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('row').nth(1).waitFor();
});
