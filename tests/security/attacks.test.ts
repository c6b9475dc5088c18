import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { people } from '../support/access.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { type TestIssuer, testIssuer } from '../support/issuer.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';

/** Attacks that once worked, each tried again as its attacker would. */
let issuer: TestIssuer;
let hub: TestHub;
let owner: Client;
let curious: Client;
let coordinator: Client;
let ownerId: string;
let curiousId: string;

const FOOTPRINT = {
  days: { start: '2027-03-10', end: '2027-03-20' },
  places: ['BD-13'],
  themes: ['people_smuggling'],
  audiences: ['prospective_migrant'],
};

beforeAll(async () => {
  issuer = await testIssuer();
  hub = await testHub({ oidc: issuer.config });
  ownerId = await hub.actor({ kind: 'national_ngo', basedIn: ['BD'] });
  curiousId = await hub.actor({ kind: 'recruitment_agency', basedIn: ['MY'] });
  owner = await hub.as('editor', ownerId);
  curious = await hub.as('editor', curiousId);
  coordinator = await hub.as('coordinator');
});
afterAll(async () => {
  await hub.close();
  await issuer.close();
});

const seenBy = async (client: Client, id: string): Promise<unknown> =>
  (
    await client.query<{ node: unknown }>(
      `query ($id: ID!) { node(id: $id) { id ... on Programme { footprint { places { code } } } } }`,
      { id },
    )
  ).node;

async function reviseActor(client: Client, input: object): Promise<string> {
  const { reviseActor } = await client.query<{ reviseActor: { __typename: string } }>(
    `mutation ($input: ReviseActorInput!) { reviseActor(input: $input) { __typename ... on Problem { message } } }`,
    { input },
  );
  return reviseActor.__typename;
}

/** A programme of the owner's with a campaign and an entry inside. */
async function nest(fields: object = {}): Promise<{ programme: string; campaign: string; entry: string }> {
  const programme = await idOf(
    mutate(owner, 'registerProgramme', { name: 'Example whole', footprint: FOOTPRINT, ...fields }),
  );
  const campaign = await idOf(mutate(owner, 'planCampaign', { name: 'Example part', programme }));
  const entry = await idOf(
    mutate(owner, 'addCalendarEntry', {
      name: 'Example entry',
      campaign,
      kind: 'EVENT',
      footprint: { days: FOOTPRINT.days },
    }),
  );
  return { programme, campaign, entry };
}

describe('a curious member', () => {
  test('that a programme excludes sees nothing inside it either', async () => {
    const { programme, campaign, entry } = await nest({ exclude: { actors: [curiousId] } });
    for (const id of [programme, campaign, entry]) {
      expect(await seenBy(owner, id)).not.toBeNull();
      expect(await seenBy(curious, id)).toBeNull();
    }
  });

  test('finds nothing by the id of a programme that is hidden from it, even where a part of it shows', async () => {
    const { programme, campaign } = await nest();
    await withClient(hub.database.adminUrl, (client) =>
      client.query(`update app.programme set visibility = 'restricted' where id = '${programme}'`),
    );
    expect(await seenBy(curious, campaign)).not.toBeNull();
    const ask = 'query ($id: ID!) { campaigns(filter: { programmes: [$id] }) { totalCount } }';
    expect(await curious.query(ask, { id: programme })).toEqual({ campaigns: { totalCount: 0 } });
  });

  test('stays excluded when the owner is refused a change of who is', async () => {
    const { programme } = await nest({ exclude: { actors: [curiousId] } });
    for (const wrong of [{ footprint: { places: ['XX-99'] } }, { namedReaders: ['key_0000000000000000000000'] }]) {
      const input = { id: programme, expectedVersion: 1, exclude: null, ...wrong };
      expect(await mutate(owner, 'reviseProgramme', input)).toMatchObject({ __typename: 'InvalidInput' });
      expect(await seenBy(curious, programme)).toBeNull();
    }
  });

  test('does not become another kind of actor, based elsewhere, to escape an exclusion', async () => {
    const { programme } = await nest({ exclude: { actorKinds: ['recruitment_agency'], countries: ['MY'] } });
    const own = { id: curiousId, expectedVersion: 2 };
    expect(await reviseActor(curious, { ...own, kind: 'national_ngo' })).toBe('Forbidden');
    expect(await reviseActor(curious, { ...own, basedIn: ['TH'] })).toBe('Forbidden');
    expect(await reviseActor(curious, { ...own, baliProcessRole: 'MEMBER' })).toBe('Forbidden');
    expect(await seenBy(curious, programme)).toBeNull();
    expect(await reviseActor(curious, { ...own, kind: 'recruitment_agency', basedIn: ['MY'] })).toBe('Actor');
  });

  test('pays for each look at what others release, whichever part of a record it changes for it', async () => {
    const prober = await hub.as('editor', await hub.actor());
    const home = await idOf(mutate(prober, 'registerProgramme', { name: 'Example home', footprint: FOOTPRINT }));
    const campaign = await idOf(mutate(prober, 'planCampaign', { name: 'Example probe', programme: home }));
    const message = { text: 'Example', stance: 'deter', audiences: ['prospective_migrant'] };
    const changes = [{ messages: [message] }, { programme: null }, { release: { matching: 'COARSE' } }];
    for (const [index, change] of changes.entries())
      await idOf(mutate(prober, 'reviseCampaign', { id: campaign, expectedVersion: index + 1, ...change }));
    await idOf(mutate(prober, 'reviseCampaign', { id: campaign, expectedVersion: 4, name: 'Example renamed' }));
    const { rows } = await withClient(hub.database.adminUrl, (client) =>
      client.query('select used from app.probe_budget where party = $1', [prober.actorId]),
    );
    expect(rows).toEqual([{ used: 5 }]);
  });

  test('does not follow an actor that it entered once that actor has been vetted', async () => {
    const { entered } = await curious.query<{ entered: { id: string } }>(
      `mutation { entered: registerActor(input: { name: "Example entered", kind: "national_ngo", visibility: PARTNERS }) { ... on Actor { id } } }`,
    );
    expect(await seenBy(curious, entered.id)).not.toBeNull();
    await hub.app.services.actors.verify(HUB_VIEWER, { id: entered.id, expectedVersion: 1, evidence: 'for a test' });
    expect(await seenBy(curious, entered.id)).toBeNull();
  });
});

test('whoever may see a restricted programme works inside it, unseen by colleagues', async () => {
  const { programme, campaign, entry } = await nest({ release: { visibility: 'RESTRICTED' } });
  const colleague = await hub.as('editor', ownerId);
  for (const id of [programme, campaign, entry]) {
    expect(await seenBy(owner, id)).not.toBeNull();
    for (const other of [colleague, curious, coordinator]) expect(await seenBy(other, id)).toBeNull();
  }
});

test('a person with a token restricts a record to itself', async () => {
  const grant = { issuer: issuer.config.issuer, subject: 'officer', label: 'officer', role: 'EDITOR', actor: ownerId };
  await people(owner, 'grantMembership', grant);
  const officer = hub.present(await issuer.token('officer'));
  const id = await idOf(
    mutate(officer, 'registerProgramme', { name: 'Example own', release: { visibility: 'RESTRICTED' } }),
  );
  expect(await seenBy(officer, id)).not.toBeNull();
  expect(await seenBy(owner, id)).toBeNull();
});

describe('an insider', () => {
  const VERIFY = `mutation ($input: VerifyActorInput!) { verifyActor(input: $input) { __typename ... on Actor { vetting } } }`;

  test('is one coordinator, with a key beside the token too', async () => {
    const grant = { issuer: issuer.config.issuer, subject: 'insider', label: 'insider', role: 'COORDINATOR' };
    await people(coordinator, 'grantMembership', grant);
    const person = hub.present(await issuer.token('insider'));
    const { issueApiKey } = await person.query<{ issueApiKey: { text: string } }>(
      `mutation { issueApiKey(input: { label: "second", role: COORDINATOR }) { ... on IssuedApiKey { text } } }`,
    );
    const id = savedId(
      await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example posing', kind: 'diaspora_association' }),
    );
    const vouch = (client: Client, expectedVersion: number): Promise<unknown> =>
      client.query(VERIFY, { input: { id, expectedVersion, evidence: 'because I say so' } });
    expect(await vouch(person, 1)).toMatchObject({ verifyActor: { vetting: 'PENDING' } });
    expect(await vouch(hub.present(issueApiKey.text), 2)).toMatchObject({ verifyActor: { __typename: 'Conflict' } });
    expect(await vouch(coordinator, 2)).toMatchObject({ verifyActor: { vetting: 'VERIFIED' } });
  });

  test('who merges two actors takes from the one that is left nothing of what is its own', async () => {
    const [survivor, duplicate] = [await hub.actor(), await hub.actor()];
    const before = await hub.as('editor', duplicate);
    const place = await idOf(mutate(before, 'registerProgramme', { name: 'Example place', footprint: FOOTPRINT }));
    const restricted = await idOf(
      mutate(before, 'registerProgramme', { name: 'Example restricted', release: { visibility: 'RESTRICTED' } }),
    );
    const { programme } = await nest({ exclude: { actors: [duplicate] } });
    await coordinator.query(`mutation ($input: MergeActorsInput!) { mergeActors(input: $input) { __typename } }`, {
      input: { survivor, duplicate, expectedVersion: 2 },
    });
    const after = await hub.as('editor', survivor);
    expect(await seenBy(after, place)).toMatchObject({ footprint: { places: [{ code: 'BD-13' }] } });
    expect(await seenBy(before, restricted)).not.toBeNull();
    expect(await seenBy(after, programme)).toBeNull();
    const moved = mutate(after, 'reviseProgramme', { id: place, expectedVersion: 1, footprint: { places: ['BD-15'] } });
    expect(await moved).toMatchObject({ __typename: 'Programme' });
  });
});

describe('a bug of ours', () => {
  /** A statement on the login of requests, under an editor's context, as no service would send it. */
  const editorRuns = (actorId: string, statement: string): Promise<unknown> =>
    withClient(hub.database.appUrl, async (client) => {
      await client.query('begin');
      await client.query(
        `select set_config('app.key_id', 'key_x', true), set_config('app.role', 'editor', true), set_config('app.actor_id', $1, true)`,
        [actorId],
      );
      return (await client.query(statement)).rows;
    });

  test('gives nobody what another owns: not who hosts it either', async () => {
    const programme = await idOf(
      mutate(owner, 'registerProgramme', {
        name: 'Example host',
        partners: [{ actor: curiousId, role: 'IMPLEMENTING' }],
      }),
    );
    const guest = await idOf(mutate(curious, 'planCampaign', { name: 'Example guest', programme }));
    const steal = editorRuns(ownerId, `update app.campaign set owner_id = '${ownerId}' where id = '${guest}'`);
    await expect(steal).rejects.toThrow('only coordinators give a record to another owner');
  });

  test('lists nobody who is not vetted', async () => {
    const pending = savedId(
      await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example pending', kind: 'national_ngo' }),
    );
    const editor = await hub.as('editor', pending);
    const id = await idOf(mutate(editor, 'planCampaign', { name: 'Example unseen' }));
    await editorRuns(pending, `update app.campaign set owner_listed_until = 'infinity' where id = '${id}'; commit`);
    expect(await seenBy(curious, id)).toBeNull();
  });

  test('keeps nothing beside a record but what its owner says', async () => {
    const { programme } = await nest({ release: { placePrecision: 'EXACT' } });
    for (const beside of [
      `app.exact_place (subject_id, owner_id, places) values ('${programme}', '${curiousId}', '{TH}')`,
      `app.exclusion (subject_id, owner_id, mark) values ('${programme}', '${curiousId}', 'country:MY')`,
      `app.named_reader (subject_id, owner_id, key_id) values ('${programme}', '${curiousId}', 'key_x')`,
    ]) {
      await expect(editorRuns(curiousId, `insert into ${beside}; commit`)).rejects.toThrow('belongs to its owner');
    }
  });

  test('shares nothing for anybody but its owner', async () => {
    const programme = await idOf(
      mutate(owner, 'registerProgramme', { name: 'Example private', release: { visibility: 'PARTNERS' } }),
    );
    const share = editorRuns(
      curiousId,
      `insert into app.share (id, programme_id, owner_id, actor_id, purpose, until, created_at)
        values ('shr_x', '${programme}', '${curiousId}', '${ownerId}', 'to see it', '2999-12-31', now())`,
    );
    await expect(share).rejects.toThrow('row-level security');
  });
});
