import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { fixedClock } from '../../platform/clock.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { type Answer, type Client, type TestHub, testHub } from '../support/hub.ts';
import { type Result, idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';
import { suggestingWorld } from '../support/suggesting.ts';

/** 2027-03-01T00:00Z. */
const clock = fixedClock(1_803_859_200_000);
let hub: TestHub;
let coordinator: Client;
let editor: Client;
let stranger: Client;
let observer: Client;
let actorId: string;

beforeAll(async () => {
  hub = await testHub({ clock });
  actorId = await hub.actor({ name: 'Example Youth Channel', basedIn: ['PH'] });
  coordinator = await hub.as('coordinator');
  editor = await hub.as('editor', actorId);
  stranger = await hub.as('editor', await hub.actor({ name: 'Example Stranger' }));
  observer = await hub.as('observer');
});
afterAll(() => hub.close());

interface Given {
  readonly because: string | null;
  readonly reasons: readonly { readonly code: string; readonly values: readonly string[] }[];
  readonly section: {
    readonly id: string;
    readonly title: string;
    readonly step: { readonly code: string };
    readonly channels: readonly { readonly code: string }[];
    readonly audiences: readonly { readonly code: string }[];
  };
}
interface Page {
  readonly guidance: {
    readonly totalCount: number;
    readonly nodes: readonly Given[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}
const GUIDANCE = `query ($for: ID, $filter: GuidanceFilter, $first: Int = 100, $after: String) {
  guidance(for: $for, filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage }
    nodes { because reasons { code values } section { id title step { code } channels { code } audiences { code } } }
  }
}`;
const ask = async (client: Client, variables: object = {}): Promise<Page['guidance']> =>
  (await client.query<Page>(GUIDANCE, { ...variables })).guidance;
const titles = (page: Page['guidance']): string[] => page.nodes.map(({ section }) => section.title);

const TIKTOK = {
  phase: 'message_design',
  footprint: {
    days: { start: '2027-05-01', end: '2027-05-31' },
    places: ['PH'],
    audiences: ['youth_15_24'],
    themes: ['scam_centre_forced_criminality'],
    channels: ['tiktok'],
  },
};
const plan = (input: object, client = editor): Promise<string> =>
  idOf(mutate(client, 'planCampaign', { name: 'Example campaign', ...input }));

/** Sends one mutation of the library and selects the section and every problem. */
async function edit(client: Client, name: string, input: object, fields = ''): Promise<Result> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename
      ... on GuidanceSection { id version ${fields} }
      ... on Problem { code message } ... on InvalidInput { issues { path message } } ... on StaleVersion { expected stored } } }`,
    { input },
  );
  return result;
}
const SECTION = {
  step: 'developing_messages',
  title: 'Say it in Cebuano',
  text: 'Ask **two** people from the place to say it before you print it.',
  source: "The hub's editors",
};

describe('the library', () => {
  test('lists every section by step of the handbook and title, to whoever has a key, without reasons', async () => {
    const page = await ask(observer);
    expect(page.totalCount).toBeGreaterThan(40);
    expect(page.nodes.every(({ because, reasons }) => because === null && reasons.length === 0)).toBe(true);
    const steps = page.nodes.map(({ section }) => section.step.code);
    expect([...new Set(steps)]).toEqual([
      ...['getting_started', 'objectives', 'audience'],
      ...['developing_messages', 'disseminating_messages', 'monitoring'],
    ]);
    const started = page.nodes
      .filter(({ section }) => section.step.code === 'getting_started')
      .map((one) => one.section.title);
    expect(started).toEqual([...started].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  });

  test('is found by step, phase, role, audience, theme, channel and language', async () => {
    const radio = await ask(observer, { filter: { channels: ['RADIO'], steps: ['disseminating_messages'] } });
    expect(radio.nodes.length).toBeGreaterThan(1);
    expect(
      radio.nodes.every(
        ({ section }) =>
          section.step.code === 'disseminating_messages' && section.channels.some(({ code }) => code === 'radio'),
      ),
    ).toBe(true);
    const fishers = await ask(observer, { filter: { audiences: ['fisher'] } });
    expect(titles(fishers)).toEqual(['Fishers: go to the harbour between trips']);
    const oral = await ask(observer, { filter: { languages: ['rhg'] } });
    expect(titles(oral)).toContain('Rohingya and Chittagonian: make it for the ear');
    for (const filter of [{ roles: ['RETURN'] }, { phases: ['pre_testing'] }, { themes: ['climate_mobility'] }])
      expect((await ask(observer, { filter })).totalCount).toBeGreaterThan(0);
  });

  test('is searched in title and text, whatever case and accents', async () => {
    expect(titles(await ask(observer, { filter: { search: 'HÁRBOUR master' } }))).toEqual([
      'Fishers: go to the harbour between trips',
    ]);
    expect((await ask(observer, { filter: { search: 'no such words' } })).totalCount).toBe(0);
  });

  test('refuses a code that does not exist and names the nearest', async () => {
    const answer = await observer.send(GUIDANCE, { filter: { channels: ['tiktak'] } });
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(answer.errors?.[0]?.message).toContain('tiktok');
  });

  test('is paged without loss, and one statement a page', async () => {
    const all = titles(await ask(observer));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page['guidance'] = await ask(observer, { first: 40, after });
      seen.push(...titles(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all);
    expect(await statementsDuring(() => ask(observer, { first: 40 }))).toHaveLength(1);
  });

  test('shows a section by its id', async () => {
    const [first] = (await ask(observer, { first: 1 })).nodes;
    const { node } = await observer.query<{ node: unknown }>(
      `query ($id: ID!) { node(id: $id) { __typename ... on GuidanceSection { title language roles source reviewedOn retired } } }`,
      { id: first?.section.id },
    );
    expect(node).toMatchObject({ __typename: 'GuidanceSection', language: 'en', retired: false });
  });
});

describe('for a campaign', () => {
  test('what speaks of its phase, audience, channel and theme comes first, and says why', async () => {
    const campaign = await plan(TIKTOK);
    const page = await ask(editor, { for: campaign });
    expect(page.totalCount).toBeGreaterThan(20);
    const [best] = page.nodes;
    expect(best?.because).toMatch(/^Because this campaign .+\.$/);
    const video = page.nodes.find(({ section }) => section.title.startsWith('TikTok'));
    expect(video?.because).toBe('Because this campaign reaches people through TikTok.');
    expect(video?.reasons).toEqual([{ code: 'CHANNEL', values: ['tiktok'] }]);
    const young = page.nodes.find(({ section }) => section.title.startsWith('Let young people'));
    expect(young?.because).toBe('Because this campaign speaks to young people.');
    expect(page.nodes.some(({ reasons }) => reasons.some(({ code }) => code === 'PHASE'))).toBe(true);
    expect(new Set(page.nodes.slice(0, 8).map(({ section }) => section.step.code)).size).toBe(6);
    expect(page.nodes.slice(0, 8).filter(({ section }) => section.step.code === 'developing_messages')).toHaveLength(3);
  });

  test('what is about other people or other channels is not given', async () => {
    const page = await ask(editor, { for: await plan(TIKTOK) });
    const about = (list: 'audiences' | 'channels', code: string): boolean =>
      page.nodes.every(({ section }) => section[list].length === 0 || section[list].some((one) => one.code === code));
    expect(about('channels', 'tiktok')).toBe(true);
    expect(about('audiences', 'youth_15_24')).toBe(true);
    expect(titles(page)).not.toContain('Fishers: go to the harbour between trips');
  });

  test('in Rohingya, audio is asked for', async () => {
    const campaign = await plan({
      phase: 'message_design',
      footprint: { ...TIKTOK.footprint, places: ['BD'], channels: ['radio'], languages: ['rhg'] },
    });
    const page = await ask(editor, { for: campaign });
    expect(titles(page).slice(0, 3)).toContain('Rohingya and Chittagonian: make it for the ear');
  });

  test('a filter narrows what is ranked, and pages go on where they were', async () => {
    const campaign = await plan(TIKTOK);
    const all = await ask(editor, { for: campaign, filter: { steps: ['monitoring'] } });
    expect(all.nodes.every(({ section }) => section.step.code === 'monitoring')).toBe(true);
    const first = await ask(editor, { for: campaign, filter: { steps: ['monitoring'] }, first: 2 });
    const second = await ask(editor, {
      for: campaign,
      filter: { steps: ['monitoring'] },
      first: 100,
      after: first.pageInfo.endCursor,
    });
    expect([...titles(first), ...titles(second)]).toEqual(titles(all));
    const elsewhere = await editor.send(GUIDANCE, {
      for: await plan(TIKTOK),
      filter: { steps: ['monitoring'] },
      after: first.pageInfo.endCursor,
    });
    expect(elsewhere.errors?.[0]?.message).toContain('cursor');
  });

  test('the number of statements does not grow with the library or the page', async () => {
    const campaign = await plan(TIKTOK);
    await ask(editor, { for: campaign });
    // The campaign; the library, the vocabulary's version; the page.
    expect(await statementsDuring(() => ask(editor, { for: campaign }))).toHaveLength(4);
    expect(await statementsDuring(() => ask(editor, { for: campaign, first: 1 }))).toHaveLength(4);
  });

  test('one that says nothing of itself gets what holds for all, and is told what it leaves open', async () => {
    const page = await ask(editor, { for: await plan({ name: 'Example silent' }) });
    const codes = page.nodes.map(({ reasons }) => reasons[0]?.code);
    expect(codes).toContain('GENERAL');
    expect(codes).toContain('NOT_STATED');
    const unsaid = page.nodes.find(({ section }) => section.title.startsWith('TikTok'));
    expect(unsaid?.because).toBe('It may help: this campaign does not say which channels it uses.');
    expect(unsaid?.reasons).toEqual([{ code: 'NOT_STATED', values: ['CHANNEL'] }]);
  });
});

describe('for others', () => {
  test('an entry takes the phase of its campaign, a programme has none', async () => {
    const campaign = await plan(TIKTOK);
    const entry = await idOf(
      mutate(editor, 'addCalendarEntry', {
        name: 'Example shoot',
        campaign,
        footprint: { days: { start: '2027-05-02' } },
      }),
    );
    const reasonsOf = (page: Page['guidance']): string[] =>
      page.nodes.flatMap(({ reasons }) => reasons.map(({ code }) => code));
    expect(reasonsOf(await ask(editor, { for: entry }))).toContain('PHASE');
    const programme = await idOf(
      mutate(editor, 'registerProgramme', { name: 'Example programme', footprint: { channels: ['hotline'] } }),
    );
    const page = await ask(editor, { for: programme });
    expect(reasonsOf(page)).not.toContain('PHASE');
    expect(page.nodes[0]?.because).toContain('this programme');
  });

  test('an actor gets what fits its kind, where it is based, and what it does as far as the viewer sees it', async () => {
    const id = await hub.actor({ name: 'Example Ministry', kind: 'state_national', basedIn: ['AU'] });
    const own = await hub.as('editor', id);
    const forAll = await ask(stranger, { for: id });
    const destination = forAll.nodes.find(({ section }) => section.title.startsWith('Destination countries'));
    expect(destination?.because).toBe(
      'Because this actor works in a country of destination and is a national state body.',
    );
    const footprint = { places: ['AU'], channels: ['tv'], days: { start: '2027-05-01' } };
    await plan({ name: 'Example hidden', footprint, release: { visibility: 'RESTRICTED' } }, own);
    expect(await ask(stranger, { for: id })).toEqual(forAll);
    await plan({ name: 'Example shown', footprint }, own);
    const television = (await ask(stranger, { for: id })).nodes.find(({ section }) =>
      section.title.startsWith('Television'),
    );
    expect(television?.because).toBe('Because this actor reaches people through television.');
  });

  test('a suggestion gets what fits those whom it brings together', async () => {
    const footprint = {
      days: { start: '2027-05-01', end: '2027-05-31' },
      corridors: ['rohingya_andaman'],
      audiences: ['refugee_in_camp'],
      themes: ['people_smuggling'],
    };
    for (const place of ['BD', 'TH'])
      await plan({ footprint: { ...footprint, places: [place] } }, await hub.as('editor', await hub.actor()));
    const world = await suggestingWorld({ database: hub.database, clock, randomness: seededRandomness('guidance') });
    await world.settleAll();
    await world.close();
    const { suggestions } = await coordinator.query<{ suggestions: { nodes: { id: string }[] } }>(
      `{ suggestions(first: 1, filter: { corridor: "rohingya_andaman" }) { nodes { id } } }`,
    );
    const page = await ask(coordinator, { for: suggestions.nodes[0]?.id });
    const camps = page.nodes.find(({ section }) => section.title.startsWith('In camps'));
    expect(camps?.because).toBe('Because this suggestion speaks to refugees in camps.');
    expect(page.nodes.some(({ because }) => because?.includes('this suggestion is still an idea'))).toBe(true);
  });
});

describe('what the viewer does not see', () => {
  const message = (answer: Answer): string => answer.errors?.[0]?.message ?? '';

  test('is answered as what does not exist', async () => {
    const hidden = await plan({ ...TIKTOK, release: { visibility: 'RESTRICTED' } });
    const nowhere = `${hidden.slice(0, -4)}0000`;
    const refused = await stranger.send(GUIDANCE, { for: hidden });
    const missing = await stranger.send(GUIDANCE, { for: nowhere });
    expect(refused.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(message(refused).replace(hidden, 'ID')).toBe(message(missing).replace(nowhere, 'ID'));
    expect(message(await stranger.send(GUIDANCE, { for: 'nonsense' }))).toContain('nonsense');
    expect(message(await stranger.send(GUIDANCE, { for: 'trm_theme:people_smuggling' }))).toContain('no record');
  });

  test('and whoever sees a restricted campaign is noted to have read it', async () => {
    const hidden = await plan({
      ...TIKTOK,
      release: { visibility: 'RESTRICTED' },
      namedReaders: [await keyOf(editor)],
    });
    await ask(editor, { for: hidden });
    const noted = await withClient(hub.database.adminUrl, (client) =>
      client.query(`select from app.audit where action = 'restricted.read' and subject_id = $1`, [hidden]),
    );
    expect(noted.rowCount).toBeGreaterThan(0);
  });
});

async function keyOf(client: Client): Promise<string> {
  const { apiKeys } = await client.query<{ apiKeys: { nodes: { id: string }[] } }>(
    `{ apiKeys(first: 1) { nodes { id } } }`,
  );
  const [key] = apiKeys.nodes;
  if (!key) throw new Error('a key');
  return key.id;
}

describe('editing', () => {
  test('a coordinator adds a section, once for one intention, and it is listed, searched and audited', async () => {
    const input = {
      ...SECTION,
      audiences: ['Fisher'],
      languages: ['ceb-PH'],
      roles: ['ORIGIN'],
      clientMutationKey: 'cebuano',
    };
    const added = await edit(
      coordinator,
      'addGuidance',
      input,
      'audiences { code } languages { code } roles reviewedOn reviewDueOn',
    );
    expect(added).toMatchObject({
      __typename: 'GuidanceSection',
      version: 1,
      audiences: [{ code: 'fisher' }],
      languages: [{ code: 'ceb' }],
      roles: ['ORIGIN'],
      reviewedOn: '2027-03-01',
      reviewDueOn: '2028-02-29',
    });
    expect(await edit(coordinator, 'addGuidance', input)).toMatchObject({ id: added['id'] });
    expect(titles(await ask(observer, { filter: { search: 'cebuano' } }))).toEqual(['Say it in Cebuano']);
    const audited = await withClient(hub.database.adminUrl, (client) =>
      client.query(`select action, detail from app.audit where subject_id = $1`, [added['id']]),
    );
    expect(audited.rows).toEqual([{ action: 'guidance.added', detail: {} }]);
  });

  test('every version is kept with who, when and why, the latest first', async () => {
    const { id } = await edit(coordinator, 'addGuidance', { ...SECTION, title: 'Example versions' });
    const again = await hub.as('coordinator');
    clock.advance(60_000);
    const revised = await edit(
      again,
      'reviseGuidance',
      { id, expectedVersion: 1, reason: 'Tagalog too', title: 'Example versions, changed', phases: ['pre_testing'] },
      'title text phases { code } reason versions { totalCount nodes { version title reason changedAt changedBy phases { code } retired } }',
    );
    expect(revised).toMatchObject({
      version: 2,
      title: 'Example versions, changed',
      text: SECTION.text,
      reason: 'Tagalog too',
    });
    const versions = revised['versions'] as { nodes: Record<string, unknown>[] };
    expect(versions).toMatchObject({
      totalCount: 2,
      nodes: [
        { version: 2, title: 'Example versions, changed', reason: 'Tagalog too', phases: [{ code: 'pre_testing' }] },
        { version: 1, title: 'Example versions', reason: 'Added.', phases: [], retired: false },
      ],
    });
    const [later, earlier] = versions.nodes;
    expect(later?.['changedBy']).toMatch(/^key_/);
    expect(later?.['changedBy']).not.toBe(earlier?.['changedBy']);
    expect(Date.parse(String(later?.['changedAt']))).toBe(Date.parse(String(earlier?.['changedAt'])) + 60_000);
  });

  test('what the caller has not read is not overwritten', async () => {
    const { id } = await edit(coordinator, 'addGuidance', { ...SECTION, title: 'Example stale' });
    await edit(coordinator, 'reviseGuidance', { id, expectedVersion: 1, reason: 'first', title: 'Example first' });
    const late = await edit(coordinator, 'reviseGuidance', {
      id,
      expectedVersion: 1,
      reason: 'late',
      title: 'Example late',
    });
    expect(late).toMatchObject({ __typename: 'StaleVersion', expected: 1, stored: 2 });
    const missing = await edit(coordinator, 'retireGuidance', {
      id: 'gui_0000000000000000000000',
      expectedVersion: 1,
      reason: 'x',
    });
    expect(missing['__typename']).toBe('NotFound');
  });

  test('a retired section is given for nothing and listed only to whoever asks, until it is restored', async () => {
    const { id } = await edit(coordinator, 'addGuidance', {
      ...SECTION,
      title: 'Example retired',
      channels: ['tiktok'],
    });
    const campaign = await plan(TIKTOK);
    expect(titles(await ask(editor, { for: campaign }))).toContain('Example retired');
    await edit(coordinator, 'retireGuidance', { id, expectedVersion: 1, reason: 'outdated' });
    expect(titles(await ask(editor, { for: campaign }))).not.toContain('Example retired');
    expect(titles(await ask(editor))).not.toContain('Example retired');
    expect(titles(await ask(editor, { filter: { retired: true } }))).toEqual(['Example retired']);
    expect(await edit(coordinator, 'retireGuidance', { id, expectedVersion: 2, reason: 'again' })).toMatchObject({
      __typename: 'Conflict',
    });
    const back = await edit(
      coordinator,
      'restoreGuidance',
      { id, expectedVersion: 2, reason: 'still true' },
      'retired',
    );
    expect(back).toMatchObject({ version: 3, retired: false });
    expect(titles(await ask(editor, { for: campaign }))).toContain('Example retired');
  });

  test('what is due for review is found, and a new review puts it off for a year', async () => {
    const { id } = await edit(coordinator, 'addGuidance', {
      ...SECTION,
      title: 'Example due',
      reviewedOn: '2026-02-01',
    });
    const due = (): Promise<string[]> => ask(coordinator, { filter: { reviewDueBefore: '2027-03-01' } }).then(titles);
    expect(await due()).toEqual(['Example due']);
    const reviewed = await edit(
      coordinator,
      'reviseGuidance',
      { id, expectedVersion: 1, reason: 'read again', reviewedOn: '2027-03-01' },
      'reviewDueOn',
    );
    expect(reviewed).toMatchObject({ reviewDueOn: '2028-02-29' });
    expect(await due()).toEqual([]);
  });

  test('every mistake is named at once, and nothing is kept', async () => {
    const before = (await ask(observer)).totalCount;
    const refused = await edit(coordinator, 'addGuidance', {
      ...SECTION,
      step: 'monitorin',
      themes: ['smuggling'],
      languages: ['xx-nonsense-language'],
      reviewedOn: '2027-03-02',
      reviewDueOn: '2027-03-01',
    });
    const issues = refused['issues'] as { path: string }[];
    expect(issues.map(({ path }) => path)).toEqual([
      ...['input.step', 'input.themes[0]', 'input.languages[0]', 'input.reviewedOn', 'input.reviewDueOn'],
    ]);
    const unlinked = await edit(coordinator, 'addGuidance', { ...SECTION, sourceUrl: 'javascript:alert(1)' });
    expect(unlinked).toMatchObject({ issues: [{ path: 'input.sourceUrl' }] });
    expect((await ask(observer)).totalCount).toBe(before);
  });

  test('only coordinators edit, and the database would refuse others', async () => {
    const [first] = (await ask(editor, { first: 1 })).nodes;
    const target = { id: first?.section.id, expectedVersion: 1, reason: 'mine' };
    expect(await edit(editor, 'addGuidance', SECTION)).toMatchObject({ __typename: 'Forbidden' });
    for (const name of ['reviseGuidance', 'retireGuidance', 'restoreGuidance'])
      expect(await edit(editor, name, target)).toMatchObject({ __typename: 'Forbidden' });
    expect(await edit(observer, 'addGuidance', SECTION)).toMatchObject({ __typename: 'Forbidden' });
    const forced = await withClient(hub.database.appUrl, (client) =>
      client
        .query(`begin; set local app.role = 'editor'; set local app.key_id = 'key_x'; set local app.actor_id = 'act_x'`)
        .then(() => client.query(`update app.guidance_section set title = 'Forced'`)),
    );
    expect(forced.rowCount).toBe(0);
    const unsigned = withClient(hub.database.appUrl, (client) =>
      client
        .query(`begin; set local app.role = 'coordinator'; set local app.key_id = 'key_x'`)
        .then(() => client.query(`insert into app.guidance_version select * from app.guidance_version limit 1`)),
    );
    await expect(unsigned).rejects.toThrow();
    const nobody = await withClient(hub.database.appUrl, (client) => client.query('select from app.guidance_section'));
    expect(nobody.rowCount).toBe(0);
  });

  test('a section in several languages is read in the one asked for', async () => {
    const added = await edit(
      coordinator,
      'addGuidance',
      {
        ...SECTION,
        title: 'Example Tagalog',
        titles: [{ language: 'fil', text: 'Halimbawa' }],
        texts: [{ language: 'fil', text: 'Magtanong muna.' }],
      },
      'shown: title(language: "fil") other: title(language: "th") text(language: "fil") titles { language text }',
    );
    expect(added).toMatchObject({
      shown: 'Halimbawa',
      other: 'Example Tagalog',
      text: 'Magtanong muna.',
      titles: [{ language: 'fil', text: 'Halimbawa' }],
    });
    expect(titles(await ask(observer, { filter: { search: 'magtanong' } }))).toEqual(['Example Tagalog']);
  });
});
