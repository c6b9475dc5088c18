import type { Campaign, CountryRole, Gap } from '@concord/client-sdk';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { countriesOf, type Corridor, ROLES } from './use-corridors.ts';
import { placeIn, type Year } from './year.ts';

/** As many as a picture can show. */
const MOST_CAMPAIGNS = 300;

export interface Work {
  readonly campaigns: readonly Campaign[];
  /** How many there are; more than are here where it is too many for a picture. */
  readonly total: number;
  readonly gaps: readonly Gap[];
}

/** Campaigns along a corridor in a year, and the first hundred needs that none of them answers. */
export function useWork(code: string, { start, end }: Year) {
  return useAnswer<Work>(
    async (signal) => {
      const between = { start: start.toString(), end: end.toString() };
      const filter = { corridors: [code], between, statuses: ['PLANNED', 'ACTIVE', 'ENDED', 'UNDATED'] as const };
      const list = hub.campaigns.list({ first: 100, filter, signal });
      const [first, gaps] = await Promise.all([
        list.page({ withTotal: true }),
        hub.gaps({ corridor: code }, { first: 100, signal }).page(),
      ]);
      const campaigns = [...first.nodes];
      for (let { next } = first; next !== null && campaigns.length < MOST_CAMPAIGNS;) {
        const page = await list.page({ after: next });
        campaigns.push(...page.nodes);
        ({ next } = page);
      }
      return { campaigns, total: first.total ?? campaigns.length, gaps: gaps.nodes };
    },
    [code, start.toString()],
  );
}

export interface Bar {
  readonly campaign: Campaign;
  /** 0 to 1 of the year. */
  readonly from: number;
  readonly size: number;
  /** Those that share days are below one another. */
  readonly row: number;
}
export interface Track {
  /** ISO 3166-1 alpha-2. Null: along the whole route, or nowhere that was said. */
  readonly country: string | null;
  readonly bars: readonly Bar[];
}
export interface Lane {
  readonly role: CountryRole | 'ROUTE';
  readonly tracks: readonly Track[];
}

/** A lane for each role of the corridor, in it a track for each country; what names none of them is in a lane of its own. */
export function lanesOf(corridor: Corridor, campaigns: readonly Campaign[], year: Year): readonly Lane[] {
  const along = new Set(corridor.legs.map(({ country }) => country.code));
  const lanes: Lane[] = ROLES.map((role) => ({
    role,
    tracks: countriesOf(corridor, role).map((country) => ({
      country,
      bars: stacked(
        campaigns.filter((campaign) => reached(campaign).has(country)),
        year,
      ),
    })),
  }));
  const elsewhere = campaigns.filter((campaign) => ![...reached(campaign)].some((country) => along.has(country)));
  if (elsewhere.length > 0) lanes.push({ role: 'ROUTE', tracks: [{ country: null, bars: stacked(elsewhere, year) }] });
  return lanes.filter(({ tracks }) => tracks.length > 0);
}

const reached = ({ footprint }: Campaign): ReadonlySet<string> =>
  new Set(footprint.places.map(({ code }) => code.slice(0, 2)));

function stacked(campaigns: readonly Campaign[], year: Year): readonly Bar[] {
  const ends: number[] = [];
  return campaigns
    .flatMap((campaign) => {
      const place = campaign.footprint.days && placeIn(year, campaign.footprint.days);
      return place ? [{ campaign, ...place }] : [];
    })
    .sort((a, b) => a.from - b.from || b.size - a.size)
    .map((bar) => {
      const free = ends.findIndex((end) => end <= bar.from);
      const row = free === -1 ? ends.length : free;
      ends[row] = bar.from + bar.size;
      return { ...bar, row };
    });
}

/** Needs of a quarter that are answered in no country of a role. */
export function gapsOf(gaps: readonly Gap[], role: CountryRole, quarter: Year['start']): readonly Gap[] {
  const wanted = { year: quarter.year, quarter: Math.ceil(quarter.month / 3) };
  return gaps.filter(
    (gap) =>
      gap.uncoveredRoles.includes(role) && gap.quarter.year === wanted.year && gap.quarter.quarter === wanted.quarter,
  );
}
