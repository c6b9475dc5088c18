import { isPublicBody } from '../actors/public-body.ts';

/** Who may see a record: everybody with a key; verified actors; the owner and those it shared with; those the owner named. */
export const VISIBILITIES = ['public', 'members', 'partners', 'restricted'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** What matching may use of a record: all of it; country, whole months and themes; that there is something; nothing. */
export const MATCHING_LEVELS = ['full', 'coarse', 'existence', 'none'] as const;
export type MatchingLevel = (typeof MATCHING_LEVELS)[number];

/** How exactly others learn where a record is. */
export const PLACE_PRECISIONS = ['exact', 'subdivision', 'country', 'none'] as const;
export type PlacePrecision = (typeof PLACE_PRECISIONS)[number];

/** What an owner lets others know of a record. */
export interface Release {
  readonly visibility: Visibility;
  readonly matching: MatchingLevel;
  readonly placePrecision: PlacePrecision;
}

const STATES: Release = { visibility: 'members', matching: 'full', placePrecision: 'exact' };
const ORGANISATIONS: Release = { visibility: 'members', matching: 'full', placePrecision: 'subdivision' };
const COMMUNITIES: Release = { visibility: 'partners', matching: 'coarse', placePrecision: 'country' };

const COMMUNITY_KINDS = new Set(['diaspora_association', 'migrant_led_group', 'community_or_faith_group']);

/** What an actor of a kind releases unless it says otherwise: the smaller and the more exposed, the less. */
export function defaultRelease(actorKind: string): Release {
  if (isPublicBody(actorKind)) return STATES;
  return COMMUNITY_KINDS.has(actorKind) ? COMMUNITIES : ORGANISATIONS;
}

/**
 * What a record releases: what its owner stated, else what it is a part of releases where that is the owner's own, else what is
 * usual for its owner's kind; and of each never more than the whole.
 */
export function releaseOf(
  stated: Partial<Release>,
  owner: { readonly id: string; readonly kind: string },
  whole: { readonly ownerId: string; readonly release: Release } | null,
): Release {
  const usual = whole?.ownerId === owner.id ? whole.release : defaultRelease(owner.kind);
  const { visibility, matching, placePrecision } = { ...usual, ...stated };
  return {
    visibility: narrower(VISIBILITIES, visibility, whole?.release.visibility),
    matching: narrower(MATCHING_LEVELS, matching, whole?.release.matching),
    placePrecision: narrower(PLACE_PRECISIONS, placePrecision, whole?.release.placePrecision),
  };
}

/** What an owner states of a release after a change: what is absent stays, null goes back to what follows by itself. */
export function restateRelease(
  stored: Partial<Release>,
  change: { readonly [K in keyof Release]?: Release[K] | null | undefined } | null | undefined,
): Partial<Release> {
  if (change === undefined) return stored;
  const merged = Object.entries({ ...stored, ...change }).filter(([, value]) => value !== null && value !== undefined);
  return change === null ? {} : Object.fromEntries(merged);
}

/** The later in a list that runs from wide to narrow. */
function narrower<T>(order: readonly T[], one: T, other: T | undefined): T {
  return other !== undefined && order.indexOf(other) > order.indexOf(one) ? other : one;
}
