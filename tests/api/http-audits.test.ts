import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';

/** What the specification of GraphQL over HTTP asks of a server, as the package that goes with it checks it. */
const AUDITS = 61;

let hub: TestHub;
let client: Client;

beforeAll(async () => {
  hub = await testHub();
  client = await hub.as('coordinator');
});
afterAll(() => hub.close());

test('every audit of GraphQL over HTTP that says MUST or SHOULD passes, and none fails by error', async () => {
  const audits = serverAudits({
    url: `${hub.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...client.headers } }),
  });
  expect(audits).toHaveLength(AUDITS);
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  const failed = results.filter(({ status }) => status !== 'ok');
  process.stdout.write(
    `${String(audits.length)} audits, ${String(results.length - failed.length)} ok; not: ${failed.map(({ id, name }) => `${id} ${name}`).join(', ')}\n`,
  );
  expect(failed.filter(({ status }) => status === 'error')).toEqual([]);
  expect(failed.filter(({ name }) => /^(MUST|SHOULD)/.test(name))).toEqual([]);
});
