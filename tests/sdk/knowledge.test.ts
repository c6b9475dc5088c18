import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Concord } from '@concord/client-sdk';
import { type TestHub, testHub } from '../support/hub.ts';

let hub: TestHub;
let ngo: Concord;
let ngoId: string;
let ministry: Concord;
let coordinator: Concord;

beforeAll(async () => {
  hub = await testHub();
  ngoId = await hub.actor({ name: 'Example Coast Radio', basedIn: ['BD'], visibility: 'public' });
  ngo = await clientOf('editor', ngoId);
  ministry = await clientOf('planner', await hub.actor({ kind: 'state_national', name: 'Example Ministry' }));
  coordinator = await clientOf('coordinator');
});
afterAll(() => hub.close());

async function clientOf(role: 'editor' | 'planner' | 'coordinator', actorId?: string): Promise<Concord> {
  return new Concord({ url: hub.url, apiKey: (await hub.as(role, actorId)).key });
}

describe('a case study', () => {
  test('is drafted, shown, recommended, read with everything it says, and taken back', async () => {
    const draft = await ngo.caseStudies.draft({ title: 'Theatre in villages', audiences: ['prospective_migrant'] });
    expect(draft).toMatchObject({ status: 'DRAFT', version: 1, owner: { id: ngoId } });
    expect(await ministry.caseStudies.get(draft.id)).toBeNull();
    expect(await ngo.caseStudies.tryPublish(draft)).toMatchObject({ code: 'CONFLICT' });

    const told = await ngo.caseStudies.revise({
      id: draft.id,
      expectedVersion: draft.version,
      summary: 'Plays that return with a second act.',
      done: 'Twelve plays, each followed by a talk.',
      achieved: 'Nine of ten could name the hotline.',
      conditions: 'A stage of any kind.',
      themes: ['people_smuggling'],
      channels: ['radio'],
      corridors: ['rohingya_andaman'],
      evidence: [{ kind: 'EVALUATION', statement: 'Nine of ten.', source: 'Example evaluation' }],
    });
    const published = await ngo.caseStudies.publish(told);
    expect(published).toMatchObject({ status: 'PUBLISHED', publishedAt: expect.any(String) as unknown });
    expect(await ngo.caseStudies.tryPublish(told)).toMatchObject({ __typename: 'StaleVersion' });

    const featured = await coordinator.caseStudies.feature(published, true);
    const filter = { corridors: ['rohingya_andaman'], featured: true };
    expect(await ministry.caseStudies.list({ filter, orderBy: { field: 'TITLE' } }).all()).toEqual([featured]);
    expect(await ministry.caseStudies.get(draft.id)).toMatchObject({
      done: 'Twelve plays, each followed by a talk.',
      conditions: 'A stage of any kind.',
      evidence: [{ kind: 'EVALUATION', statement: 'Nine of ten.', link: null }],
    });
    expect(await ngo.caseStudies.withdraw(featured)).toMatchObject({ status: 'WITHDRAWN' });
    expect(await ministry.caseStudies.get(draft.id)).toBeNull();
  });
});

describe('an insight', () => {
  test('of an actor counts once coordinators confirm it, until it is withdrawn for a reason', async () => {
    const word = await ngo.insights.register({
      kind: 'INFORMATION_WAY',
      audience: 'prospective_migrant',
      statement: 'Many listen to the radio',
      source: 'Example survey',
      publishedOn: '2026-06-01',
      places: ['BD'],
      channels: [{ channel: 'radio', weight: 0.6 }],
    });
    expect(word).toMatchObject({
      registeredBy: { id: ngoId },
      channels: [{ weight: 0.6, channel: { code: 'radio' } }],
    });
    const revised = await ngo.insights.revise({
      id: word.id,
      expectedVersion: 1,
      statement: 'Most listen to the radio',
    });
    expect(await ministry.insights.tryConfirm(revised)).toMatchObject({ code: 'FORBIDDEN' });
    const confirmed = await coordinator.insights.confirm(revised);
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', statement: 'Most listen to the radio' });
    const ofCountry = ministry.insights.list({ filter: { country: 'BD', kinds: ['INFORMATION_WAY'] } });
    expect((await ofCountry.all()).map(({ id }) => id)).toContain(word.id);
    const withdrawn = await coordinator.insights.withdraw(confirmed, { reason: 'The survey was of another place.' });
    expect(withdrawn.status).toBe('WITHDRAWN');
    expect(await ngo.insights.get(word.id)).toEqual(withdrawn);
  });
});

describe('what actors offer', () => {
  test('are resources, until they are ended', async () => {
    const made = await ngo.commitments.register({
      kind: 'STAFF',
      description: 'Two reporters',
      themes: ['people_smuggling'],
    });
    const revised = await ngo.commitments.revise({ id: made.id, expectedVersion: 1, quantity: 20, unit: 'hours' });
    expect(await ngo.commitments.get(made.id)).toEqual(revised);
    const ofActor = { filter: { actors: [ngoId], current: true } };
    expect(await ngo.commitments.list(ofActor).all()).toEqual([revised]);
    expect((await ngo.commitments.end(revised)).endedAt).not.toBeNull();
    expect(await ngo.commitments.list(ofActor).all()).toEqual([]);
  });

  test('are contributions to what the Bali Process does', async () => {
    const declared = await ngo.interests.declare({ topic: 'CONVENING', offers: 'A hall for sixty.' });
    const revised = await ngo.interests.revise({ id: declared.id, expectedVersion: 1, languages: ['bn'] });
    expect(await coordinator.interests.list({ filter: { topics: ['CONVENING'] } }).all()).toEqual([revised]);
    expect(await coordinator.interests.map()).toEqual([
      { topic: 'CONVENING', actors: 1, members: 0, observers: 0, country: { code: 'BD' } },
    ]);
    expect(await ngo.interests.withdraw(revised)).toMatchObject({ withdrawn: true });
    expect(await ngo.interests.get(declared.id)).toMatchObject({ withdrawn: true });
  });
});

describe('an observance', () => {
  test('is found among the days that matter, in whichever way they are known', async () => {
    const recorded = await ngo.observances.record({
      name: 'Council election',
      kind: 'ELECTION',
      days: { start: '2027-05-03', end: '2027-05-04' },
      countries: ['BD'],
      source: 'The gazette',
    });
    const { id } = recorded;
    const revised = await ngo.observances.revise({ id, expectedVersion: 1, estimated: true });
    const known = await ministry.observances.between('2027-05-01', '2027-05-31', { countries: ['BD'] });
    expect(known).toContainEqual(
      expect.objectContaining({ name: 'Council election', estimated: true, observance: { id, version: 2 } }),
    );
    const kinds = await ministry.observances.between('2027-01-01', '2027-12-31', { kinds: ['INTERNATIONAL_DAY'] });
    expect(new Set(kinds.map(({ kind, observance }) => [kind, observance].join()))).toEqual(
      new Set(['INTERNATIONAL_DAY,']),
    );
    await ngo.observances.withdraw(revised);
    expect(await ministry.observances.get(id)).toMatchObject({ withdrawn: true });
  });
});

describe('the library', () => {
  test('is kept by coordinators, for a reason each time', async () => {
    const section = {
      title: 'Say it in Cebuano',
      text: 'Fishers talk on the quay.',
      step: 'messages',
      source: 'Example',
    };
    expect(await ngo.guidance.tryAdd(section)).toMatchObject({ code: 'FORBIDDEN' });
    const [known] = (await ngo.guidance.list({ first: 1 }).page()).nodes;
    const step = known?.section.step.code ?? '';
    const added = await coordinator.guidance.add({ ...section, step });
    const revised = await coordinator.guidance.revise({
      id: added.id,
      expectedVersion: 1,
      reason: 'Shorter',
      text: 'Talk on the quay.',
    });
    expect(await ngo.guidance.get(added.id)).toEqual(revised);
    const retired = await coordinator.guidance.retire(revised, 'Out of date');
    const search = { filter: { search: 'cebuano' } };
    expect(await ngo.guidance.list(search).all()).toEqual([]);
    const restored = await coordinator.guidance.restore(retired, 'Still right');
    expect(await ngo.guidance.list(search).all()).toMatchObject([{ section: restored }]);
  });
});

describe('whoever plans', () => {
  test('sees who does what where, what is covered, and how much there is', async () => {
    const days = { start: '2027-01-01', end: '2027-12-31' };
    const footprint = { days, places: ['BD'], audiences: ['student'], themes: ['child_protection'] };
    await ngo.campaigns.plan({ name: 'At schools', footprint });
    const matrix = await ministry.whoDoesWhatWhere('THEME', 'COUNTRY', {
      filter: { between: days, countries: ['BD'] },
    });
    expect(matrix.cells).toEqual([
      expect.objectContaining({
        row: 'child_protection',
        column: 'BD',
        campaigns: 1,
        owners: [expect.objectContaining({ id: ngoId })],
      }),
    ]);
    expect(matrix.total).toEqual({ actors: 1, programmes: 0, campaigns: 1, entries: 0 });
    const covered = await ministry.coverage({ country: 'BD' }, { by: 'THEME', quarters: 8 });
    expect(covered[0]).toMatchObject({ term: { code: 'child_protection' }, campaigns: 1, others: false });
    expect(await ministry.presence(['rohingya_andaman'])).toEqual([]);
    const status = await ministry.status();
    expect(status).toMatchObject({
      counts: { campaigns: 1 },
      queueDepth: null,
      version: expect.any(String) as unknown,
    });
  });
});
