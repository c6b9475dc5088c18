import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Concord, type JointCampaign, type Suggestion } from '@concord/client-sdk';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

let hub: WorkingHub;
let bangladesh: Concord;
let malaysia: Concord;

beforeAll(async () => {
  hub = await workingHub();
  const planIn = async (place: string): Promise<Concord> => {
    const { key } = await hub.as('editor', await hub.actor({ name: `Example ${place}` }));
    const client = new Concord({ url: hub.url, apiKey: key });
    await client.campaigns.plan({
      name: `Campaign ${place}`,
      footprint: {
        days: { start: '2031-01-01', end: '2031-01-31' },
        places: [place],
        corridors: ['rohingya_andaman'],
        audiences: ['refugee_in_camp'],
        themes: ['people_smuggling'],
      },
    });
    return client;
  };
  bangladesh = await planIn('BD');
  malaysia = await planIn('MY');
  await hub.workers.quiet();
});
afterAll(() => hub.close());

async function suggestedTo(client: Concord): Promise<Suggestion> {
  const [found] = await client.suggestions.list({ filter: { kinds: ['JOINT_CAMPAIGN'], addressedToMe: true } }).all();
  if (!found) throw new Error('nothing was suggested');
  return found;
}

describe('two who agree', () => {
  let joint: JointCampaign;

  test('answer what they have read, and are revealed to each other', async () => {
    const read = await suggestedTo(bangladesh);
    expect(await bangladesh.suggestions.endorse(read)).toMatchObject({ myAnswer: { choice: 'ENDORSE' } });
    await malaysia.suggestions.endorse(await suggestedTo(malaysia));
    await hub.workers.quiet();
    expect(await suggestedTo(bangladesh)).toMatchObject({ status: 'AGREED' });
  });

  test('start a joint campaign, of which the other hears', async () => {
    const { changeToken } = await malaysia.jointCampaigns.list().page();
    const heard = malaysia.jointCampaigns.watch({ changedAfter: changeToken });
    const invitation = heard.next();
    const { id, version } = await suggestedTo(bangladesh);
    joint = await bangladesh.jointCampaigns.start({ suggestion: id, expectedVersion: version, name: 'One voice' });
    expect(joint).toMatchObject({ name: 'One voice', status: 'PREPARING' });
    expect((await invitation).value).toMatchObject({ id: joint.id });
    await heard.return();
    expect(await malaysia.jointCampaigns.list({ filter: { invited: true } }).all()).toHaveLength(1);
  });

  test('each answer for their own part', async () => {
    const own = (await malaysia.jointCampaigns.get(joint.id))?.parts.find(({ mine }) => mine);
    const part = await malaysia.jointCampaigns.respond({
      part: own?.id ?? '',
      expectedVersion: own?.version ?? 0,
      answer: 'ACCEPT',
      languages: ['ms'],
    });
    expect(part).toMatchObject({ status: 'ACCEPTED', languages: ['ms'], missing: expect.any(Array) as unknown });
    const { version = 0 } = (await bangladesh.jointCampaigns.get(joint.id)) ?? {};
    const tooEarly = await bangladesh.jointCampaigns.tryActivate({ id: joint.id, expectedVersion: version });
    expect(tooEarly).toMatchObject({ __typename: 'Conflict' });
    const cancelled = await bangladesh.jointCampaigns.cancel({ id: joint.id, expectedVersion: version });
    expect(cancelled.status).toBe('CANCELLED');
  });
});

describe('whoever plans', () => {
  test('asks for dates, gaps and the brief of a corridor', async () => {
    const between = { start: '2031-02-01', end: '2031-03-31' };
    const footprint = { places: ['BD'], themes: ['people_smuggling'] };
    const [best] = await bangladesh.proposeDates({ between, footprint, lengthDays: 7 });
    expect(best).toMatchObject({ window: { days: 7 }, explanation: expect.any(String) as unknown });
    const { nodes } = await bangladesh.gaps({ corridor: 'rohingya_andaman' }, { first: 3 }).page();
    expect(nodes[0]?.corridor.code).toBe('rohingya_andaman');
    expect((await bangladesh.brief('rohingya_andaman')).text).toContain('# ');
  });
});
