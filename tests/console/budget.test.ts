import { expect, test } from 'vitest';
import { VIEWS } from '../../server/http/console.ts';
import { openPage, PEOPLE, signIn, type Page } from './browser.ts';

/** Scripts, styles and page of a view that is opened first, as they are sent. */
const LARGEST_LOAD_BYTES = 250_000;
/** With everything that is asked of the hub until the view stands. */
const MOST_REQUESTS = 70;

interface Load {
  /** Of scripts, styles and the page itself, headers included. */
  readonly bytes: number;
  readonly requests: number;
  /** Scripts, styles and pages that came as they are, though somebody who could have read it asked for less. */
  readonly uncompressed: readonly string[];
}

/** Until the page has asked for nothing for half a second, and all is here but what stays open to hear of changes. */
async function open(page: Page, path: string): Promise<void> {
  const awaited = new Set<unknown>();
  let since = Date.now();
  page.on('request', (request) => {
    since = Date.now();
    if (request.headers()['accept'] !== 'text/event-stream') awaited.add(request);
  });
  for (const ending of ['requestfinished', 'requestfailed'] as const) {
    page.on(ending as 'requestfinished', (request) => {
      since = Date.now();
      awaited.delete(request);
    });
  }
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await expect.poll(() => awaited.size === 0 && Date.now() - since >= 500, { timeout: 20_000 }).toBe(true);
}

/** Reads over the wire, and not from a cache, what it takes until a view stands and asks for nothing more. */
async function measure(page: Page, path: string): Promise<Load> {
  // What the page before still fetches is not counted.
  await page.goto('about:blank');
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  const built = new Set<string>();
  const uncompressed: string[] = [];
  let bytes = 0;
  let requests = 0;
  wire.on('Network.requestWillBeSent', () => (requests += 1));
  wire.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (!['Document', 'Script', 'Stylesheet'].includes(type)) return;
    built.add(requestId);
    const { 'content-encoding': encoding } = response.headers as { readonly 'content-encoding'?: string };
    if (encoding !== 'br' && encoding !== 'gzip') uncompressed.push(response.url);
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (built.has(requestId)) bytes += encodedDataLength;
  });
  await open(page, path);
  await wire.detach();
  return { bytes, requests, uncompressed };
}

test.each(VIEWS)('%s, opened first, costs less than 250 kB and few requests', async (view) => {
  const page = await signIn('coordinator', { at: '/today' });
  const { bytes, requests, uncompressed } = await measure(page, `/${view}`);
  process.stdout.write(`${view}: ${(bytes / 1000).toFixed(1)} kB, ${String(requests)} requests\n`);
  expect(uncompressed).toEqual([]);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(LARGEST_LOAD_BYTES);
  expect(requests).toBeLessThan(MOST_REQUESTS);
});

test('the page to sign in costs less than 200 kB', async () => {
  const { bytes, uncompressed } = await measure(await openPage(), '/');
  expect(uncompressed).toEqual([]);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(200_000);
});

/** Keys and the text of sessions are long and random; ids are not secret, and say what they are of. */
const SECRET = /ccd_|concord-session|bearer|secret|(?<![\w])(?!\w{3}_)[\w-]{40,}/i;

test.each(PEOPLE)('nothing that opens anything is kept where scripts can read it, for the %s', async (person) => {
  const page = await signIn(person, { at: '/today' });
  for (const view of VIEWS) {
    await open(page, `/${view}`);
    const kept = await page.evaluate(async () => ({
      cookie: document.cookie,
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    expect(JSON.stringify(kept)).not.toMatch(SECRET);
    expect(kept).toMatchObject({ cookie: '', databases: [], caches: [], workers: 0 });
  }
});
