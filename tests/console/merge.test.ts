import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn, type Page } from './browser.ts';

async function ask<Data>(page: Page, query: string, variables: object): Promise<Data> {
  const answer = await page.request.post('/graphql', {
    headers: { 'concord-session': 'cookie' },
    data: { query, variables },
  });
  return ((await answer.json()) as { data: Data }).data;
}

/** @returns its id */
async function registerActor(page: Page, name: string): Promise<string> {
  const query = `mutation ($input: RegisterActorInput!) { result: registerActor(input: $input) { ... on Actor { id } } }`;
  const { result } = await ask<{ result: { id: string } }>(page, query, { input: { name, kind: 'national_ngo' } });
  return result.id;
}

/** Whom an id leads to. */
async function nameAt(page: Page, id: string): Promise<string> {
  const query = `query ($id: ID!) { node(id: $id) { ... on Actor { name } } }`;
  return (await ask<{ node: { name: string } }>(page, query, { id })).node.name;
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(name);
  await page.getByRole('option', { name, exact: true }).click();
}

test('an organisation that is there twice is united by a coordinator, and made two again', async () => {
  const page = await signIn('coordinator');
  const mark = String(Date.now());
  const [stays, goes] = [`Example Harbour Forum ${mark}`, `Example Harbour Forvm ${mark}`];
  await registerActor(page, stays);
  const duplicate = await registerActor(page, goes);
  await page.goto('/registry');
  await page.getByRole('link', { name: 'Names and doubles' }).click();
  await choose(page, 'The record that stays', stays);
  await choose(page, 'The record that goes into it', stays);
  await page.getByText('That is the same record.').waitFor();
  expect(await page.getByRole('button', { name: 'Unite two records' }).isDisabled()).toBe(true);
  await choose(page, 'The record that goes into it', goes);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Unite two records' }).click();
  await page.getByRole('dialog').getByText(`Everything of “${goes}” moves to “${stays}”.`).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Unite two records' }).click();
  await page.getByText(`“${goes}” is now a part of “${stays}”.`).waitFor();
  expect(await nameAt(page, duplicate)).toBe(stays);
  await page.getByRole('button', { name: 'Make them two again' }).click();
  await page.getByText(`“${goes}” is now a part of “${stays}”.`).waitFor({ state: 'detached' });
  expect(await nameAt(page, duplicate)).toBe(goes);
});

test('a name in a file that may mean several is said once', async () => {
  const page = await signIn('coordinator');
  const mark = String(Date.now());
  const name = `Example Twin Lanterns ${mark}`;
  await registerActor(page, name);
  await registerActor(page, name);
  await page.goto('/registry/import');
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  await page.locator('input[type=file]').setInputFiles({
    name: 'names.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      [
        'Organisation,Activity,Country',
        `${name},Lantern walks ${mark},Bangladesh`,
        `Example Coastal Families Network,Lantern talks ${mark},Bangladesh`,
      ].join('\n'),
    ),
  });
  await page.getByRole('button', { name: /^Apply/ }).click();
  await page.getByText('Applied', { exact: true }).waitFor();
  await page.goto('/registry/names');
  const question = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await question.waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await shot(page, 'names');
  await expectNoSidewaysScroll(page, 360);
  await question
    .getByRole('button', { name: `This one: ${name}` })
    .first()
    .click();
  await question.waitFor({ state: 'detached' });
});
