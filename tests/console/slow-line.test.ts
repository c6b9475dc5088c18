import { expect, test } from 'vitest';
import { findBarriers, openPage, PEOPLE, signIn, type Page } from './browser.ts';

/** Of a telephone at the edge of a network: 400 kbit/s, and 400 ms until the first byte of anything. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const CUT = { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 };
/** For whoever waits for a line like that. */
const LONG_MS = 120_000;

const CANNOT_BE_REACHED =
  'The hub cannot be reached. Check your connection, then try again. What you wrote is kept on this device.';

/** What lies between this page and the hub from now on. */
async function lineOf(page: Page): Promise<(conditions: typeof SLOW) => Promise<void>> {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  return async (conditions) => {
    await wire.send('Network.emulateNetworkConditions', conditions);
  };
}

/** How many programmes of this name the hub has, as whoever is signed in sees them. */
async function countProgrammes(page: Page, name: string): Promise<number> {
  return page.evaluate(async (search) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'concord-session': 'cookie' },
      body: JSON.stringify({
        query: 'query ($search: String!) { programmes(filter: { search: $search }) { nodes { name } } }',
        variables: { search },
      }),
    });
    const { data } = (await response.json()) as { data: { programmes: { nodes: { name: string }[] } } };
    return data.programmes.nodes.filter((programme) => programme.name === search).length;
  }, name);
}

test(
  'a form begun on a slow line outlives a cut and a reload, and is sent once when the line is back',
  async () => {
    const page = await openPage();
    page.setDefaultTimeout(30_000);
    const line = await lineOf(page);
    await line(SLOW);
    const name = `Ferry radio ${String(Date.now())}`;
    await page.goto('/registry/register');
    await page.locator('section li button').nth(PEOPLE.indexOf('ngo')).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Themes' }).click();
    await page.getByRole('option', { name: 'Fraudulent recruitment' }).click();
    await page.keyboard.press('Escape');
    await line(CUT);
    // What one needs to go on is here already.
    await page.getByRole('button', { name: 'Countries' }).click();
    await page.getByRole('searchbox', { name: 'Countries' }).fill('indon');
    await page.getByRole('option', { name: 'Indonesia' }).click();
    // The first takes out what was looked for, the second closes the list.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('alert').getByText(CANNOT_BE_REACHED).waitFor();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(name);
    expect(await page.getByRole('button', { name: 'Register' }).isEnabled()).toBe(true);
    await line(SLOW);
    await page.reload();
    await page.getByText('This is what you had begun.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(name);
    await page.getByRole('button', { name: 'Countries' }).filter({ hasText: 'Indonesia' }).waitFor();
    await page.getByRole('button', { name: 'Themes' }).filter({ hasText: 'Fraudulent recruitment' }).waitFor();
    expect(await countProgrammes(page, name)).toBe(0);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText(`“${name}” is registered.`).waitFor();
    expect(await countProgrammes(page, name)).toBe(1);
  },
  LONG_MS,
);

test(
  'what arrived although its answer was lost is not sent a second time by trying again, not even after a reload',
  async () => {
    const page = await signIn('ngo', { at: '/registry/register' });
    const name = `Ferry posters ${String(Date.now())}`;
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    let arrived = 0;
    await page.route('**/graphql', async (route) => {
      if (!(route.request().postData() ?? '').includes(name)) {
        await route.continue();
        return;
      }
      await route.fetch();
      arrived += 1;
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('alert').getByText(CANNOT_BE_REACHED).waitFor();
    expect(arrived).toBeGreaterThan(0);
    await page.unroute('**/graphql');
    expect(await countProgrammes(page, name)).toBe(1);
    await page.reload();
    await page.getByText('This is what you had begun.').waitFor();
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText(`“${name}” is registered.`).waitFor();
    expect(await countProgrammes(page, name)).toBe(1);
  },
  LONG_MS,
);

test('a view that cannot be fetched says what helps, keeps the page, and comes when the line is back', async () => {
  const page = await signIn('coordinator', { at: '/registry' });
  await page.getByRole('row').nth(1).waitFor();
  const line = await lineOf(page);
  await line(CUT);
  await page.getByRole('link', { name: 'Map' }).click();
  await page.getByRole('alert').getByText(CANNOT_BE_REACHED).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  // Not even by trying at once is the page lost for one of the browser's own.
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('link', { name: 'Registry' }).click();
  await page.getByRole('heading', { name: 'Registry', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Map' }).click();
  await page.getByRole('alert').getByText(CANNOT_BE_REACHED).waitFor();
  await line({ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Map', level: 1 }).waitFor();
});

test('a language whose words cannot be fetched leaves the page in the one before', async () => {
  const page = await signIn('coordinator', { at: '/registry' });
  await page.getByRole('row').nth(1).waitFor();
  await (
    await lineOf(page)
  )(CUT);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'ไทย · machine draft' }).click();
  await page.getByRole('searchbox').fill('example');
  await page.getByText('The hub cannot be reached.').waitFor();
});
