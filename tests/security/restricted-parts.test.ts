import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';

let hub: TestHub;
let editor: Client;
let colleague: Client;
beforeAll(async () => {
  hub = await testHub();
  const owner = await hub.actor();
  editor = await hub.as('editor', owner);
  colleague = await hub.as('editor', owner);
});
afterAll(() => hub.close());

const RESTRICTED = { release: { visibility: 'RESTRICTED' } };

async function namesSeenBy(client: Client): Promise<string[]> {
  const { campaigns } = await client.query<{ campaigns: { nodes: { name: string }[] } }>(
    '{ campaigns(first: 100) { nodes { name } } }',
  );
  return campaigns.nodes.map(({ name }) => name);
}

test('what is planned inside a restricted programme is as restricted, and there for who planned it, without a word about it', async () => {
  const programme = await idOf(mutate(editor, 'registerProgramme', { name: 'Restricted', ...RESTRICTED }));
  await idOf(mutate(editor, 'planCampaign', { name: 'Inside, silent', programme }));
  const open = { release: { visibility: 'PUBLIC' } };
  const wide = await idOf(mutate(editor, 'planCampaign', { name: 'Inside, stated wider', programme, ...open }));
  const days = { start: '2027-03-01', end: '2027-03-02' };
  await idOf(mutate(editor, 'addCalendarEntry', { name: 'Entry', campaign: wide, footprint: { days } }));
  expect(await namesSeenBy(editor)).toEqual(expect.arrayContaining(['Inside, silent', 'Inside, stated wider']));
  expect(await namesSeenBy(colleague)).toEqual([]);
});

test('a programme that becomes restricted takes what is inside it along', async () => {
  const programme = await idOf(mutate(editor, 'registerProgramme', { name: 'Open for now' }));
  await idOf(mutate(editor, 'planCampaign', { name: 'Follows', programme }));
  expect(await namesSeenBy(colleague)).toContain('Follows');
  await idOf(mutate(editor, 'reviseProgramme', { id: programme, expectedVersion: 1, ...RESTRICTED }));
  expect(await namesSeenBy(colleague)).not.toContain('Follows');
  expect(await namesSeenBy(editor)).toContain('Follows');
});
