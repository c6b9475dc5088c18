import type { CalendarEntryKind, FootprintInput } from '@concord/client-sdk';
import type { ChosenActor } from '../../../components/actor-field.tsx';
import type { Days } from '../../../components/date-field.tsx';

/** What somebody writes of a programme, a campaign or a calendar entry; each uses a part of it. */
export interface RecordDraft {
  readonly name: string;
  /** Null: whoever writes it acts for the owner. */
  readonly owner: ChosenActor | null;
  readonly corridors: readonly string[];
  /** Countries. */
  readonly places: readonly string[];
  /** Parts of these, by ISO 3166-2. */
  readonly subdivisions: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly days: Days | null;
  readonly kind: CalendarEntryKind;
  /** Set when it is first sent: sent again after a lost answer or a reload it registers nothing twice. */
  readonly clientMutationKey: string | null;
}

export const EMPTY_DRAFT: RecordDraft = {
  name: '',
  owner: null,
  corridors: [],
  places: [],
  subdivisions: [],
  audiences: [],
  themes: [],
  channels: [],
  languages: [],
  days: null,
  kind: 'OTHER',
  clientMutationKey: null,
};

export const FACETS = ['corridors', 'places', 'audiences', 'themes', 'channels', 'languages'] as const;

/** Only what is stated: the rest is inherited from what the record lies in. */
export function footprintOf(written: RecordDraft): FootprintInput {
  const draft = { ...written, places: placesIn(written) };
  const stated = FACETS.filter((facet) => draft[facet].length > 0).map((facet) => [facet, [...draft[facet]]] as const);
  return { ...Object.fromEntries(stated), ...(draft.days && { days: draft.days }) };
}

/** Parts of countries in place of the whole, where parts were chosen. */
function placesIn({ places, subdivisions }: RecordDraft): readonly string[] {
  const isIn = (country: string) => (code: string) => code.startsWith(`${country}-`);
  return places.flatMap((country) => {
    const parts = subdivisions.filter(isIn(country));
    return parts.length > 0 ? parts : [country];
  });
}
