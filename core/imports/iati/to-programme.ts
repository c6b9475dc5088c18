import type { StatedDays } from '../../footprints/stated-footprint.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import type { IatiActivity } from './activity.ts';
import { type ActivityDays, activityDays } from './activity-days.ts';
import { activityPlaces } from './activity-places.ts';
import { type ActivityTexts, activityTexts } from './activity-texts.ts';
import { type ActivityThemes, activityThemes } from './activity-themes.ts';
import { type Mention, partnersOf, publisherOf } from './organisations.ts';

/** Why a programme meets no other, as far as the file decides it; the first that holds. */
export type WhySilent = 'cancelled' | 'suspended' | 'no-start' | 'closed-without-end' | 'no-country' | 'no-theme';

/** A programme as a file has it, in the codes of the hub; its organisations are still mentions. */
export interface FileProgramme extends ActivityTexts, ActivityThemes {
  readonly identifier: string;
  readonly publisher: Mention;
  readonly partners: ReturnType<typeof partnersOf>;
  /** Null: undated. */
  readonly days: StatedDays | null;
  readonly places: readonly string[];
  /** Recipient countries that the hub does not know, as written. */
  readonly unknownCountries: readonly string[];
  readonly cancelled: boolean;
  readonly silent: WhySilent | null;
}

export type Translated =
  | { readonly kind: 'programme'; readonly programme: FileProgramme }
  | { readonly kind: 'refused'; readonly reason: string };

/** ActivityStatus: it will not take place; it has stopped and may go on. */
const CANCELLED = '5';
const SUSPENDED = '6';

/**
 * What becomes of an activity. A suspended one keeps everything but its days: so it matches nothing while it rests, and a later file can
 * bring it back, which a withdrawal would not allow.
 */
export function toProgramme(activity: IatiActivity, vocabulary: Vocabulary): Translated {
  const essentials = essentialsOf(activity);
  if (essentials.kind === 'refused') return essentials;
  const { identifier, publisher, when } = essentials;
  const { status } = activity;
  const { places, unknown } = activityPlaces(activity, vocabulary);
  const about = activityThemes(activity);
  return {
    kind: 'programme',
    programme: {
      identifier,
      publisher,
      partners: partnersOf(activity),
      ...activityTexts(activity),
      ...about,
      days: when.kind === 'dated' && status !== SUSPENDED ? when.days : null,
      places,
      unknownCountries: unknown,
      cancelled: status === CANCELLED,
      silent: silence(),
    },
  };

  function silence(): WhySilent | null {
    if (status === CANCELLED) return 'cancelled';
    if (status === SUSPENDED) return 'suspended';
    if (when.kind === 'undated') return when.why;
    if (places.length === 0) return 'no-country';
    return about.themes.length === 0 ? 'no-theme' : null;
  }
}

/** What a fit activity says in codes of IATI, in those that every source has. */
export function partnersAndStatus(activity: IatiActivity) {
  const essentials = essentialsOf(activity);
  if (essentials.kind === 'refused')
    throw new Error(`an activity that is refused became a record: ${essentials.reason}`);
  const { publisher, when } = essentials;
  return {
    publisher,
    partners: partnersOf(activity),
    days: when.kind === 'dated' ? when.days : null,
    status: activity.status === null ? null : (STATUSES[activity.status] ?? null),
  };
}

const STATUSES: Readonly<Record<string, 'planned' | 'ongoing' | 'completed' | 'suspended' | 'cancelled'>> = {
  1: 'planned',
  2: 'ongoing',
  3: 'completed',
  4: 'completed',
  [CANCELLED]: 'cancelled',
  [SUSPENDED]: 'suspended',
};

/** What an activity must have to become a programme, or why it does not. */
export function essentialsOf(activity: IatiActivity):
  | {
      readonly kind: 'essentials';
      readonly identifier: string;
      readonly publisher: Mention;
      readonly when: Exclude<ActivityDays, { kind: 'backwards' }>;
    }
  | { readonly kind: 'refused'; readonly reason: string } {
  const { identifier } = activity;
  const publisher = publisherOf(activity);
  const when = activityDays(activity);
  if (identifier === null) return refused('it has no iati-identifier');
  if (publisher === null) return refused('its reporting-org names no publisher');
  if (when.kind === 'backwards') return refused(`it ends on ${when.end}, before it starts on ${when.start}`);
  return { kind: 'essentials', identifier, publisher, when };
}

const refused = (reason: string) => ({ kind: 'refused', reason }) as const;
