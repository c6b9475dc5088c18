import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { publishPractice } from '../support/practices.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

let hub: WorkingHub;
let owner: Client;
let member: Client;

beforeAll(async () => {
  hub = await workingHub();
  owner = await hub.as('editor', await hub.actor({ basedIn: ['PH'] }));
  member = await hub.as('editor', await hub.actor());
  const days = { start: new Date(Date.now()).toISOString().slice(0, 10) };
  const work = { audiences: ['prospective_migrant'], themes: ['fraudulent_recruitment'], channels: ['radio'] };
  const footprint = { ...work, days, places: ['HK'], corridors: ['ph_global'] };
  await idOf(mutate(member, 'planCampaign', { name: 'Example campaign', footprint }));
  await hub.workers.quiet();
});
afterAll(() => hub.close());

interface Shown {
  readonly kind: string;
  readonly status: string;
  readonly practice: { readonly title: string } | null;
  readonly participants: readonly { readonly actor: { readonly id: string } | null }[];
}

const suggested = async (client: Client): Promise<readonly Shown[]> => {
  const { suggestions } = await client.query<{ suggestions: { nodes: readonly Shown[] } }>(
    `{ suggestions(filter: { addressedToMe: true, kinds: [REPLICATE_PRACTICE] }) { nodes { kind status practice { title } participants { actor { id } } } } }`,
  );
  return suggestions.nodes;
};

test('a case study is suggested to who could replicate it as long as it is published, and shown as long as it is seen', async () => {
  const id = await publishPractice(owner);
  await hub.workers.quiet();
  expect(await suggested(member)).toEqual([
    {
      kind: 'REPLICATE_PRACTICE',
      status: 'OPEN',
      practice: { title: 'Example practice' },
      participants: [{ actor: { id: member.actorId } }],
    },
  ]);
  await idOf(mutate(owner, 'withdrawCaseStudy', { id, expectedVersion: 2 }));
  expect(await suggested(member)).toMatchObject([{ practice: null }]);
  await hub.workers.quiet();
  expect(await suggested(member)).toMatchObject([{ status: 'LAPSED', practice: null }]);
  const failed = await hub.workers.queues.queue('match-footprint').getFailed();
  expect(failed).toEqual([]);
});
