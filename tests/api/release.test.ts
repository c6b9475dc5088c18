import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { coordinatorInPerson, issued } from '../support/access.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';

let hub: TestHub;
let owner: Client;
let member: Client;
let pending: Client;
let coordinator: Client;
let ownerId: string;
let memberId: string;

const SHELTER = {
  days: { start: '2027-03-10', end: '2027-03-20' },
  places: ['BD-13'],
  themes: ['people_smuggling'],
  audiences: ['prospective_migrant'],
};

beforeAll(async () => {
  hub = await testHub();
  ownerId = await hub.actor({ name: 'Example Owner', kind: 'national_ngo' });
  memberId = await hub.actor({ name: 'Example Member', kind: 'state_national', basedIn: ['MY'] });
  const stranger = savedId(
    await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Pending', kind: 'national_ngo' }),
  );
  [owner, member, pending, coordinator] = [
    await hub.as('editor', ownerId),
    await hub.as('editor', memberId),
    await hub.as('editor', stranger),
    await hub.as('coordinator'),
  ];
});
afterAll(() => hub.close());

const REGISTER = `mutation ($input: RegisterProgrammeInput!) { registerProgramme(input: $input) {
  __typename ... on Programme { id release { visibility matching placePrecision } footprint { places { code } } excluded }
  ... on Problem { message } } }`;
const READ = `query ($id: ID!) { node(id: $id) { ... on Programme { name footprint { places { code } } release { visibility } excluded owner { id } } } }`;

interface Registered {
  readonly id: string;
  readonly release: Record<string, string>;
  readonly footprint: { readonly places: readonly { readonly code: string }[] };
}

async function register(fields: Record<string, unknown>): Promise<Registered> {
  const answer = await owner.query<{ registerProgramme: Registered }>(REGISTER, {
    input: { name: 'Example programme', footprint: SHELTER, ...fields },
  });
  return answer.registerProgramme;
}

const seenBy = async (client: Client, id: string): Promise<unknown> =>
  (await client.query<{ node: unknown }>(READ, { id })).node;
const placesSeenBy = async (client: Client, id: string): Promise<string[]> => {
  const node = (await seenBy(client, id)) as Registered;
  return node.footprint.places.map(({ code }) => code);
};

describe('by itself', () => {
  test('a national NGO shows its programme to members, at the division it is in, and to nobody else', async () => {
    const { id, release, footprint } = await register({});
    expect(release).toEqual({ visibility: 'MEMBERS', matching: 'FULL', placePrecision: 'SUBDIVISION' });
    expect(footprint.places).toEqual([{ code: 'BD-13' }]);
    expect(await placesSeenBy(member, id)).toEqual(['BD-C']);
    expect(await placesSeenBy(coordinator, id)).toEqual(['BD-C']);
    expect(await seenBy(pending, id)).toBeNull();
  });

  test('its owner finds it by the district, others do not', async () => {
    const search = 'query { programmes(filter: { places: ["BD-13"], search: "Example district" }) { totalCount } }';
    await register({ name: 'Example district' });
    expect(await owner.query(search)).toEqual({ programmes: { totalCount: 1 } });
    // Whoever sees the division finds what lies in it by any of its districts, whichever it is.
    const elsewhere = search.replace('BD-13', 'BD-33');
    expect(await member.query(search)).toEqual(await member.query(elsewhere));
  });
});

describe('by decision', () => {
  test.each([
    ['PUBLIC', true, true],
    ['MEMBERS', true, false],
    ['PARTNERS', false, false],
    ['RESTRICTED', false, false],
  ])('what is %s is seen by members: %s, by those not vetted: %s', async (visibility, bySome, byAll) => {
    const id = savedId(
      await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Open', kind: 'media', visibility: 'public' }),
    );
    await hub.app.services.actors.verify(HUB_VIEWER, { id, expectedVersion: 1, evidence: 'for a test' });
    const open = await hub.as('editor', id);
    const { registerProgramme } = await open.query<{ registerProgramme: Registered }>(REGISTER, {
      input: { name: 'Example shown', release: { visibility } },
    });
    expect((await seenBy(open, registerProgramme.id)) !== null).toBe(true);
    expect((await seenBy(member, registerProgramme.id)) !== null).toBe(bySome);
    expect((await seenBy(pending, registerProgramme.id)) !== null).toBe(byAll);
    expect((await seenBy(coordinator, registerProgramme.id)) !== null).toBe(visibility !== 'RESTRICTED');
  });

  test('a programme is shared with one actor, with what is inside it, until the share ends', async () => {
    const { id } = await register({ release: { visibility: 'PARTNERS' } });
    const campaign = savedId(
      await hub.app.services.campaigns.plan(HUB_VIEWER, { owner: ownerId, programme: id, name: 'Example inside' }),
    );
    const inside = `query { node(id: "${campaign}") { id } }`;
    expect(await member.query(inside)).toEqual({ node: null });
    const share = await owner.query<{ shareProgramme: { id: string; version: number } }>(
      `mutation ($input: ShareProgrammeInput!) { shareProgramme(input: $input) { ... on Share { id version with { id } purpose } ... on Problem { message } } }`,
      { input: { programme: id, with: memberId, purpose: 'planning together', until: '2999-12-31' } },
    );
    expect(share.shareProgramme).toMatchObject({ with: { id: memberId }, purpose: 'planning together' });
    expect(await seenBy(member, id)).not.toBeNull();
    expect(await member.query(inside)).toEqual({ node: { id: campaign } });
    const { version } = share.shareProgramme;
    await owner.query(`mutation ($input: RevokeShareInput!) { revokeShare(input: $input) { __typename } }`, {
      input: { id: share.shareProgramme.id, expectedVersion: version },
    });
    expect(await seenBy(member, id)).toBeNull();
    expect(await member.query(inside)).toEqual({ node: null });
  });

  test('for whoever is excluded, by name, kind or country, it does not exist', async () => {
    for (const exclude of [{ actors: [memberId] }, { actorKinds: ['state_national'] }, { countries: ['MY'] }]) {
      const { id } = await register({ exclude });
      expect(await seenBy(member, id)).toBeNull();
      expect(await seenBy(coordinator, id)).not.toBeNull();
    }
  });

  test('a part is never more visible than the whole, and follows when the whole is narrowed', async () => {
    const { id } = await register({});
    const campaign = savedId(
      await hub.app.services.campaigns.plan(HUB_VIEWER, {
        owner: ownerId,
        programme: id,
        name: 'Example part',
        release: { visibility: 'public', placePrecision: 'exact' },
      }),
    );
    const read = `query { node(id: "${campaign}") { ... on Campaign { release { visibility placePrecision } footprint { places { code } } } } }`;
    expect(await member.query(read)).toEqual({
      node: {
        release: { visibility: 'MEMBERS', placePrecision: 'SUBDIVISION' },
        footprint: { places: [{ code: 'BD-C' }] },
      },
    });
    const narrow = `mutation ($input: ReviseProgrammeInput!) { reviseProgramme(input: $input) { __typename ... on Problem { message } } }`;
    const input = { id, expectedVersion: 1, release: { placePrecision: 'COUNTRY' } };
    expect(await owner.query(narrow, { input })).toEqual({ reviseProgramme: { __typename: 'Programme' } });
    expect(await member.query(read)).toMatchObject({ node: { footprint: { places: [{ code: 'BD' }] } } });
    expect(await owner.query(read)).toMatchObject({ node: { footprint: { places: [{ code: 'BD-13' }] } } });
  });

  test('coordinators change neither who sees a record nor where it is when that is not shown to them', async () => {
    const { id } = await register({});
    const revise = `mutation ($input: ReviseProgrammeInput!) { reviseProgramme(input: $input) { __typename ... on Problem { message } } }`;
    for (const change of [
      { release: { visibility: 'PUBLIC' } },
      { footprint: { places: ['MY'] } },
      { exclude: null },
    ]) {
      const answer = await coordinator.query<{ reviseProgramme: object }>(revise, {
        input: { id, expectedVersion: 1, ...change },
      });
      expect(answer.reviseProgramme).toMatchObject({ __typename: 'Forbidden' });
    }
    const named = await coordinator.query(revise, { input: { id, expectedVersion: 1, name: 'Example corrected' } });
    expect(named).toEqual({ reviseProgramme: { __typename: 'Programme' } });
    expect(await placesSeenBy(owner, id)).toEqual(['BD-13']);
  });

  test('a change that is refused leaves who sees the record as it was', async () => {
    const { id } = await register({});
    const revise = `mutation ($input: ReviseProgrammeInput!) { reviseProgramme(input: $input) { __typename } }`;
    for (const refused of [{ footprint: { places: ['no such place'] } }, { namedReaders: ['key_of_nobody'] }]) {
      const input = { id, expectedVersion: 1, exclude: { actors: [memberId] }, ...refused };
      expect(await owner.query(revise, { input })).toEqual({ reviseProgramme: { __typename: 'InvalidInput' } });
      expect(await seenBy(member, id)).not.toBeNull();
    }
  });
});

describe('a preview of how others see a record', () => {
  const PREVIEW = `query ($id: ID!, $as: PreviewAsInput!) { previewAs(id: $id, as: $as) { seen { name footprint { places { code } } } } }`;
  const preview = async (client: Client, id: string, as: Record<string, unknown>): Promise<unknown> =>
    (await client.query<{ previewAs: unknown }>(PREVIEW, { id, as })).previewAs;

  test('shows its owner what members, coordinators and single actors see', async () => {
    const { id } = await register({ exclude: { actors: [memberId] } });
    expect(await preview(owner, id, { eyes: 'ANYBODY' })).toEqual({ seen: null });
    const seen = { name: 'Example programme', footprint: { places: [{ code: 'BD-C' }] } };
    expect(await preview(owner, id, { eyes: 'ANY_MEMBER' })).toEqual({ seen });
    expect(await preview(owner, id, { eyes: 'COORDINATOR' })).toEqual({ seen });
    expect(await preview(owner, id, { actor: memberId })).toEqual({ seen: null });
  });

  test('is nobody’s of another’s record', async () => {
    const { id } = await register({});
    for (const client of [member, pending, coordinator]) {
      expect(await preview(client, id, { eyes: 'COORDINATOR' })).toBeNull();
    }
  });
});

describe('vetting', () => {
  const VERIFY = `mutation ($input: VerifyActorInput!) { verifyActor(input: $input) { ... on Actor { vetting version vettingDecisions { decision } } ... on Problem { code message } } }`;

  test('takes two coordinators for a diaspora association', async () => {
    const id = savedId(
      await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Diaspora', kind: 'diaspora_association' }),
    );
    const verify = (client: Client, expectedVersion: number): Promise<{ verifyActor: Record<string, unknown> }> =>
      client.query(VERIFY, { input: { id, expectedVersion, evidence: 'a call back' } });
    const first = await verify(coordinator, 1);
    expect(first.verifyActor).toMatchObject({ vetting: 'PENDING', vettingDecisions: [{ decision: 'VOUCHED' }] });
    const again = await verify(coordinator, Number(first.verifyActor['version']));
    expect(again.verifyActor).toMatchObject({ code: 'CONFLICT' });
    const second = await verify(await coordinatorInPerson(hub, 'second'), Number(first.verifyActor['version']));
    expect(second.verifyActor).toMatchObject({ vetting: 'VERIFIED' });
  });

  test('counts all keys that no person issued as one coordinator, whichever of them issued another', async () => {
    const id = savedId(await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Radio', kind: 'media' }));
    const verify = (client: Client): Promise<{ verifyActor: Record<string, unknown> }> =>
      client.query(VERIFY, { input: { id, expectedVersion: 2, evidence: 'a call back' } });
    await coordinator.query(VERIFY, { input: { id, expectedVersion: 1, evidence: 'a call back' } });
    const { id: keyId, text } = await issued(coordinator, { label: 'another of mine', role: 'COORDINATOR' });
    const { rows } = await withClient(hub.database.adminUrl, (client) =>
      client.query(`select by.role from app.api_key k join app.api_key by on by.id = k.issued_by where k.id = $1`, [
        keyId,
      ]),
    );
    expect(rows).toEqual([{ role: 'coordinator' }]);
    for (const client of [hub.present(text), await hub.as('coordinator')])
      expect((await verify(client)).verifyActor).toMatchObject({ code: 'CONFLICT' });
    expect((await verify(await coordinatorInPerson(hub, 'somebody'))).verifyActor).toMatchObject({
      vetting: 'VERIFIED',
    });
  });

  test('suspending an actor hides it and its records at once, and its keys open nothing', async () => {
    const id = await hub.actor({ name: 'Example Suspended', kind: 'national_ngo' });
    const theirs = await hub.as('editor', id);
    const { registerProgramme } = await theirs.query<{ registerProgramme: Registered }>(REGISTER, {
      input: { name: 'Example hidden at once' },
    });
    expect(await seenBy(member, registerProgramme.id)).not.toBeNull();
    await coordinator.query(
      `mutation ($input: SuspendActorInput!) { suspendActor(input: $input) { __typename ... on Problem { message } } }`,
      { input: { id, expectedVersion: 2, reason: 'for a test' } },
    );
    expect(await seenBy(member, registerProgramme.id)).toBeNull();
    expect(await member.query(`query { node(id: "${id}") { id } }`)).toEqual({ node: null });
    expect((await theirs.send('{ viewer { label } }')).status).toBe(401);
  });
});
