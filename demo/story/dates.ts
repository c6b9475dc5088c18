import type { Cast } from './cast.ts';
import type { Begun } from './finding.ts';
import { type HubClient, expectThat } from './hub-client.ts';
import { type Joint, ofCountry, seeJoint } from './joint.ts';
import { type Chapter, type Stage, dayOf } from './stage.ts';

interface Proposal {
  readonly window: { readonly start: string; readonly end: string };
  readonly explanation: string;
  readonly tradeOffs: readonly { readonly code: string; readonly sentence: string }[];
}

export interface Moved {
  readonly against: readonly string[];
  readonly chosen: Proposal;
  readonly joint: Joint;
}

const WEEKS_TOGETHER = 3;

/** The lead finds Ramadan inside the window, moves the window off it, and each confirms it for its own part. */
export async function moveDates(
  stage: Stage,
  { teachers, malaysia, university }: Cast,
  begun: Begun & { readonly teachersCampaign: string; readonly joint: Joint; readonly suggestion: string },
): Promise<Chapter<Moved>> {
  const { joint, suggestion } = begun;
  const [asItIs] = await propose(malaysia, suggestion, joint.window);
  const against = (asItIs?.tradeOffs ?? [])
    .filter(({ code }) => code === 'INSIDE_OBSERVANCE')
    .map((one) => one.sentence);
  expectThat(against.length > 0, 'the hub tells of Ramadan inside the window');
  const between = { start: dayOf(stage, 40), end: dayOf(stage, 160) };
  const [chosen] = await propose(malaysia, suggestion, between, WEEKS_TOGETHER * 7);
  if (chosen === undefined) throw new Error('nothing was proposed');
  const { id, version } = await seeJoint(malaysia, joint.id);
  const window = { start: chosen.window.start, end: chosen.window.end };
  await malaysia.change('reviseJointCampaign', 'JointCampaign', { id, expectedVersion: version, window });
  const homes = [
    [malaysia, 'MY', begun.malaysianCampaign],
    [teachers, 'PH', begun.teachersCampaign],
    [university, 'ID', begun.indonesianCampaign],
  ] as const;
  for (const [who, country, campaign] of homes) {
    const seen = await seeJoint(who, id);
    const part = ofCountry(seen, country);
    const input = { part: part.id, expectedVersion: part.version, campaign, windowVersion: seen.windowVersion };
    await who.change('confirmPartDates', 'JointPart', input);
  }
  return {
    told: [
      `The hub warns of the dates: “${against.join(' ')}”`,
      `Malaysia asks for three weeks without a religious period; the best are: “${chosen.explanation}”`,
      'Malaysia, the lead, moves the window there. That moves nobody’s calendar: each confirms it for its own part.',
    ],
    found: { against, chosen, joint: await seeJoint(malaysia, id) },
  };
}

async function propose(
  who: HubClient,
  of: string,
  between: { readonly start: string; readonly end: string },
  lengthDays?: number,
): Promise<readonly Proposal[]> {
  const { start, end } = between;
  const avoid = lengthDays === undefined ? [] : ['RELIGIOUS_PERIOD'];
  const { proposeDates } = await who.ask<{ proposeDates: readonly Proposal[] }>(
    `query ($input: ProposeDatesInput!) {
      proposeDates(input: $input) { window { start end } explanation tradeOffs { code sentence } } }`,
    { input: { of, between: { start, end }, avoid, lengthDays: lengthDays ?? daysBetween(start, end) } },
  );
  return proposeDates;
}

/** Both included. */
function daysBetween(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 86_400_000 + 1;
}
