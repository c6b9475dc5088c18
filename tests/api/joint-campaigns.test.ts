import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import type { Client } from '../support/hub.ts';
import {
  type JointMutation,
  mutateJoint,
  type SeenJoint,
  type SeenPart,
  seeJoint,
  seeJoints,
} from '../support/joint.ts';
import { idOf, mutate, type Result } from '../support/mutate.ts';
import { subscribeByEvents } from '../support/streams.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

/**
 * The life of one joint campaign, told in order. Bangladesh and Malaysia endorsed the suggestion and know each other; Thailand and
 * Indonesia are in it, did not answer, and are invited all the same. No actor is visible to another otherwise.
 */
let hub: WorkingHub;
const clients: Record<string, Client> = {};
const actors: Record<string, string> = {};
const campaigns: Record<string, string> = {};
let coordinator: Client;
let outsider: Client;
let suggestionId: string;
let version: number;
let positions: Record<string, number>;
let jointId: string;

const today = systemClock.today();
const day = (after: number): string => formatCalendarDate(epochDay(today + after));

const as = (letter: string): Client => {
  const client = clients[letter];
  if (!client) throw new Error(`no client ${letter}`);
  return client;
};

async function joint(letter: string): Promise<SeenJoint> {
  const seen = await seeJoint(as(letter), jointId);
  if (!seen) throw new Error(`${letter} does not see it`);
  return seen;
}

async function part(letter: string, of = letter): Promise<SeenPart> {
  const found = (await joint(letter)).parts.find(({ place }) => place.code === of);
  if (!found) throw new Error(`no part in ${of}`);
  return found;
}

/** Who is where, as somebody sees it: by country, the status and whether one knows whose it is. */
async function sights(letter: string): Promise<Record<string, string>> {
  const { parts } = await joint(letter);
  return Object.fromEntries(
    parts.map(({ place, status, actor }) => {
      if (actor !== null) expect(actor.id).toBe(actors[place.code]);
      return [place.code, `${status}${actor === null ? '' : ' known'}`];
    }),
  );
}

/** As the owner of the part in its country, with the version that it reads. */
async function asPart(letter: string, name: JointMutation, input: object = {}, fields = 'status'): Promise<Result> {
  const own = await part(letter);
  return mutateJoint(as(letter), name, { part: own.id, expectedVersion: own.version, ...input }, fields);
}

async function asLead(letter: string, name: JointMutation, input: object = {}): Promise<Result> {
  const { version: read } = await joint(letter);
  return mutateJoint(as(letter), name, { id: jointId, expectedVersion: read, ...input }, 'status');
}

/** All that somebody who takes no part could notice. */
const noticeable = (client: Client): Promise<unknown> =>
  client.query(`{
    jointCampaigns { totalCount nodes { id } }
    suggestions { totalCount nodes { id status version updatedAt score participants { position actor { id } disclosure } } }
    agreed: suggestions(filter: { statuses: [AGREED] }) { totalCount }
    actors { totalCount nodes { id updatedAt } }
    hub { counts { actors campaigns suggestions } }
    node(id: "${jointId}") { id }
  }`);

beforeAll(async () => {
  hub = await workingHub();
  coordinator = await hub.as('coordinator');
  const plan = async (place: string): Promise<void> => {
    const id = await hub.actor({ name: `Example ${place}` });
    actors[place] = id;
    const client = await hub.as('editor', id);
    clients[place] = client;
    const footprint = {
      days: { start: day(0), end: day(29) },
      places: [place],
      corridors: ['rohingya_andaman'],
      audiences: ['refugee_in_camp'],
      themes: ['people_smuggling'],
    };
    campaigns[place] = await idOf(mutate(client, 'planCampaign', { name: `Campaign ${place}`, footprint }));
  };
  for (const place of ['BD', 'MY', 'TH', 'ID']) await plan(place);
  outsider = await hub.as('editor', await hub.actor({ name: 'Example outsider' }));
  await hub.workers.quiet();
  await withClient(hub.database.adminUrl, async (client) => {
    await client.query(`update app.actor set visibility = 'partners'`);
    await client.query(`update app.campaign set visibility = 'partners'`);
  });
  const { suggestions } = await coordinator.query<{
    suggestions: {
      nodes: {
        id: string;
        version: number;
        kind: string;
        participants: { position: number; place: { code: string } }[];
      }[];
    };
  }>('{ suggestions { nodes { id version kind participants { position place { code } } } } }');
  const [found] = suggestions.nodes.filter(({ kind }) => kind === 'JOINT_CAMPAIGN');
  if (!found) throw new Error('nothing was suggested');
  ({ id: suggestionId, version } = found);
  positions = Object.fromEntries(found.participants.map(({ position, place }) => [place.code, position]));
});
afterAll(() => hub.close());

const start = (client: Client, input: object = {}): Promise<Result> =>
  mutateJoint(
    client,
    'startJointCampaign',
    { suggestion: suggestionId, expectedVersion: version, name: 'One voice on the Andaman Sea', ...input },
    'status',
  );

const endorse = (client: Client): Promise<unknown> =>
  client.query(`mutation ($input: AnswerSuggestionInput!) { endorseSuggestion(input: $input) { __typename } }`, {
    input: { id: suggestionId, expectedVersion: version },
  });

/** The kinds of what a client's inbox tells of joint campaigns. */
async function jointNews(client: Client): Promise<string[]> {
  const { notifications } = await client.query<{ notifications: { nodes: { kind: string }[] } }>(
    '{ notifications(first: 100, filter: { kinds: [INVITATION, APPROVAL_NEEDED] }) { nodes { kind subject { __typename } } } }',
  );
  // Coordinators are also told who waits to be vetted.
  return notifications.nodes.filter((node) => JSON.stringify(node).includes('JointCampaign')).map(({ kind }) => kind);
}

describe('beginning', () => {
  test('nobody begins what others have not agreed to', async () => {
    await endorse(as('BD'));
    await hub.workers.quiet();
    for (const client of [as('BD'), as('TH'), outsider])
      expect(await start(client)).toMatchObject({
        __typename: 'Conflict',
        message: expect.stringContaining('Nobody else is revealed') as string,
      });
    expect(await start(coordinator)).toMatchObject({ __typename: 'Forbidden' });
    expect(await start(await hub.as('viewer', actors['BD']))).toMatchObject({ __typename: 'Forbidden' });
    expect(await start(as('BD'), { suggestion: 'sug_none' })).toMatchObject({ __typename: 'NotFound' });
  });

  test('one of those who know each other begins it, a retry changes nothing, and another one finds it begun', async () => {
    await endorse(as('MY'));
    await hub.workers.quiet();
    expect(await start(as('BD'), { expectedVersion: version + 1 })).toMatchObject({ __typename: 'StaleVersion' });
    expect(await start(as('BD'), { lead: actors['TH'], alsoInvite: [99] })).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.lead' }, { path: 'input.alsoInvite' }],
    });
    const before = await Promise.all([coordinator, outsider].map(noticeable));
    const input = { alsoInvite: [positions['TH'], positions['ID']], clientMutationKey: 'begin', lead: actors['MY'] };
    jointId = await idOf(start(as('BD'), input));
    expect(await start(as('BD'), input)).toMatchObject({ id: jointId });
    expect(await start(as('MY'))).toMatchObject({
      __typename: 'Conflict',
      message: expect.stringContaining(jointId) as string,
    });
    await hub.workers.quiet();
    expect(await Promise.all([coordinator, outsider].map(noticeable))).toEqual(before);
    expect((await joint('BD')).suggestion).toEqual({ id: suggestionId, status: 'AGREED' });
    expect((await joint('TH')).suggestion).toEqual({ id: suggestionId, status: 'OPEN' });
  });

  test('each knows who invited it and who was revealed to it, nobody else', async () => {
    expect(await sights('BD')).toEqual({ BD: 'ACCEPTED known', MY: 'INVITED known', TH: 'INVITED', ID: 'INVITED' });
    expect(await sights('MY')).toEqual({ BD: 'ACCEPTED known', MY: 'INVITED known', TH: 'INVITED', ID: 'INVITED' });
    expect(await sights('TH')).toEqual({ BD: 'ACCEPTED known', MY: 'INVITED', TH: 'INVITED known', ID: 'INVITED' });
    const { parts, tasks, decisions } = await joint('TH');
    expect(parts.map(({ required }) => required)).toEqual(parts.map(({ place }) => ['BD', 'MY'].includes(place.code)));
    expect([tasks, decisions.nodes]).toEqual([[], []]);
    const invited = await as('TH').query('{ jointCampaigns(filter: { invited: true }) { totalCount } }');
    expect(invited).toEqual({ jointCampaigns: { totalCount: 1 } });
  });

  test('those who are invited find the invitation in their inbox, for as long as they have not answered', async () => {
    await hub.workers.quiet();
    expect(await Promise.all(['BD', 'MY', 'TH', 'ID'].map((place) => jointNews(as(place))))).toEqual([
      [],
      ['INVITATION'],
      ['INVITATION'],
      ['INVITATION'],
    ]);
    expect(await Promise.all([coordinator, outsider].map(jointNews))).toEqual([[], []]);
    const { notifications } = await as('TH').query<{ notifications: { nodes: { sentence: string }[] } }>(
      '{ notifications(filter: { kinds: [INVITATION] }) { nodes { sentence subject { __typename id } } } }',
    );
    expect(notifications.nodes).toEqual([
      {
        sentence: 'You are invited to take part in the joint campaign “One voice on the Andaman Sea”.',
        subject: { __typename: 'JointCampaign', id: jointId },
      },
    ]);
  });

  test('whoever is known to have a part is not invited again', async () => {
    const input = { participants: [positions['MY'], 99] };
    expect(await asLead('BD', 'inviteToJointCampaign', input)).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.participants[0]' }, { path: 'input.participants[1]' }],
    });
    expect(await asLead('MY', 'inviteToJointCampaign', { participants: [positions['ID']] })).toMatchObject({
      __typename: 'Forbidden',
    });
  });

  test('a refusal looks like silence to those who do not know who was asked', async () => {
    const before = await Promise.all(['BD', 'MY', 'TH'].map(joint));
    expect(
      await asPart(
        'ID',
        'respondToInvitation',
        { answer: 'DECLINE', reason: 'No staff.' },
        'status jointCampaign { id }',
      ),
    ).toMatchObject({
      status: 'DECLINED',
      jointCampaign: null,
    });
    await hub.workers.quiet();
    expect(await Promise.all(['BD', 'MY', 'TH'].map(joint))).toEqual(before);
    expect(await seeJoint(as('ID'), jointId)).toBeNull();
    expect(await jointNews(as('ID'))).toEqual([]);
    expect(await asLead('BD', 'inviteToJointCampaign', { participants: [positions['ID']] })).toMatchObject({
      status: 'PREPARING',
    });
    expect(await seeJoint(as('ID'), jointId)).toBeNull();
  });
});

describe('answering', () => {
  test('nobody answers for another', async () => {
    const theirs = await part('BD', 'MY');
    const input = { part: theirs.id, expectedVersion: 1, answer: 'ACCEPT' };
    expect(await mutateJoint(as('BD'), 'respondToInvitation', input)).toMatchObject({ __typename: 'Forbidden' });
    expect(await mutateJoint(as('TH'), 'respondToInvitation', input)).toMatchObject({ __typename: 'Forbidden' });
    expect(await mutateJoint(outsider, 'respondToInvitation', input)).toMatchObject({ __typename: 'NotFound' });
    expect(await mutateJoint(coordinator, 'respondToInvitation', input)).toMatchObject({ __typename: 'NotFound' });
  });

  test('who is invited may propose other dates without saying who it is', async () => {
    const days = { start: day(0), end: day(20) };
    expect(await asPart('TH', 'respondToInvitation', { answer: 'PROPOSE_DATES', days })).toMatchObject({
      status: 'INVITED',
    });
    const seen = await joint('BD');
    expect(seen.proposedDates).toMatchObject([{ part: { id: (await part('TH')).id }, days }]);
    expect(seen.decisions.nodes.at(-1)).toMatchObject({ code: 'DATES_PROPOSED', part: { actor: null } });
    expect((await joint('MY')).proposedDates).toEqual([]);
  });

  test('who accepts is known to all who did and knows them, keeps the dates in its own calendar, and is told of changes', async () => {
    const stream = await subscribeByEvents<{ jointCampaignChanged: { status: string } }>(
      hub.url,
      as('BD'),
      'subscription { jointCampaignChanged { status } }',
    );
    try {
      const { windowVersion } = await joint('MY');
      const confirm = { campaign: campaigns['MY'], windowVersion };
      expect(
        await asPart('MY', 'respondToInvitation', {
          answer: 'ACCEPT',
          confirm: { ...confirm, campaign: campaigns['BD'] },
        }),
      ).toMatchObject({
        __typename: 'NotFound',
      });
      const accepted = await asPart(
        'MY',
        'respondToInvitation',
        { answer: 'ACCEPT', languages: ['ms', 'rhg'], confirm },
        'status lead datesConfirmed entry { name status statedDays { start end } campaign { id } }',
      );
      expect(accepted).toMatchObject({
        status: 'ACCEPTED',
        lead: true,
        datesConfirmed: true,
        entry: {
          name: 'Campaign MY',
          status: 'TENTATIVE',
          statedDays: { start: day(0), end: day(29) },
          campaign: { id: campaigns['MY'] },
        },
      });
      expect(await stream.next()).toEqual({ jointCampaignChanged: { status: 'PREPARING' } });
    } finally {
      await stream.close();
    }
    expect(await asPart('TH', 'respondToInvitation', { answer: 'ACCEPT' })).toMatchObject({ status: 'ACCEPTED' });
    const everybody = { BD: 'ACCEPTED known', MY: 'ACCEPTED known', TH: 'ACCEPTED known', ID: 'INVITED' };
    for (const letter of ['BD', 'MY', 'TH']) expect(await sights(letter)).toEqual(everybody);
    expect(await sights('TH')).toEqual(everybody);
    // The entries of others are in calendars that one does not see.
    expect((await part('BD', 'MY')).entry).toBeNull();
    expect(await asPart('TH', 'respondToInvitation', { answer: 'DECLINE' })).toMatchObject({
      __typename: 'Conflict',
      message: expect.stringContaining('withdraw it') as string,
    });
  });
});

describe('preparing', () => {
  test('only the lead decides for all, and it moves no entry of others', async () => {
    const window = { start: day(0), end: day(20) };
    expect(await asLead('BD', 'reviseJointCampaign', { window })).toMatchObject({ __typename: 'Forbidden' });
    expect(await asLead('MY', 'reviseJointCampaign', { window: { start: day(3) } })).toMatchObject({
      __typename: 'InvalidInput',
    });
    const before = await part('MY');
    expect(await asLead('MY', 'reviseJointCampaign', { window, name: 'One voice' })).toMatchObject({
      status: 'PREPARING',
    });
    const seen = await joint('TH');
    expect(seen).toMatchObject({ window, windowVersion: 2, name: 'One voice' });
    expect((await part('MY')).entry).toEqual(before.entry);
    expect((await part('MY')).datesConfirmed).toBe(false);
    expect(await asPart('MY', 'confirmPartDates', { campaign: campaigns['MY'], windowVersion: 1 })).toMatchObject({
      __typename: 'StaleVersion',
    });
    for (const letter of ['BD', 'MY', 'TH'])
      expect(
        await asPart(
          letter,
          'confirmPartDates',
          { campaign: campaigns[letter], windowVersion: 2 },
          'datesConfirmed entry { id statedDays { start end } }',
        ),
      ).toMatchObject({ datesConfirmed: true, entry: { statedDays: window } });
    expect((await part('MY')).entry?.id).toBe(before.entry?.id);
  });

  test('each part has tasks by its role and phase, due around the window, which only its owner calls done', async () => {
    const { tasks } = await joint('BD');
    const own = await part('BD');
    const approval = tasks.find((task) => task.part.id === own.id && task.template === 'approval');
    expect(approval).toMatchObject({ status: 'OPEN', dueOn: day(-30), required: true });
    expect(tasks.filter((task) => task.part.id === own.id).map(({ template }) => template)).toContain(
      'origin_partners',
    );
    expect(tasks.filter((task) => task.part.id !== own.id).map(({ template }) => template)).not.toContain(
      'origin_partners',
    );
    const settle = (client: Client, state: string): Promise<Result> =>
      mutateJoint(client, 'settleJointTask', { id: approval?.id, expectedVersion: approval?.version, state }, 'status');
    expect(await settle(as('MY'), 'DONE')).toMatchObject({ __typename: 'Forbidden' });
    expect(await settle(as('BD'), 'OPEN')).toMatchObject({ __typename: 'Conflict' });
    for (const letter of ['BD', 'MY', 'TH']) {
      const mine = await part(letter);
      for (const task of (await joint(letter)).tasks.filter((one) => one.part.id === mine.id && one.required))
        expect(
          await mutateJoint(
            as(letter),
            'settleJointTask',
            { id: task.id, expectedVersion: task.version, state: 'DONE' },
            'status',
          ),
        ).toMatchObject({
          status: 'DONE',
        });
    }
    const added = {
      part: own.id,
      title: 'Print the posters.',
      phase: 'LAUNCH',
      dueFrom: 'END',
      dueAfterDays: -1,
      clientMutationKey: 'posters',
    };
    expect(await mutateJoint(as('TH'), 'addJointTask', added)).toMatchObject({ __typename: 'Forbidden' });
    const task = await idOf(mutateJoint(as('MY'), 'addJointTask', added, 'dueOn'));
    expect(await mutateJoint(as('MY'), 'addJointTask', added, 'dueOn')).toMatchObject({ id: task, dueOn: day(19) });
  });

  test('it is activated only when all required parts are ready, and the refusal says what is missing', async () => {
    expect(await asLead('MY', 'activateJointCampaign')).toMatchObject({
      __typename: 'Conflict',
      message: expect.stringContaining('BD (MESSAGES_NOT_APPROVED); MY (MESSAGES_NOT_APPROVED)') as string,
    });
    expect((await part('MY')).missing).toMatchObject([{ code: 'MESSAGES_NOT_APPROVED', values: ['ms', 'rhg'] }]);
    expect((await joint('MY')).readiness.map(({ place, ready }) => [place.code, ready])).toEqual([
      ['BD', false],
      ['MY', false],
    ]);
  });

  test('a message is proposed by one part and approved by another, for as long as it is valid', async () => {
    const role = (await part('MY')).role ?? 'TRANSIT';
    const draft = async (
      letter: string,
      perspective: string,
      language: string,
      validTo: string | null = null,
    ): Promise<Result> =>
      mutateJoint(
        as(letter),
        'draftJointMessage',
        {
          part: (await part(letter)).id,
          perspective,
          language,
          text: 'Boats that leave at night are not what they promise.',
          validTo,
        },
        'status stale',
      );
    const review = (letter: string, message: Result, verdict: string): Promise<Result> =>
      mutateJoint(
        as(letter),
        'reviewJointMessage',
        { id: message['id'], expectedVersion: message['version'], verdict },
        'status stale',
      );
    const malay = await draft('MY', role, 'ms-MY');
    expect(malay).toMatchObject({ status: 'PROPOSED' });
    expect(await review('MY', malay, 'APPROVE')).toMatchObject({ __typename: 'Forbidden' });
    const approved = await review('TH', malay, 'APPROVE');
    expect(approved).toMatchObject({ status: 'APPROVED' });
    expect(await review('BD', approved, 'APPROVE')).toMatchObject({ __typename: 'Conflict' });
    expect((await part('MY')).missing).toMatchObject([{ code: 'MESSAGES_NOT_APPROVED', values: ['rhg'] }]);

    const old = await draft('MY', role, 'rhg', day(-1));
    expect(await review('BD', old, 'APPROVE')).toMatchObject({ __typename: 'Conflict' });
    const renewed = await mutateJoint(
      as('MY'),
      'reviseJointMessage',
      { id: old['id'], expectedVersion: old['version'], validTo: day(0) },
      'status',
    );
    expect(await review('BD', renewed, 'APPROVE')).toMatchObject({ status: 'APPROVED', stale: false });
    expect((await part('MY')).status).toBe('READY');
    await withClient(hub.database.adminUrl, (client) =>
      client.query('update app.joint_message set valid_to = valid_to - 1'),
    );
    expect((await joint('BD')).messages).toContainEqual(
      expect.objectContaining({ id: old['id'], status: 'APPROVED', stale: true }),
    );
    expect((await part('MY')).status).toBe('ACCEPTED');
    await withClient(hub.database.adminUrl, (client) =>
      client.query('update app.joint_message set valid_to = valid_to + 9'),
    );

    const bengali = await draft('BD', (await part('BD')).role ?? 'ORIGIN', 'bn');
    await review('MY', bengali, 'APPROVE');
    expect((await joint('BD')).readiness).toMatchObject([
      { place: { code: 'BD' }, ready: true, missing: [] },
      { place: { code: 'MY' }, ready: true },
    ]);
  });
});

describe('being active', () => {
  test('what is active is published by each for itself', async () => {
    expect(await asLead('MY', 'activateJointCampaign')).toMatchObject({ status: 'ACTIVE' });
    expect(await asLead('MY', 'activateJointCampaign')).toMatchObject({
      __typename: 'Conflict',
      message:
        'It is ACTIVE: you cannot activate it. What you can do now: revise it, take the lead, complete it, cancel it, record what came of it.',
    });
    expect((await part('BD')).entry).toMatchObject({ status: 'TENTATIVE' });
    await asPart('BD', 'confirmPartDates', { campaign: campaigns['BD'], windowVersion: 2 });
    expect((await part('BD')).entry).toMatchObject({ status: 'CONFIRMED' });
  });

  test('an entry is shown to the others as its owner shows it, and what is restricted stays so', async () => {
    const show = (visibility: string): Promise<unknown> =>
      withClient(hub.database.adminUrl, async (client) => {
        const actor = visibility === 'members' ? 'members' : 'partners';
        await client.query('update app.actor set visibility = $1 where id = $2', [actor, actors['BD']]);
        for (const table of ['campaign', 'calendar_entry'])
          await client.query(`update app.${table} set visibility = $1 where owner_id = $2`, [visibility, actors['BD']]);
      });
    const { entry } = await part('BD');
    await show('members');
    expect((await part('TH', 'BD')).entry).toMatchObject({ id: entry?.id, status: 'CONFIRMED' });
    await show('restricted');
    for (const letter of ['TH', 'BD']) expect((await part(letter, 'BD')).entry).toBeNull();
    await show('partners');
    expect((await part('TH', 'BD')).entry).toBeNull();
    expect((await part('BD')).entry).toMatchObject({ id: entry?.id });
  });

  test('coordinators see it only while all that take part share it with them', async () => {
    const share = (letter: string, sharesWithCoordinators: boolean): Promise<Result> =>
      asPart(letter, 'reviseJointPart', { sharesWithCoordinators });
    await share('BD', true);
    await share('MY', true);
    expect(await seeJoints(coordinator)).toEqual({ totalCount: 0, nodes: [] });
    await share('TH', true);
    const seen = await seeJoint(coordinator, jointId);
    expect(seen).toMatchObject({ id: jointId, sharedWithCoordinators: true, suggestion: { status: 'OPEN' } });
    expect(seen?.parts.map(({ actor }) => actor?.id ?? null)).toEqual(
      (await joint('BD')).parts.map(({ actor }) => actor?.id ?? null),
    );
    expect(await mutateJoint(coordinator, 'cancelJointCampaign', { id: jointId, expectedVersion: 1 })).toMatchObject({
      __typename: 'Forbidden',
    });
    await share('TH', false);
    expect(await seeJoint(coordinator, jointId)).toBeNull();
    expect(await seeJoints(await hub.as('observer', actors['BD']))).toEqual({ totalCount: 0, nodes: [] });
    expect((await seeJoints(await hub.as('viewer', actors['BD']))).nodes.map(({ id }) => id)).toEqual([jointId]);
  });

  test('a suspended actor is hidden from the others at once', async () => {
    const vet = (vetting: string): Promise<unknown> =>
      withClient(hub.database.adminUrl, (client) =>
        client.query('update app.actor set vetting = $1 where id = $2', [vetting, actors['TH']]),
      );
    await vet('suspended');
    expect(await sights('BD')).toMatchObject({ TH: 'INVITED', MY: 'READY known' });
    await vet('verified');
    expect(await sights('BD')).toMatchObject({ TH: 'ACCEPTED known' });
  });

  test('who withdraws takes its entry along, is shown no more, and leaves the lead to the next', async () => {
    const { entry } = await part('MY');
    expect(await asPart('MY', 'withdrawFromJointCampaign', {}, 'status entry { id status }')).toMatchObject({
      status: 'WITHDRAWN',
      entry: { id: entry?.id, status: 'CANCELLED' },
    });
    expect(await seeJoint(as('MY'), jointId)).toBeNull();
    // Revealed by the suggestion, it was invited; having withdrawn, it is neither.
    expect(await sights('BD')).toMatchObject({ MY: 'INVITED' });
    expect(await part('BD')).toMatchObject({ lead: true });
    const { decisions } = await joint('TH');
    expect(decisions.nodes.at(-1)).toMatchObject({ code: 'WITHDRAWN', part: { actor: null } });
  });
});

describe('the end', () => {
  const said = {
    achieved: 'Fewer boats left.',
    learnt: 'Radio first.',
    reached: 1_200,
    evidence: ['https://example.org/report'],
  };

  test('what came of it is recorded when it is over, and published when all agree', async () => {
    expect(await mutateJoint(as('BD'), 'recordOutcome', { jointCampaign: jointId, ...said })).toMatchObject({
      __typename: 'Conflict',
    });
    expect(await asLead('TH', 'completeJointCampaign')).toMatchObject({ __typename: 'Forbidden' });
    expect(await asLead('BD', 'completeJointCampaign')).toMatchObject({ status: 'COMPLETED' });
    const fields = 'iConsent publishable achieved';
    const outcome = await mutateJoint(as('BD'), 'recordOutcome', { jointCampaign: jointId, ...said }, fields);
    expect(outcome).toMatchObject({ iConsent: true, publishable: false, version: 1 });
    const consent = (letter: string, expectedVersion: number, publish = true): Promise<Result> =>
      mutateJoint(as(letter), 'consentToOutcome', { id: outcome['id'], expectedVersion, publish }, fields);
    expect(await consent('TH', 1)).toMatchObject({ iConsent: true, publishable: true });
    const corrected = { jointCampaign: jointId, ...said, achieved: 'Far fewer boats left.' };
    expect(await mutateJoint(as('BD'), 'recordOutcome', corrected)).toMatchObject({ __typename: 'StaleVersion' });
    expect(await mutateJoint(as('BD'), 'recordOutcome', { ...corrected, expectedVersion: 1 }, fields)).toMatchObject({
      version: 2,
      publishable: false,
      achieved: 'Far fewer boats left.',
    });
    expect(await consent('TH', 1)).toMatchObject({ __typename: 'StaleVersion' });
    expect(await consent('TH', 2)).toMatchObject({ publishable: true });
    expect(await consent('TH', 2, false)).toMatchObject({ iConsent: false, publishable: false });
    expect(
      await mutateJoint(as('MY'), 'consentToOutcome', { id: outcome['id'], expectedVersion: 2, publish: true }),
    ).toMatchObject({
      __typename: 'NotFound',
    });
  });

  test('what all agree to becomes a case study of whoever recorded it, once, and tells not who took part', async () => {
    const { outcomes } = await joint('BD');
    const [outcome] = outcomes;
    const study = {
      outcome: outcome?.id,
      expectedVersion: 2,
      title: 'Example of speaking together',
      summary: 'Several countries spoke on the same days.',
      done: 'Radio and meetings.',
      channels: ['radio'],
    };
    const fields = `status title achieved conditions places { code } corridors { code } themes { code } audiences { code }
      channels { code } owner { id }`;
    const publish = (client: Client, input: object = {}): Promise<Result> =>
      mutateJoint(client, 'publishAsCaseStudy', { ...study, ...input }, fields);
    expect(await publish(as('BD'))).toMatchObject({
      __typename: 'Conflict',
      message: expect.stringContaining('Not all who take part agree') as string,
    });
    const input = { id: outcome?.id, expectedVersion: 2, publish: true };
    expect(await mutateJoint(as('TH'), 'consentToOutcome', input)).toMatchObject({ __typename: 'JointOutcome' });
    expect(await publish(as('TH'))).toMatchObject({ __typename: 'Forbidden' });
    expect(await publish(outsider)).toMatchObject({ __typename: 'NotFound' });
    expect(await publish(as('BD'), { expectedVersion: 1 })).toMatchObject({ __typename: 'StaleVersion' });
    expect(await publish(await hub.as('planner', actors['BD']))).toMatchObject({ __typename: 'Forbidden' });
    const show = (visibility: string): Promise<unknown> =>
      withClient(hub.database.adminUrl, (client) =>
        client.query('update app.actor set visibility = $1 where id = $2', [visibility, actors['BD']]),
      );
    await show('partners');
    expect(await publish(as('BD'))).toMatchObject({
      __typename: 'Conflict',
      message: expect.stringContaining('make the actor visible to MEMBERS first') as string,
    });
    await show('members');
    expect(await publish(as('BD'), { channels: ['smoke_signals'] })).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.channels[0]' }],
    });
    const none = await outsider.query<{ caseStudies: object }>('{ caseStudies { totalCount } }');
    expect(none.caseStudies).toEqual({ totalCount: 0 });
    const published = await publish(as('BD'), { clientMutationKey: 'publish' });
    expect(published).toMatchObject({
      status: 'PUBLISHED',
      achieved: 'Far fewer boats left.',
      conditions: 'Radio first.',
      places: [{ code: 'BD' }, { code: 'TH' }],
      corridors: [{ code: 'rohingya_andaman' }],
      themes: [{ code: 'people_smuggling' }],
      audiences: [{ code: 'refugee_in_camp' }],
      channels: [{ code: 'radio' }],
      owner: { id: actors['BD'] },
    });
    expect(await publish(as('BD'), { clientMutationKey: 'publish' })).toMatchObject({ id: published['id'] });
    expect(await publish(as('BD'))).toMatchObject({
      __typename: 'Conflict',
      message: expect.stringContaining(String(published['id'])) as string,
    });
    expect((await joint('TH')).decisions.nodes.at(-1)).toMatchObject({ code: 'PUBLISHED' });
    const seen = await outsider.query<{ caseStudies: { nodes: object[] } }>(
      '{ caseStudies { nodes { id title summary done achieved conditions } } }',
    );
    expect(seen.caseStudies.nodes).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('One voice');
  });

  test('nothing was told to those who took no part', async () => {
    expect(await noticeable(outsider)).toMatchObject({
      jointCampaigns: { totalCount: 0 },
      agreed: { totalCount: 0 },
      node: null,
    });
    expect(await noticeable(coordinator)).toMatchObject({
      jointCampaigns: { totalCount: 0 },
      agreed: { totalCount: 0 },
      node: null,
    });
  });

  test('the log says in order what was decided', async () => {
    const codes = (await joint('BD')).decisions.nodes.map(({ code }) => code);
    expect(codes.slice(0, 4)).toEqual(['STARTED', 'INVITED', 'DATES_PROPOSED', 'ACCEPTED']);
    expect(codes).toContain('ACTIVATED');
    expect(codes.filter((code) => code === 'ACCEPTED')).toHaveLength(2);
  });

  test('an actor that is merged into another takes part as that one', async () => {
    const survivor = await hub.actor({ name: 'Example TH, the same' });
    const { services } = hub.app;
    const merged = await services.actors.merge(HUB_VIEWER, { survivor, duplicate: actors['TH'], expectedVersion: 2 });
    expect(merged).toMatchObject({ kind: 'saved' });
    const seen = (await joint('BD')).parts.find(({ place }) => place.code === 'TH');
    expect([seen?.status, seen?.actor?.id]).toEqual(['ACCEPTED', survivor]);
    expect(
      (await seeJoint(await hub.as('editor', survivor), jointId))?.parts.filter(({ actor }) => actor),
    ).toHaveLength(2);
  });
});
