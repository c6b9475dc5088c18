import { participantJaccard, windowJaccard, writeSeats, type Seated } from './draft-key.ts';
import type { Draft } from './draft.ts';
import { RULES } from './rules.ts';
import { countSharedDays, cutAt, lengthOf, type DayRange } from './values/day-range.ts';
import type { EpochDay } from './values/epoch-day.ts';
import { isSameSet } from './values/facet-set.ts';

export type SuggestionStatus = 'OPEN' | 'AGREED' | 'DISMISSED' | 'EXPIRED' | 'LAPSED';

/** What tells whether two drafts propose the same. */
export type DraftIdentity = Pick<Draft, 'kind' | 'key' | 'corridor' | 'about' | 'window' | 'themes' | 'audiences'> & {
  readonly participants: readonly Seated[];
};

/** A suggestion as people know it: its latest draft, and what became of it. */
export interface PastSuggestion {
  readonly id: string;
  readonly status: SuggestionStatus;
  readonly draft: DraftIdentity;
}

/** What folding says about one draft, or about one suggestion that no draft speaks for any more. */
export type FoldStep<D extends DraftIdentity> =
  | { readonly kind: 'new'; readonly draft: D }
  | {
      /** The suggestion `id` now has this draft; what people decided about it stands. */
      readonly kind: 'update';
      readonly id: string;
      readonly draft: D;
      /**
       * Its participants, days, themes or audiences are others, so that endorsements no longer speak about it. Days that have
       * passed are no change, nor is what it is worth.
       */
      readonly material: boolean;
      /** It had lapsed, and is open again. */
      readonly revived: boolean;
    }
  /** People dismissed the suggestion `by`, and this draft is much the same. */
  | { readonly kind: 'suppressed'; readonly draft: D; readonly by: string }
  /** Its window has passed. */
  | { readonly kind: 'expire'; readonly id: string }
  /** The footprints no longer speak for it, though its window has not passed. */
  | { readonly kind: 'lapse'; readonly id: string };

/**
 * Folds drafts into what people already decided: one step for each draft, in the order given, then one for each open suggestion
 * left without a draft, by id. A living suggestion (open, agreed or lapsed) takes the draft that fits it best, one to one; an
 * agreed one stays agreed even without. `drafts` have different keys. Applied and folded once more, nothing changes.
 * Drafts and history are compared where they have a participant in common: linear, as long as nobody takes part in everything.
 */
export function foldDrafts<D extends DraftIdentity>(
  history: readonly PastSuggestion[],
  drafts: readonly D[],
  asOf: EpochDay,
): FoldStep<D>[] {
  const living = history.filter(({ status }) => status === 'OPEN' || status === 'AGREED' || status === 'LAPSED');
  const dismissed = history.filter(({ status }) => status === 'DISMISSED');
  const assigned = assign(living, drafts);
  const updated = new Set(assigned.values());
  const dismissedLike = byParticipant(dismissed, ({ draft }) => draft);
  const steps = drafts.map((draft): FoldStep<D> => {
    const suggestion = assigned.get(draft);
    if (suggestion !== undefined) return update(suggestion, draft, asOf);
    const [by] = dismissedLike(draft)
      .filter((past) => isMuchTheSame(past.draft, draft, asOf))
      .sort(compareIds);
    return by === undefined ? { kind: 'new', draft } : { kind: 'suppressed', draft, by: by.id };
  });
  const left = living.filter((suggestion) => suggestion.status === 'OPEN' && !updated.has(suggestion)).sort(compareIds);
  return [
    ...steps,
    ...left.map(({ id, draft }) => ({ kind: draft.window.end <= asOf ? 'expire' : 'lapse', id }) as const),
  ];
}

/**
 * Assigns drafts to suggestions that they fit, one to one: those with the most participants in common first, then those with the
 * most days in common, then by the suggestion's id, then by the draft's key. Days come before ids so that a draft stays with the
 * suggestion that already has it.
 */
function assign<D extends DraftIdentity>(
  living: readonly PastSuggestion[],
  drafts: readonly D[],
): Map<D, PastSuggestion> {
  const draftsLike = byParticipant(drafts, (draft) => draft);
  const fits = living.flatMap((suggestion) =>
    draftsLike(suggestion.draft)
      .filter((draft) => isTheSameChanged(suggestion.draft, draft))
      .map((draft) => rate(suggestion, draft)),
  );
  fits.sort(
    (a, b) =>
      b.participants - a.participants ||
      b.days - a.days ||
      b.sameKey - a.sameKey ||
      compareIds(a.suggestion, b.suggestion) ||
      (a.draft.key < b.draft.key ? -1 : 1),
  );
  const assigned = new Map<D, PastSuggestion>();
  const taken = new Set<PastSuggestion>();
  for (const { suggestion, draft } of fits) {
    if (taken.has(suggestion) || assigned.has(draft)) continue;
    taken.add(suggestion);
    assigned.set(draft, suggestion);
  }
  return assigned;
}

/** Finds those of many that have the kind, the corridor and a participant of another, and are about the same: no others have most participants in common with it. */
function byParticipant<T>(
  items: readonly T[],
  identityOf: (item: T) => DraftIdentity,
): (another: DraftIdentity) => readonly T[] {
  const keysOf = ({ kind, corridor, about, participants }: DraftIdentity): Set<string> =>
    new Set(participants.map(({ footprint }) => `${kind} ${String(corridor)} ${String(about)} ${footprint}`));
  const found = new Map<string, T[]>();
  for (const item of items)
    for (const key of keysOf(identityOf(item))) {
      const known = found.get(key);
      if (known === undefined) found.set(key, [item]);
      else known.push(item);
    }
  return (another) => [...new Set([...keysOf(another)].flatMap((key) => found.get(key) ?? []))];
}

function rate<D extends DraftIdentity>(suggestion: PastSuggestion, draft: D) {
  return {
    suggestion,
    draft,
    participants: participantJaccard(suggestion.draft.participants, draft.participants),
    days: windowJaccard(suggestion.draft.window, draft.window),
    sameKey: Number(suggestion.draft.key === draft.key),
  };
}

/** Whether a draft is an older one changed: same kind and corridor, mostly the same participants, half of the shorter window. */
function isTheSameChanged(past: DraftIdentity, draft: DraftIdentity): boolean {
  const shorter = Math.min(lengthOf(past.window), lengthOf(draft.window));
  return (
    hasMostlyTheSameParticipants(past, draft) &&
    countSharedDays(past.window, draft.window) >= RULES.identity.sharedWindow * shorter
  );
}

/** Whether a draft proposes what people dismissed: mostly the same participants, neither start nor end moved by more than two weeks. */
function isMuchTheSame(dismissed: DraftIdentity, draft: DraftIdentity, asOf: EpochDay): boolean {
  const moved = Math.max(
    Math.abs(startLeft(dismissed.window, asOf) - startLeft(draft.window, asOf)),
    Math.abs(dismissed.window.end - draft.window.end),
  );
  return hasMostlyTheSameParticipants(dismissed, draft) && moved <= RULES.identity.dismissedMoveDays;
}

function hasMostlyTheSameParticipants(past: DraftIdentity, draft: DraftIdentity): boolean {
  return (
    past.kind === draft.kind &&
    past.corridor === draft.corridor &&
    past.about === draft.about &&
    participantJaccard(past.participants, draft.participants) >= RULES.identity.participants
  );
}

function update<D extends DraftIdentity>(
  { id, status, draft: past }: PastSuggestion,
  draft: D,
  asOf: EpochDay,
): FoldStep<D> {
  return { kind: 'update', id, draft, material: !proposesTheSame(past, draft, asOf), revived: status === 'LAPSED' };
}

/** Kind, corridor and what they are about are the same already, where one updates the other. */
function proposesTheSame(past: DraftIdentity, draft: DraftIdentity, asOf: EpochDay): boolean {
  const daysLeft: DayRange | null = cutAt(past.window, asOf);
  return (
    daysLeft?.start === startLeft(draft.window, asOf) &&
    daysLeft.end === draft.window.end &&
    writeSeats(past.participants) === writeSeats(draft.participants) &&
    isSameSet(past.themes, draft.themes) &&
    isSameSet(past.audiences, draft.audiences)
  );
}

/** Where a window starts for who looks at it now. Windows are cut at the day they are composed: that alone moves nothing. */
function startLeft(window: DayRange, asOf: EpochDay): EpochDay {
  return window.start > asOf ? window.start : asOf;
}

function compareIds(a: PastSuggestion, b: PastSuggestion): number {
  return a.id < b.id ? -1 : 1;
}
