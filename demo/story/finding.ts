import type { Cast } from './cast.ts';
import { type HubClient, until } from './hub-client.ts';
import { type Chapter, type Stage, dayOf } from './stage.ts';

export const CORRIDOR = 'scam_compounds';

/** Seen by those it is shared with; matched by all that it says. */
const HIDDEN = { visibility: 'PARTNERS', matching: 'FULL' };
const ABOUT = { corridors: [CORRIDOR], themes: ['trafficking_in_persons'], audiences: ['student', 'youth_15_24'] };

export interface Begun {
  readonly programme: string;
  readonly malaysianCampaign: string;
  readonly indonesianCampaign: string;
}

/** A suggestion as somebody sees it. */
export interface Suggested {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly explanation: string;
  readonly myAnswer: { readonly choice: string; readonly version: number } | null;
  readonly themes: readonly { readonly code: string }[];
  readonly participants: readonly {
    readonly position: number;
    readonly place: { readonly code: string; readonly name: string };
    readonly role: string | null;
    readonly actor: { readonly id: string; readonly name: string } | null;
  }[];
}

const SUGGESTED = `id version status explanation themes { code } myAnswer { choice version }
  participants { position role place { code name } actor { id name } }`;

/** A suggestion as somebody sees it now. */
export async function seeSuggestion(client: HubClient, id: string): Promise<Suggested> {
  const { node } = await client.ask<{ node: Suggested }>(
    `query ($id: ID!) { node(id: $id) { ... on Suggestion { ${SUGGESTED} } } }`,
    { id },
  );
  return node;
}

/** An NGO registers a programme, a state and a university plan campaigns. */
export async function begin(stage: Stage, { teachers, malaysia, university }: Cast): Promise<Chapter<Begun>> {
  const footprint = (
    place: string,
    language: string,
    [first, last]: readonly [number, number],
    channels: readonly string[],
  ) => ({
    days: { start: dayOf(stage, first), end: dayOf(stage, last) },
    places: [place],
    languages: [language],
    channels,
    ...ABOUT,
  });
  const common = { illustrative: true, release: HIDDEN };
  const programme = await teachers.change('registerProgramme', 'Programme', {
    ...common,
    name: 'Example evenings on offers abroad',
    footprint: footprint('PH', 'fil', [40, 160], ['theatre_drama', 'school_session']),
  });
  const malaysianCampaign = await malaysia.change('planCampaign', 'Campaign', {
    ...common,
    name: 'Example: ask before you answer',
    footprint: footprint('MY', 'ms', [45, 150], ['instagram', 'hotline']),
  });
  const indonesianCampaign = await university.change('planCampaign', 'Campaign', {
    ...common,
    name: 'Example: students read the small print',
    footprint: footprint('ID', 'id', [42, 155], ['school_session', 'influencer']),
  });
  return {
    told: [
      'The teachers of Palawan, an NGO in the Philippines, register a programme for students on trafficking in persons.',
      'Malaysia, a state, and a university in Indonesia plan campaigns. All three show them to their partners only.',
    ],
    found: {
      programme: programme.id,
      malaysianCampaign: malaysianCampaign.id,
      indonesianCampaign: indonesianCampaign.id,
    },
  };
}

/** A suggestion appears to each of them. */
export async function findEachOther({ teachers }: Cast): Promise<Chapter<{ suggestion: Suggested }>> {
  const suggestion = await until('a suggestion to the three countries', async () => {
    const { suggestions } = await teachers.ask<{ suggestions: { nodes: Suggested[] } }>(
      `{ suggestions(first: 100, filter: { addressedToMe: true, kinds: [JOINT_CAMPAIGN], corridor: "${CORRIDOR}" }) { nodes { ${SUGGESTED} } } }`,
    );
    return suggestions.nodes.find(({ themes, participants }) => {
      return themes.every(({ code }) => ABOUT.themes.includes(code)) && countriesOf(participants) === 'ID MY PH';
    });
  });
  return { told: [`To each of them the hub suggests: “${suggestion.explanation}”`], found: { suggestion } };
}

/** The codes of the countries in order. */
export function countriesOf(seats: readonly { readonly place: { readonly code: string } }[]): string {
  return [...new Set(seats.map(({ place }) => place.code))].sort().join(' ');
}
