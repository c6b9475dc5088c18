import type { NotificationKind, ProgrammeStatus } from '@concord/client-sdk';
import { getLocalTimeZone, today as localToday } from '@internationalized/date';
import type { Days } from '../../components/date-field.tsx';
import { hub } from '../../hub/hub.ts';
import type { Suggestion } from '../suggestions/suggestion.ts';
import { listSuggestions } from '../suggestions/suggestion.ts';

/** A programme or a campaign, as far as it is changed in place. */
export interface Work {
  readonly __typename: 'Programme' | 'Campaign';
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly status: ProgrammeStatus | 'CANCELLED';
  readonly owner: { readonly name: string };
  readonly programme?: { readonly id: string } | null;
  readonly footprint: { readonly days: { readonly start: string; readonly end: string | null } | null };
}

/** What of it is changed in its place. */
export interface Draft {
  readonly name: string;
  readonly days: Days | null;
}

export interface Notice {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly sentence: string;
  readonly subject: { readonly __typename: string; readonly id: string };
}

export interface Joint {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly window: { readonly start: string; readonly end: string };
}

interface Counted<T> {
  readonly nodes: readonly T[];
  readonly totalCount: number;
}

/** All that one looks at first: of the actor that the viewer acts for, or of the whole hub. */
export interface Today {
  readonly day: string;
  readonly invited: Counted<Joint>;
  readonly joint: Counted<Joint>;
  readonly notices: Counted<Notice>;
  readonly programmes: Counted<Work>;
  readonly campaigns: Counted<Work>;
  readonly pending: Counted<{ readonly id: string; readonly name: string }>;
  readonly suggestions: { readonly nodes: readonly Suggestion[]; readonly total: number };
}

/** What asks for something; of new overlaps and suggestions the rest of the page tells. */
const ASKING = ['APPROVAL_NEEDED', 'CONTRADICTION', 'NOT_CONFIRMED', 'REVIEW_DUE', 'SUGGESTION_REVEALED'] as const;
const LOOKED_AHEAD_DAYS = 30;
/** All that one organisation has, as a rule; of the whole hub enough to begin with, on a slow line too. */
const MOST_OF_ONE = 100;
const MOST_OF_ALL = 40;

const WORK = `__typename id version name(language: $language) status owner { name } footprint { days { start end } }`;

const QUERY = `query Today($owners: [ID!], $between: DayRangeInput, $kinds: [NotificationKind!], $language: String!, $vets: Boolean!, $first: Int!) {
  invited: jointCampaigns(first: 5, filter: { invited: true }) { totalCount nodes { id name status window { start end } } }
  joint: jointCampaigns(first: 5, filter: { statuses: [PREPARING, ACTIVE], invited: false }) { totalCount nodes { id name status window { start end } } }
  notices: notifications(first: 8, filter: { unread: true, kinds: $kinds }) { totalCount nodes { id kind sentence subject { __typename id } } }
  programmes(first: $first, filter: { owners: $owners, between: $between, statuses: [ACTIVE, PLANNED, UNDATED] }) { totalCount nodes { ${WORK} } }
  campaigns(first: $first, orderBy: { field: START }, filter: { owners: $owners, between: $between, statuses: [ACTIVE, PLANNED, UNDATED] }) { totalCount nodes { ${WORK} programme { id } } }
  pending: actors(first: 5, filter: { vetting: [PENDING] }) @include(if: $vets) { totalCount nodes { id name(language: $language) } }
}`;

/** @param actor null: whoever looks acts for none, and is shown what is on in the hub these days */
export async function lookAtToday(
  actor: string | null,
  vets: boolean,
  language: string,
  signal: AbortSignal,
): Promise<Today> {
  const day = localToday(getLocalTimeZone());
  const between = { start: day.toString(), end: day.add({ days: LOOKED_AHEAD_DAYS }).toString() };
  const [told, { nodes, total }] = await Promise.all([
    hub.query<Omit<Today, 'day' | 'suggestions' | 'pending'> & Partial<Pick<Today, 'pending'>>>(
      QUERY,
      {
        owners: actor === null ? null : [actor],
        between: actor === null ? between : null,
        kinds: ASKING,
        language,
        vets,
        first: actor === null ? MOST_OF_ALL : MOST_OF_ONE,
      },
      { signal },
    ),
    listSuggestions({ statuses: ['OPEN', 'AGREED'], ...(actor !== null && { addressedToMe: true }) }, language, 3).page(
      {
        signal,
        withTotal: true,
      },
    ),
  ]);
  const suggestions = { nodes, total: total ?? nodes.length };
  return { ...told, pending: told.pending ?? { nodes: [], totalCount: 0 }, day: day.toString(), suggestions };
}

/** What has its last day within the next thirty, the first to end first. */
export function endingSoon({ day, programmes, campaigns }: Today): readonly Work[] {
  const horizon = localToday(getLocalTimeZone()).add({ days: LOOKED_AHEAD_DAYS }).toString();
  const lastDay = ({ footprint }: Work): string => footprint.days?.end ?? '9999-12-31';
  return [...programmes.nodes, ...campaigns.nodes]
    .filter((work) => lastDay(work) >= day && lastDay(work) <= horizon)
    .sort((one, other) => lastDay(one).localeCompare(lastDay(other)));
}

/** Null: without days, or without a last one, which a field of two days cannot say. */
export function closedDays({ footprint: { days } }: Work): Days | null {
  const { start, end } = days ?? { start: '', end: null };
  return end === null ? null : { start, end };
}
