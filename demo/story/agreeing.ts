import { country } from '../../core/suggestions/phrases.ts';
import type { Cast } from './cast.ts';
import { type Begun, seeSuggestion, type Suggested } from './finding.ts';
import { type HubClient, expectThat, until } from './hub-client.ts';
import { type Joint, ofCountry, seeJoint } from './joint.ts';
import type { Chapter } from './stage.ts';

/** Who sits where, as each of these sees it, in their order. */
interface Sights {
  readonly before: readonly string[];
  readonly halfway: readonly string[];
  readonly after: readonly string[];
}

/** The NGO and the state endorse what they were suggested, without seeing each other before both did. */
export async function endorse(
  { teachers, malaysia, university, coordinator }: Cast,
  { id }: Suggested,
): Promise<Chapter<Sights>> {
  const lookAll = async (): Promise<string[]> => {
    const all = await Promise.all([teachers, malaysia, university, coordinator].map((who) => seeSuggestion(who, id)));
    return all.map(sightOf);
  };
  const before = await lookAll();
  await endorseAs(teachers, id);
  const halfway = await lookAll();
  await until('the two who endorsed are shown to each other', async () => {
    for (const who of [teachers, malaysia]) await endorseAs(who, id);
    const seen = await Promise.all([teachers, malaysia].map((who) => seeSuggestion(who, id)));
    return seen.every(({ status }) => status === 'AGREED') ? seen : null;
  });
  const after = await lookAll();
  return {
    told: [
      `Before, the teachers see   ${before[0] ?? ''}`,
      `         and Malaysia sees  ${before[1] ?? ''}`,
      `The teachers endorse, and Malaysia still sees  ${halfway[1] ?? ''}`,
      'Malaysia endorses too. Now',
      `  the teachers see          ${after[0] ?? ''}`,
      `  Malaysia sees             ${after[1] ?? ''}`,
      `  the university, which did not answer, sees  ${after[2] ?? ''}`,
      `  a coordinator sees all seats and no answer:  ${after[3] ?? ''}`,
    ],
    found: { before, halfway, after },
  };
}

/** Malaysia makes a joint campaign of it and invites the third country; each accepts its own part. */
export async function join(
  { teachers, malaysia, university }: Cast,
  { id }: Suggested,
  begun: Begun,
): Promise<Chapter<{ joint: Joint; teachersCampaign: string }>> {
  const suggestion = await seeSuggestion(malaysia, id);
  const invited = suggestion.participants.filter(({ place }) => place.code === 'ID').map(({ position }) => position);
  const { id: jointId } = await malaysia.change('startJointCampaign', 'JointCampaign', {
    suggestion: id,
    expectedVersion: suggestion.version,
    name: 'Example: three countries ask first',
    alsoInvite: invited,
  });
  const campaign = await teachers.change('planCampaign', 'Campaign', {
    name: 'Example evenings before the holidays',
    programme: begun.programme,
    illustrative: true,
    release: { visibility: 'PARTNERS', matching: 'FULL' },
  });
  const unknown = ofCountry(await seeJoint(university, jointId), 'PH');
  expectThat(unknown.actor === null, 'an invited party does not know who else is invited');
  for (const [who, code] of [
    [teachers, 'PH'],
    [university, 'ID'],
  ] as const) {
    const part = ofCountry(await seeJoint(who, jointId), code);
    const input = { part: part.id, expectedVersion: part.version, answer: 'ACCEPT' };
    await who.change('respondToInvitation', 'JointPart', input);
  }
  const joint = await seeJoint(malaysia, jointId);
  const parts = joint.parts.map(
    ({ place, role, actor, lead }) =>
      `${actor?.name ?? 'Somebody'} for ${country(place.name)} (${(role ?? 'no role').toLowerCase()}${lead ? ', lead' : ''})`,
  );
  return {
    told: [
      'Malaysia makes a joint campaign of it, and invites whoever sits in Indonesia without knowing who that is.',
      'The teachers and the university each accept their own part; now those three know each other:',
      `${parts.join('; ')}.`,
    ],
    found: { joint, teachersCampaign: campaign.id },
  };
}

/** Endorses the version that stands, unless that is done. Background work may bring another version at any moment. */
async function endorseAs(who: HubClient, id: string): Promise<void> {
  await until('an endorsement of the version that stands', async () => {
    const { version, myAnswer, status } = await seeSuggestion(who, id);
    if (status === 'AGREED' || myAnswer?.version === version) return true;
    const input = { id, expectedVersion: version };
    const sent = who.change('endorseSuggestion', 'Suggestion', input, 'id', 'AnswerSuggestionInput');
    return sent
      .then(() => true)
      .catch((error: unknown) => {
        if (String(error).includes('StaleVersion')) return null;
        throw error;
      });
  });
}

/** `OPEN: ID somebody, MY Malaysia and somebody, PH somebody`: who sits where, as far as one is told. */
function sightOf({ status, participants }: Suggested): string {
  const byCountry = Map.groupBy(participants, ({ place }) => place.code);
  const seats = [...byCountry].map(([code, sitting]) => {
    const names = sitting.flatMap(({ actor }) => actor?.name.replace(/^Example | \(Bali Process member\)$/g, '') ?? []);
    const others = names.length < sitting.length ? ['somebody'] : [];
    return `${code} ${[...new Set(names), ...others].join(' and ')}`;
  });
  return `${status}: ${seats.sort().join('; ')}`;
}
