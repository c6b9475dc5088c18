import type { TypedDocument } from '@concord/client-sdk';
import type { Days } from '../../components/date-field.tsx';
import { hub } from '../../hub/hub.ts';
import { type Answer, useAnswer } from '../../hub/use-answer.ts';

interface Placed {
  readonly id: string;
  readonly owner: { readonly name: string };
  readonly footprint: {
    readonly places: readonly { readonly code: string; readonly kind: string; readonly name: string }[];
  };
}
interface List {
  readonly nodes: readonly Placed[];
}

const IN_COUNTRY: TypedDocument<
  { readonly programmes: List; readonly campaigns: List; readonly calendar: List },
  { readonly countries: readonly string[]; readonly between: Days; readonly language: string }
> = `query InCountry($countries: [String!], $between: DayRangeInput!, $language: String) {
  programmes(first: 50, filter: { countries: $countries, between: $between }) { nodes { ...Placed } }
  campaigns(first: 50, filter: { countries: $countries, between: $between }) { nodes { ...Placed } }
  calendar(first: 50, filter: { countries: $countries, between: $between }) { nodes { ...Placed } }
}
fragment Placed on FootprintHolder {
  id
  owner { name }
  footprint { places { code kind name(language: $language) } }
}`;

/** A part of a country, or the whole, and who works there as far as the hub tells it. */
export interface PlaceRow {
  readonly code: string;
  readonly name: string;
  readonly isCountry: boolean;
  readonly actors: readonly string[];
  /** Programmes, campaigns and entries. */
  readonly count: number;
}

/** Where in a country work is stated; the whole country first, then its parts by name. */
export function usePlaces(
  country: string,
  days: Days,
  language: string,
): Answer<readonly PlaceRow[]> & { readonly again: () => void } {
  return useAnswer(
    async (signal) => {
      const found = await hub.query(IN_COUNTRY, { countries: [country], between: days, language }, { signal });
      const placed = [found.programmes, found.campaigns, found.calendar].flatMap(({ nodes }) =>
        nodes.flatMap(({ owner, footprint }) =>
          footprint.places
            .filter(({ code }) => code.slice(0, 2) === country)
            .map((place) => ({ place, actor: owner.name })),
        ),
      );
      return [...Map.groupBy(placed, ({ place }) => place.code)]
        .map(([code, list]) => ({
          code,
          name: list[0]?.place.name ?? code,
          isCountry: code === country,
          actors: [...new Set(list.map(({ actor }) => actor))].sort((a, b) => a.localeCompare(b)),
          count: list.length,
        }))
        .sort((a, b) => Number(b.isCountry) - Number(a.isCountry) || a.name.localeCompare(b.name));
    },
    [country, days.start, days.end, language],
  );
}
