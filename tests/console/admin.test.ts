import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn, type Page } from './browser.ts';

/** Asks the hub as whoever is signed in, past the page. */
async function ask(page: Page, query: string, variables: object): Promise<unknown> {
  const answer = await page.request.post('/graphql', {
    headers: { 'concord-session': 'cookie' },
    data: { query, variables },
  });
  return ((await answer.json()) as { data: unknown }).data;
}

async function registerActor(page: Page, name: string): Promise<void> {
  const query = `mutation ($input: RegisterActorInput!) { registerActor(input: $input) { __typename } }`;
  expect(await ask(page, query, { input: { name, kind: 'state_local', basedIn: ['TH'] } })).toEqual({
    registerActor: { __typename: 'Actor' },
  });
}

test('who waits is looked at, verified on evidence that survives a reload, and suspended', async () => {
  const page = await signIn('coordinator');
  const name = `Example Provincial Office ${String(Date.now())}`;
  await registerActor(page, name);
  await page.goto('/admin');
  await page.getByRole('link', { name }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'admin-vetting');
  await page.getByRole('link', { name }).click();
  await page.getByText('Nobody has decided anything yet.').waitFor();
  await page.getByLabel('Evidence').fill('Letter 2027/14, called back by phone.');
  await page.reload();
  await page.getByRole('heading', { name, level: 2 }).waitFor();
  expect(await page.getByLabel('Evidence').inputValue()).toBe('Letter 2027/14, called back by phone.');
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Letter 2027/14' }).filter({ hasText: 'Verified' }).waitFor();
  await shot(page, 'admin-actor');
  await page.getByLabel('Reason').fill('Closed.');
  await page.getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Closed.' }).filter({ hasText: 'Suspended' }).waitFor();
  await page.getByRole('link', { name: 'Decisions' }).click();
  const decisions = page.getByRole('row').filter({ hasText: name });
  await decisions.filter({ hasText: 'Closed.' }).waitFor();
  await decisions.filter({ hasText: 'Letter 2027/14' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
});

test('a key is shown once, opens the hub, and opens nothing once it is revoked', async () => {
  const page = await signIn('ngo');
  const label = `Nightly plan ${String(Date.now())}`;
  await page.goto('/admin/keys');
  await page.getByRole('button', { name: 'Issue a key' }).click();
  await page.getByLabel('What it is for').fill(label);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Issue a key' }).click();
  const key = await page.getByRole('dialog').getByText(/^ccd_/).innerText();
  const opens = async (): Promise<number> => {
    const asked = await fetch(new URL('/graphql', page.url()), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { role } }' }),
    });
    return asked.status;
  };
  expect(await opens()).toBe(200);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  const row = page.getByRole('row').filter({ hasText: label });
  await row.filter({ hasText: 'Valid' }).waitFor();
  expect(await page.content()).not.toContain(key);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(key);
  await shot(page, 'admin-keys');
  await expectNoSidewaysScroll(page, 360);
  await row.getByRole('button', { name: `Revoke ${label}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.filter({ hasText: 'Revoked' }).waitFor();
  expect(await opens()).toBe(401);
});

test('a person is let in after a reload, twice is refused in words, a coordinator keeps it out, and its organisation ends it', async () => {
  const page = await signIn('ngo', { at: '/admin/people' });
  const dialog = page.getByRole('dialog');
  const name = `Field officer ${String(Date.now())}`;
  await page.getByRole('button', { name: 'Let a person in' }).click();
  await dialog.getByRole('textbox', { name: 'Person' }).fill(name);
  await dialog.getByRole('textbox', { name: 'Identity provider' }).fill('https://id.example.org');
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill(name);
  expect(await findBarriers(page)).toEqual([]);
  await page.reload();
  await page.getByRole('button', { name: 'Let a person in' }).click();
  expect(await dialog.getByRole('textbox', { name: 'Identifier' }).inputValue()).toBe(name);
  await dialog.getByRole('button', { name: 'Let a person in' }).click();
  const row = page.getByRole('row').filter({ hasText: name });
  await row.filter({ hasText: 'Valid' }).waitFor();
  expect(await row.getByRole('button').count()).toBe(1);
  expect(await findBarriers(page)).toEqual([]);
  await expectNoSidewaysScroll(page, 360);
  await shot(page, 'admin-people');

  await page.getByRole('button', { name: 'Let a person in' }).click();
  await dialog.getByRole('textbox', { name: 'Person' }).fill(name);
  await dialog.getByRole('textbox', { name: 'Identity provider' }).fill('https://id.example.org');
  await dialog.getByRole('textbox', { name: 'Identifier' }).fill(name);
  await dialog.getByRole('button', { name: 'Let a person in' }).click();
  await dialog.getByText('revoke that first').waitFor();
  await page.reload();

  const coordinator = await signIn('coordinator', { at: '/admin/people' });
  const seen = coordinator.getByRole('row').filter({ hasText: name });
  await seen.getByRole('button', { name: `Keep ${name} out` }).click();
  await coordinator.getByRole('dialog').getByRole('button', { name: 'Keep out' }).click();
  await seen.filter({ hasText: 'Kept out' }).waitFor();
  await seen.getByRole('button', { name: `Let ${name} back in` }).click();
  await coordinator.getByRole('dialog').getByRole('button', { name: 'Let back in' }).click();
  await seen.filter({ hasText: 'Valid' }).waitFor();

  await row.getByRole('button', { name: `End the access of ${name}` }).click();
  await dialog.getByRole('button', { name: 'End', exact: true }).click();
  await row.filter({ hasText: 'Revoked' }).waitFor();
}, 90_000);

test('a calendar feed is made, its address shown once, and ended', async () => {
  const page = await signIn('ngo');
  const label = `Field office ${String(Date.now())}`;
  await page.goto('/admin/feeds');
  await page.getByRole('button', { name: 'Make a feed' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(label);
  await page.getByRole('dialog').getByText('Only our own entries').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make a feed' }).click();
  const address = await page.getByRole('dialog').locator('code').innerText();
  expect((await fetch(address)).status).toBe(200);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  const row = page.getByRole('row').filter({ hasText: label });
  await row.filter({ hasText: 'Only our own entries' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await row.getByRole('button', { name: `Revoke ${label}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.waitFor({ state: 'detached' });
  expect((await fetch(address)).status).toBe(404);
});

test('editors see to their own, and not to vetting, jobs and decisions', async () => {
  const page = await signIn('ngo');
  await page.goto('/admin');
  await page.getByRole('heading', { name: 'People', level: 2 }).waitFor();
  const parts = page.getByRole('navigation', { name: 'Parts of administration' }).getByRole('link');
  expect(await parts.allInnerTexts()).toEqual(['People', 'Keys', 'Calendar feeds']);
});

test.each([
  ['vetting', 'التحقق'],
  ['people', 'الأشخاص'],
  ['keys', 'المفاتيح'],
  ['feeds', 'تغذيات التقويم'],
  ['jobs', 'المهام والحالة'],
  ['audit', 'القرارات'],
])('%s runs from right to left in Arabic', async (part, title) => {
  const page = await signIn('coordinator', { locale: 'ar' });
  await page.goto(`/admin/${part}`);
  await page.getByRole('heading', { name: title, level: 2 }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await expectNoSidewaysScroll(page, 360);
});
