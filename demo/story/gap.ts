import type { Cast } from './cast.ts';
import { CORRIDOR } from './finding.ts';
import { type HubClient, until } from './hub-client.ts';
import { type Chapter, sayDays } from './stage.ts';

interface Gap {
  readonly id: string;
  readonly days: { readonly start: string; readonly end: string };
  readonly suggestion: { readonly explanation: string } | null;
}

export interface Filled {
  readonly before: number;
  readonly after: number;
  readonly suggested: string | null;
}

/** A need that no campaign answers is found, somebody plans one, and the gap is there no more. */
export async function fillGap({ graduates }: Cast): Promise<Chapter<Filled>> {
  const before = await gapsFor(graduates);
  const gap = before.at(-1);
  if (gap === undefined) throw new Error('the demo has no such gap');
  await graduates.change('planCampaign', 'Campaign', {
    name: 'Example: the call before the flight',
    illustrative: true,
    footprint: {
      days: { start: gap.days.start, end: gap.days.end },
      places: ['VN'],
      corridors: [CORRIDOR],
      audiences: ['prospective_migrant', 'student'],
      themes: ['trafficking_in_persons'],
      channels: ['zalo', 'hotline'],
      languages: ['vi'],
    },
  });
  const after = await until('the gap to go', async () => {
    const left = await gapsFor(graduates);
    return left.some(({ id, days }) => id === gap.id || days.start === gap.days.start) ? null : left;
  });
  const suggested = gap.suggestion?.explanation ?? null;
  return {
    told: [
      `The graduates of Hanoi ask for gaps: no campaign tells prospective migrants of trafficking, ${sayDays(gap.days)}.`,
      ...(suggested === null ? [] : [`The hub: “${suggested}”`]),
      `They plan a campaign for those days, for students too. Such gaps before: ${String(before.length)}, now: ${String(after.length)}.`,
    ],
    found: { before: before.length, after: after.length, suggested },
  };
}

/** In order of time. */
async function gapsFor(who: HubClient): Promise<Gap[]> {
  const { gaps } = await who.ask<{ gaps: { nodes: Gap[] } }>(
    `{ gaps(first: 100, filter: { corridor: "${CORRIDOR}", audiences: ["prospective_migrant"], themes: ["trafficking_in_persons"] }) {
      nodes { id days { start end } suggestion { explanation } } } }`,
  );
  return gaps.nodes.sort((a, b) => (a.days.start < b.days.start ? -1 : 1));
}
