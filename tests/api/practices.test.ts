import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { caseStudyInput, publishPractice } from '../support/practices.ts';

let hub: TestHub;
let owner: Client;
let planner: Client;
let colleague: Client;
let member: Client;
let observer: Client;
let coordinator: Client;

beforeAll(async () => {
  hub = await testHub();
  const id = await hub.actor({ basedIn: ['PH'], visibility: 'public' });
  owner = await hub.as('editor', id);
  planner = await hub.as('planner', id);
  colleague = await hub.as('viewer', id);
  member = await hub.as('editor', await hub.actor());
  observer = await hub.as('observer');
  coordinator = await hub.as('coordinator');
});
afterAll(() => hub.close());

const ALL = `owner { id } title summary done achieved conditions evidence { kind statement source link publishedOn }
  programme { id } campaign { id } places { code } corridors { code } audiences { code } themes { code } channels { code }
  languages objectiveLevel { code } visibility status featured illustrative source version`;

/** Whether it is there for somebody: in the list, by its id, and counted alike. */
async function isSeenBy(client: Client, id: string): Promise<boolean> {
  const { node, caseStudies } = await client.query<{
    node: { id: string } | null;
    caseStudies: { totalCount: number; nodes: { id: string }[] };
  }>('query ($id: ID!) { node(id: $id) { id } caseStudies(first: 100) { totalCount nodes { id } } }', { id });
  expect(caseStudies.totalCount).toBe(caseStudies.nodes.length);
  const listed = caseStudies.nodes.some((study) => study.id === id);
  expect(node !== null).toBe(listed);
  return listed;
}

async function found(client: Client, filter: object): Promise<string[]> {
  const { caseStudies } = await client.query<{ caseStudies: { nodes: { title: string }[] } }>(
    'query ($filter: CaseStudyFilter) { caseStudies(first: 100, filter: $filter, orderBy: { field: TITLE }) { nodes { title } } }',
    { filter },
  );
  return caseStudies.nodes.map(({ title }) => title);
}

describe('a draft', () => {
  test('comes back as it was stored, and is nobody else’s, not even a coordinator’s', async () => {
    const campaign = await idOf(mutate(owner, 'planCampaign', { name: 'Example campaign' }));
    const input = caseStudyInput({ campaign, clientMutationKey: 'a draft' });
    const draft = await mutate(planner, 'draftCaseStudy', input, ALL);
    expect(draft).toMatchObject({
      __typename: 'CaseStudy',
      owner: { id: owner.actorId },
      title: 'Example practice',
      evidence: [{ kind: 'EVALUATION', link: 'https://example.org/evaluation', publishedOn: '2026-05-01' }],
      campaign: { id: campaign },
      programme: null,
      corridors: [{ code: 'ph_global' }],
      objectiveLevel: { code: 'behaviour' },
      visibility: 'MEMBERS',
      status: 'DRAFT',
      featured: false,
      version: 1,
    });
    const id = String(draft['id']);
    expect((await mutate(planner, 'draftCaseStudy', input))['id']).toBe(id);
    expect(await isSeenBy(colleague, id)).toBe(true);
    for (const other of [member, observer, coordinator]) expect(await isSeenBy(other, id)).toBe(false);
    const target = { id, expectedVersion: 1 };
    for (const other of [member, coordinator])
      expect(await mutate(other, 'reviseCaseStudy', { ...target, title: 'Mine' })).toMatchObject({ missing: id });
    expect(await mutate(coordinator, 'featureCaseStudy', { ...target, featured: true })).toMatchObject({ missing: id });
  });

  test('is begun by nobody for another, and names nothing that is not there for who writes it', async () => {
    const owned = { title: 'Example', owner: owner.actorId };
    for (const other of [member, coordinator])
      expect(await mutate(other, 'draftCaseStudy', owned)).toMatchObject({ __typename: 'Forbidden' });
    const release = { visibility: 'PARTNERS' };
    const programme = await idOf(mutate(member, 'registerProgramme', { name: 'Hidden', release }));
    const naming = await mutate(owner, 'draftCaseStudy', { title: 'Example', programme });
    expect(naming).toMatchObject({ __typename: 'NotFound', missing: programme });
  });

  test('with unknown codes or links that are not https is refused with their places', async () => {
    const evidence = { kind: 'OTHER', statement: 'x', source: 'y', link: 'http://example.org/' };
    const secret = { ...evidence, link: 'https://name:word@example.org/' };
    const refused = await mutate(owner, 'draftCaseStudy', { title: 'Example', evidence: [evidence, secret] });
    expect(paths(refused)).toEqual(['input.evidence[0].link', 'input.evidence[1].link']);
    const unknown = await mutate(owner, 'draftCaseStudy', {
      title: 'Example',
      themes: ['people_smugling'],
      objectiveLevel: 'behavior',
    });
    expect(paths(unknown)).toEqual(['input.themes[0]', 'input.objectiveLevel']);
  });

  test('made of what a joint effort came to is its owner’s to complete', async () => {
    const { unitOfWork, practices } = hub.app.services;
    const id = savedId(
      await unitOfWork.run(HUB_VIEWER, (work) =>
        practices.draftFrom(work, {
          ownerId: owner.actorId ?? '',
          title: 'What came of it',
          done: 'Three countries spoke on the same days',
          achieved: 'More calls',
          learnt: 'Begin with the radio',
          corridors: ['ph_global'],
        }),
      ),
    );
    const { node } = await owner.query<{ node: unknown }>(
      'query ($id: ID!) { node(id: $id) { ... on CaseStudy { status conditions corridors { code } owner { id } } } }',
      { id },
    );
    expect(node).toEqual({
      status: 'DRAFT',
      conditions: 'Begin with the radio',
      corridors: [{ code: 'ph_global' }],
      owner: { id: owner.actorId },
    });
  });
});

const paths = (result: Record<string, unknown>): string[] =>
  (result['issues'] as { path: string }[]).map(({ path }) => path);

describe('publishing', () => {
  test('shows it to members, or to everybody, and to nobody after it was withdrawn', async () => {
    const id = await publishPractice(owner);
    for (const other of [member, coordinator]) expect(await isSeenBy(other, id)).toBe(true);
    expect(await isSeenBy(observer, id)).toBe(false);
    await idOf(mutate(owner, 'reviseCaseStudy', { id, expectedVersion: 2, visibility: 'PUBLIC' }));
    expect(await isSeenBy(observer, id)).toBe(true);
    const withdrawn = await mutate(owner, 'withdrawCaseStudy', { id, expectedVersion: 3 }, 'status');
    expect(withdrawn).toMatchObject({ status: 'WITHDRAWN' });
    for (const other of [member, observer, coordinator]) expect(await isSeenBy(other, id)).toBe(false);
    expect(await isSeenBy(colleague, id)).toBe(true);
    const again = await mutate(owner, 'publishCaseStudy', { id, expectedVersion: 4 });
    expect(again).toMatchObject({ __typename: 'Conflict' });
  });

  test('needs an editor of its owner, and something to tell', async () => {
    const id = await idOf(mutate(planner, 'draftCaseStudy', { title: 'Example', summary: 'Example' }));
    const target = { id, expectedVersion: 1 };
    expect(await mutate(planner, 'publishCaseStudy', target)).toMatchObject({ __typename: 'Forbidden' });
    const bare = await mutate(owner, 'publishCaseStudy', target);
    expect(bare).toMatchObject({ __typename: 'Conflict' });
    expect(bare['message']).toContain('done, achieved');
    await idOf(mutate(planner, 'reviseCaseStudy', { ...target, done: 'This', achieved: 'That' }));
    expect(await mutate(owner, 'publishCaseStudy', target)).toMatchObject({ __typename: 'StaleVersion', stored: 2 });
    await idOf(mutate(owner, 'publishCaseStudy', { id, expectedVersion: 2 }));
    const change = { id, expectedVersion: 3, title: 'Another title' };
    expect(await mutate(planner, 'reviseCaseStudy', change)).toMatchObject({ __typename: 'Forbidden' });
    expect(await mutate(owner, 'reviseCaseStudy', { ...change, done: null })).toMatchObject({ __typename: 'Conflict' });
    expect(await mutate(owner, 'reviseCaseStudy', change, 'title')).toMatchObject({ title: 'Another title' });
  });

  test('is for those whom others see, and ends with their being seen', async () => {
    const shy = await hub.as('editor', await hub.actor({ kind: 'diaspora_association', visibility: 'partners' }));
    const id = await idOf(mutate(shy, 'draftCaseStudy', caseStudyInput()));
    expect(await mutate(shy, 'publishCaseStudy', { id, expectedVersion: 1 })).toMatchObject({
      __typename: 'Conflict',
    });
    const actorId = await hub.actor();
    const suspended = await publishPractice(await hub.as('editor', actorId));
    expect(await isSeenBy(member, suspended)).toBe(true);
    const target = { id: actorId, expectedVersion: 2, reason: 'for a test' };
    savedId(await hub.app.services.actors.suspend(HUB_VIEWER, target));
    expect(await isSeenBy(member, suspended)).toBe(false);
  });
});

describe('coordinators', () => {
  test('feature what is published and change nothing else of it', async () => {
    const id = await publishPractice(owner, { title: 'To be featured' });
    const target = { id, expectedVersion: 2 };
    const featured = await mutate(coordinator, 'featureCaseStudy', { ...target, featured: true }, 'featured');
    expect(featured).toMatchObject({ featured: true, version: 3 });
    expect(await found(member, { featured: true })).toEqual(['To be featured']);
    expect(await mutate(owner, 'featureCaseStudy', { id, expectedVersion: 3, featured: false })).toMatchObject({
      __typename: 'Forbidden',
    });
    expect(await mutate(coordinator, 'reviseCaseStudy', { id, expectedVersion: 3, title: 'Other' })).toMatchObject({
      __typename: 'Forbidden',
    });
    const later = await mutate(
      coordinator,
      'featureCaseStudy',
      { id, expectedVersion: 3, featured: false },
      'featured',
    );
    expect(later).toMatchObject({ featured: false });
  });

  test('who merge actors move case studies that they do not see', async () => {
    const [from, to] = [await hub.actor(), await hub.actor()];
    const id = await idOf(mutate(await hub.as('editor', from), 'draftCaseStudy', { title: 'Example' }));
    const merged = await coordinator.query<{ mergeActors: { id?: string } }>(
      `mutation ($input: MergeActorsInput!) { mergeActors(input: $input) { ... on Actor { id } ... on Problem { message } } }`,
      { input: { survivor: to, duplicate: from, expectedVersion: 2 } },
    );
    expect(merged.mergeActors.id).toBe(to);
    expect(await isSeenBy(coordinator, id)).toBe(false);
    expect(await isSeenBy(await hub.as('viewer', to), id)).toBe(true);
  });
});

test('the list is filtered by what case studies say', async () => {
  await publishPractice(owner, { title: 'Filtered', summary: 'Épreuve', themes: ['gbv_on_route'], places: ['LA-CH'] });
  const mine = { themes: ['gbv_on_route'] };
  expect(await found(member, mine)).toEqual(['Filtered']);
  expect(await found(member, { ...mine, search: 'epreuve', countries: ['LA'], corridors: ['ph_global'] })).toEqual([
    'Filtered',
  ]);
  expect(await found(member, { ...mine, evidence: ['EVALUATION'], statuses: ['PUBLISHED'] })).toEqual(['Filtered']);
  for (const other of [
    { countries: ['PH'] },
    { channels: ['radio'] },
    { audiences: ['employer'] },
    { owners: [member.actorId] },
    { evidence: ['TESTIMONY'] },
    { statuses: ['DRAFT'] },
    { objectiveLevels: ['awareness'] },
  ])
    expect(await found(member, { ...mine, ...other })).toEqual([]);
});
