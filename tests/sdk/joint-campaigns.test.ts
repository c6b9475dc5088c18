import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Concord, type JointCampaign, type JointPart, type Suggestion } from '@concord/client-sdk';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

let hub: WorkingHub;
let bangladesh: Concord;
let malaysia: Concord;
let coordinator: Concord;

const day = (after: number): string => formatCalendarDate(epochDay(systemClock.today() + after));
const window = { start: day(0), end: day(29) };

beforeAll(async () => {
  hub = await workingHub();
  const planIn = async (place: string): Promise<Concord> => {
    const { key } = await hub.as('editor', await hub.actor({ name: `Example ${place}` }));
    const client = new Concord({ url: hub.url, apiKey: key });
    await client.campaigns.plan({
      name: `Campaign ${place}`,
      footprint: {
        days: window,
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
  coordinator = new Concord({ url: hub.url, apiKey: (await hub.as('coordinator')).key });
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

  /** The joint campaign and the own part in it, as somebody reads them now. */
  async function read(client: Concord): Promise<{ joint: JointCampaign; part: JointPart }> {
    const seen = await client.jointCampaigns.get(joint.id);
    const part = seen?.parts.find(({ mine }) => mine);
    if (!seen || !part) throw new Error('it is not seen');
    return { joint: seen, part };
  }

  async function confirm(client: Concord): Promise<JointPart> {
    const { part, joint: seen } = await read(client);
    const { actor } = await client.viewer();
    const [campaign] = await client.campaigns.list({ filter: { owners: [actor?.id ?? ''] } }).all();
    return client.jointCampaigns.confirmDates(part, {
      campaign: campaign?.id ?? '',
      windowVersion: seen.windowVersion,
    });
  }

  test('answer for their own part, or would rather have other dates', async () => {
    const days = { start: day(1), end: day(20) };
    await malaysia.jointCampaigns.respond((await read(malaysia)).part, { answer: 'PROPOSE_DATES', days });
    expect(await bangladesh.jointCampaigns.proposedDates(joint.id)).toMatchObject([{ days }]);
    const { part } = await read(malaysia);
    const accepted = await malaysia.jointCampaigns.respond(part, { answer: 'ACCEPT', languages: ['ms'] });
    expect(accepted).toMatchObject({ status: 'ACCEPTED', languages: ['ms'], missing: expect.any(Array) as unknown });
    const theirs = (await bangladesh.jointCampaigns.get(joint.id))?.parts.find(({ mine }) => !mine);
    expect(theirs?.version).toBeNull();
    const notTheirs = await bangladesh.jointCampaigns.tryRespond({ id: part.id, version: null }, { answer: 'DECLINE' });
    expect(notTheirs).toMatchObject({ __typename: 'Forbidden' });
  });

  test('prepare: dates, tasks, and messages that another reviews', async () => {
    const { id, version } = (await read(bangladesh)).joint;
    const moved = await bangladesh.jointCampaigns.revise({
      id,
      expectedVersion: version,
      window: { start: day(0), end: day(20) },
    });
    expect(moved).toMatchObject({ windowVersion: 2 });
    for (const client of [bangladesh, malaysia]) {
      expect(await confirm(client)).toMatchObject({
        datesConfirmed: true,
        entry: { id: expect.any(String) as unknown },
      });
      const { part } = await read(client);
      for (const task of await client.jointCampaigns.tasks.of(id)) {
        if (task.part?.id !== part.id || !task.required) continue;
        expect(await client.jointCampaigns.tasks.settle(task, 'DONE')).toMatchObject({ status: 'DONE' });
      }
    }
    const { part } = await read(malaysia);
    const posters = { part: part.id, title: 'Print the posters.', phase: 'LAUNCH', dueAfterDays: -1 } as const;
    expect(await malaysia.jointCampaigns.tasks.add(posters)).toMatchObject({ dueOn: day(-1), required: false });

    const { messages } = malaysia.jointCampaigns;
    const draft = await messages.draft({
      part: part.id,
      perspective: part.role ?? 'TRANSIT',
      language: 'ms',
      text: 'Boats that leave at night are not what they promise.',
    });
    const review = { verdict: 'RETURN', note: 'Say which boats.' } as const;
    const returned = await bangladesh.jointCampaigns.messages.review(draft, review);
    expect(returned).toMatchObject({ status: 'RETURNED', reviewNote: 'Say which boats.' });
    const revised = await messages.revise({
      id: draft.id,
      expectedVersion: returned.version,
      text: 'Night boats sink.',
    });
    const approved = await bangladesh.jointCampaigns.messages.review(revised, { verdict: 'APPROVE' });
    const second = await messages.draft({ part: part.id, perspective: 'TRANSIT', language: 'en', text: 'Ask first.' });
    expect(await messages.withdraw(second)).toMatchObject({ status: 'WITHDRAWN' });
    expect(await messages.of(id)).toContainEqual(approved);

    const own = (await read(bangladesh)).part;
    const inBengali = await bangladesh.jointCampaigns.messages.draft({
      part: own.id,
      perspective: own.role ?? 'ORIGIN',
      language: 'bn',
      text: 'Ask before you go.',
    });
    await messages.review(inBengali, { verdict: 'APPROVE' });
    expect((await read(malaysia)).joint.readiness).toMatchObject([{ ready: true }, { ready: true }]);
  });

  test('are active together, show it to coordinators if all want to, and end it', async () => {
    const { joint: ready } = await read(bangladesh);
    expect(await malaysia.jointCampaigns.tryActivate(ready)).toMatchObject({ __typename: 'Forbidden' });
    expect(await malaysia.jointCampaigns.tryTakeLead(ready)).toMatchObject({ __typename: 'Conflict' });
    expect(await bangladesh.jointCampaigns.activate(ready)).toMatchObject({ status: 'ACTIVE' });
    for (const client of [bangladesh, malaysia]) {
      const { part } = await read(client);
      await client.jointCampaigns.revisePart(part, { sharesWithCoordinators: true, contribution: 'Radio.' });
    }
    expect(await coordinator.jointCampaigns.get(joint.id)).toMatchObject({
      status: 'ACTIVE',
      sharedWithCoordinators: true,
      parts: [{ contribution: 'Radio.' }, { contribution: 'Radio.' }],
    });
    const completed = await bangladesh.jointCampaigns.complete((await read(bangladesh)).joint);
    expect(completed.status).toBe('COMPLETED');
    const decisions = await malaysia.jointCampaigns.decisions(joint.id, { first: 5 }).all();
    expect(decisions.map(({ number }) => number)).toEqual(decisions.map((_, index) => index + 1));
    expect(decisions.map(({ code }) => code)).toContain('COMPLETED');
    expect(await coordinator.jointCampaigns.decisions('jnt_none').all()).toEqual([]);
  });

  test('tell what came of it, and others may learn from it when all agree', async () => {
    const recorded = await bangladesh.jointCampaigns.outcomes.record({
      jointCampaign: joint.id,
      achieved: 'Fewer boats.',
    });
    const study = {
      title: 'Speaking together',
      summary: 'Two countries, the same days.',
      done: 'Radio.',
      channels: ['radio'],
    };
    const tooEarly = await bangladesh.jointCampaigns.outcomes.tryPublish(recorded, study);
    expect(tooEarly).toMatchObject({ __typename: 'Conflict' });
    const agreed = await malaysia.jointCampaigns.outcomes.consent(recorded, true);
    expect(agreed).toMatchObject({ iConsent: true, publishable: true });
    expect(await malaysia.jointCampaigns.outcomes.of(joint.id)).toEqual([agreed]);
    const published = await bangladesh.jointCampaigns.outcomes.publish(recorded, study);
    expect(await malaysia.caseStudies.get(published.id)).toMatchObject({ achieved: 'Fewer boats.' });
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

  test('is told how suggestions are ranked, which coordinators can begin anew', async () => {
    const { id } = await suggestedTo(bangladesh);
    const before = await bangladesh.suggestions.ranking(id);
    if (!before) throw new Error('it is not seen');
    expect(await bangladesh.suggestions.tryResetRanking(before)).toMatchObject({ code: 'FORBIDDEN' });
    const reset = await coordinator.suggestions.resetRanking(before);
    expect(reset.ranking).toMatchObject({ factor: 1, since: expect.any(String) as unknown });
    expect((await coordinator.suggestions.restoreRanking(reset)).ranking.since).toBeNull();
    expect(await coordinator.suggestions.ranking('sug_none')).toBeNull();
  });
});
