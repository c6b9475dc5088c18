import { expect, test } from 'vitest';
import { findBarriers, signIn } from './browser.ts';

test('a programme is registered for parts of a country, which are fetched when a country was chosen', async () => {
  const page = await signIn('ngo');
  const name = `Tea stalls in two divisions ${String(Date.now())}`;
  await page.goto('/registry/register');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  expect(await page.getByRole('button', { name: 'Only in these parts' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Countries' }).click();
  for (const country of ['Bangladesh', 'Malaysia']) {
    await page.getByRole('searchbox', { name: 'Countries' }).fill(country);
    await page.getByRole('option', { name: country }).click();
  }
  // Once takes out what was searched for, once more closes the list.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Only in these parts' }).click();
  await page.getByRole('searchbox', { name: 'Only in these parts' }).fill('dhaka');
  await page.getByRole('option', { name: 'Dhaka · Bangladesh' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByText(`“${name}” is registered.`).waitFor();
  const places = await page.evaluate(async (wanted) => {
    const query =
      '{ programmes(first: 100, orderBy: { field: UPDATED, direction: DESC }) { nodes { name footprint { places { code } } } } }';
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'concord-session': 'cookie' },
      body: JSON.stringify({ query }),
    });
    const { data } = (await response.json()) as {
      data: { programmes: { nodes: { name: string; footprint: { places: { code: string }[] } }[] } };
    };
    return data.programmes.nodes
      .find((one) => one.name === wanted)
      ?.footprint.places.map(({ code }) => code)
      .sort();
  }, name);
  expect(places).toEqual(['BD-C', 'MY']);
}, 90_000);
