import type { CalendarFilter, Overlap, Pages, TypedDocument } from '@concord/client-sdk';
import type { Days } from '../../components/date-field.tsx';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { asCampaign, asEntry, type Item } from './item.ts';

/** As many as a picture can show; who wants more asks for one country. */
const MOST_OF_A_KIND = 300;
const MOST_OVERLAPS = 100;

/** What stands behind the entries: seasons of corridors, observances of countries. */
export interface Band {
  readonly kind: BandKind;
  readonly name: string;
  readonly reason: string | null;
  readonly estimated: boolean;
  readonly days: Days;
  readonly corridor: { readonly code: string } | null;
  /** Empty: everywhere. */
  readonly countries: readonly { readonly code: string }[];
}
export type BandKind =
  'SEASON' | 'RELIGIOUS_PERIOD' | 'HOME_VISIT_PEAK' | 'ELECTION' | 'OTHER' | 'INTERNATIONAL_DAY' | 'PUBLIC_HOLIDAY';

/** Public holidays of all countries at once would hide everything else. */
const OF_ALL_COUNTRIES: readonly BandKind[] = [
  'SEASON',
  'RELIGIOUS_PERIOD',
  'HOME_VISIT_PEAK',
  'ELECTION',
  'OTHER',
  'INTERNATIONAL_DAY',
];

const BANDS: TypedDocument<
  { readonly calendar: { readonly bands: readonly Band[] } },
  { readonly filter: CalendarFilter; readonly kinds: readonly BandKind[] | null }
> = `query CalendarBands($filter: CalendarFilter!, $kinds: [CalendarBandKind!]) {
  calendar(first: 1, filter: $filter) {
    bands(kinds: $kinds) {
      kind name reason estimated
      days { start end }
      corridor { code }
      countries { code }
    }
  }
}`;

interface Listed {
  readonly items: readonly Item[];
  /** How many there are; more than are listed where it is too many for a picture. */
  readonly total: number;
  readonly bands: readonly Band[];
}

/** What happens in a window, in one country or everywhere, and what stands behind it. */
export function useCalendar(window: Days, country: string | null) {
  return useAnswer<Listed>(
    async (signal) => {
      const { start, end } = window;
      const where = country === null ? {} : { countries: [country] };
      const [entries, campaigns, { calendar }] = await Promise.all([
        all(hub.calendar.between(start, end, { first: 100, filter: where, orderBy: { field: 'START' }, signal })),
        all(hub.campaigns.list({ first: 100, filter: { ...where, between: { start, end } }, signal })),
        hub.query(
          BANDS,
          { filter: { ...where, between: { start, end } }, kinds: country === null ? OF_ALL_COUNTRIES : null },
          { signal },
        ),
      ]);
      const items = [
        ...campaigns.nodes.flatMap((record) => asCampaign(record) ?? []),
        ...entries.nodes.flatMap((record) => asEntry(record) ?? []),
      ];
      return {
        items,
        total: entries.total + campaigns.total,
        bands: calendar.bands,
      };
    },
    [window.start, window.end, country],
  );
}

/** The strongest overlaps in a window, of one actor if one is named; none where they do not come, since the calendar is worth a look without them. */
export function useOverlaps(window: Days, country: string | null, of: string | null): readonly Overlap[] {
  const answer = useAnswer(
    async (signal) => {
      const filter = { between: window, ...(country !== null && { country }), ...(of !== null && { of }) };
      return (await hub.overlaps.list({ first: MOST_OVERLAPS, filter, signal }).page()).nodes;
    },
    [window.start, window.end, country, of],
  );
  return answer.kind === 'here' ? answer.value : [];
}

/** The pages of a list, one after another, until there are as many as one can look at. */
async function all<T>(pages: Pages<T>): Promise<{ readonly nodes: readonly T[]; readonly total: number }> {
  const first = await pages.page({ withTotal: true });
  const nodes = [...first.nodes];
  for (let { next } = first; next !== null && nodes.length < MOST_OF_A_KIND;) {
    const page = await pages.page({ after: next });
    nodes.push(...page.nodes);
    ({ next } = page);
  }
  return { nodes, total: first.total ?? nodes.length };
}
