import { parseCalendarDate } from '../../engine/index.ts';
import type { Cast } from './cast.ts';
import { countriesOf, CORRIDOR } from './finding.ts';
import { type HubClient, until } from './hub-client.ts';
import { type Joint, ofCountry, seeJoint } from './joint.ts';
import { type Chapter, sayDays, type Stage } from './stage.ts';

/** Each does its tasks, a message is approved by another than who wrote it, and the lead activates. */
export async function prepare(
  { teachers, malaysia, university }: Cast,
  jointId: string,
): Promise<Chapter<{ status: string }>> {
  for (const [who, country] of [
    [malaysia, 'MY'],
    [teachers, 'PH'],
    [university, 'ID'],
  ] as const) {
    const joint = await seeJoint(who, jointId);
    const own = ofCountry(joint, country);
    for (const task of joint.tasks.filter(({ part, required }) => part.id === own.id && required)) {
      const input = { id: task.id, expectedVersion: task.version, state: 'DONE' };
      await who.change('settleJointTask', 'JointTask', input);
    }
  }
  const message = await teachers.change('draftJointMessage', 'JointMessage', {
    part: ofCountry(await seeJoint(teachers, jointId), 'PH').id,
    perspective: 'ORIGIN',
    language: 'en',
    text: 'Ask three people before you answer an offer abroad.',
  });
  const review = { id: message.id, expectedVersion: message.version, verdict: 'APPROVE' };
  await university.change('reviewJointMessage', 'JointMessage', review);
  const status = await moveAs(malaysia, 'activateJointCampaign', jointId);
  return {
    told: [
      'Each does its own tasks; the teachers write a message, and the university approves it.',
      `All parts are ready, and Malaysia activates it: the joint campaign is ${status}.`,
    ],
    found: { status },
  };
}

export interface Published {
  readonly refused: string;
  readonly caseStudy: string;
  readonly suggested: string;
  readonly countries: string;
}

/** When it is over, the NGO records what came of it; all agree, it becomes a case study, and is suggested where it could be replicated. */
export async function publish(stage: Stage, cast: Cast, joint: Joint): Promise<Chapter<Published>> {
  const { teachers, malaysia, university, graduates } = cast;
  await stage.advanceTo((parseCalendarDate(joint.window.end) ?? stage.ramadan) + 1);
  await moveAs(malaysia, 'completeJointCampaign', joint.id);
  const outcome = await teachers.change('recordOutcome', 'JointOutcome', {
    jointCampaign: joint.id,
    achieved: 'Example: one in four students who came asked the help line about an offer.',
    learnt: 'Example: pupils listen to pupils; let a class play the recruiter.',
    reached: 2_400,
    reachMethod: 'Counted at the door.',
  });
  const refused = await publishAs(teachers, outcome).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  for (const who of [malaysia, university]) {
    const input = { id: outcome.id, expectedVersion: outcome.version, publish: true };
    await who.change('consentToOutcome', 'JointOutcome', input);
  }
  const { id: caseStudy } = await publishAs(teachers, outcome);
  const suggestion = await until('the practice to be suggested elsewhere', async () => {
    const { suggestions } = await graduates.ask<{ suggestions: { nodes: Replicate[] } }>(
      `{ suggestions(filter: { addressedToMe: true, kinds: [REPLICATE_PRACTICE], corridor: "${CORRIDOR}" }) {
        nodes { explanation practice { id } participants { place { code } } } } }`,
    );
    return suggestions.nodes.find(({ practice }) => practice?.id === caseStudy);
  });
  return {
    told: [
      `The clock of the hub is moved on: ${sayDays(joint.window)} has passed. The teachers record what came of it.`,
      `They want to publish it, and the hub refuses: “${refused.replace(/^.*?Conflict: /, '')}”`,
      'Malaysia and the university agree; now it becomes a case study, which says neither who took part nor with whom.',
      `In Viet Nam the graduates are told: “${suggestion.explanation}”`,
    ],
    found: { refused, caseStudy, suggested: suggestion.explanation, countries: countriesOf(suggestion.participants) },
  };
}

interface Replicate {
  readonly explanation: string;
  readonly practice: { readonly id: string } | null;
  readonly participants: readonly { readonly place: { readonly code: string } }[];
}

function publishAs(who: HubClient, { id, version }: { readonly id: string; readonly version: number }) {
  return who.change('publishAsCaseStudy', 'CaseStudy', {
    outcome: id,
    expectedVersion: version,
    title: 'Example: the class plays the recruiter',
    summary: 'Students play an offer abroad as it is made to them, and take it apart together.',
    done: 'Evenings of theatre at schools in three countries, on the same days, with one message.',
    channels: ['theatre_drama', 'school_session'],
    languages: ['fil', 'ms', 'id'],
    illustrative: true,
  });
}

/** A move of the whole joint campaign by its lead. @returns its status then */
async function moveAs(who: HubClient, mutation: string, id: string): Promise<string> {
  const { version } = await seeJoint(who, id);
  const input = { id, expectedVersion: version };
  const moved = await who.change<{ status: string }>(mutation, 'JointCampaign', input, 'status', 'JointTargetInput');
  return moved.status;
}
