/**
 * Who sees what, written from the design ("Who sees what" in `domain.md`) and from nothing else: it must be able to contradict
 * the policies it checks. A few lines of plain rules over a made-up cast; no database, no code of the hub.
 */

export type Visibility = 'PUBLIC' | 'MEMBERS' | 'PARTNERS' | 'RESTRICTED';
export type Precision = 'EXACT' | 'SUBDIVISION' | 'COUNTRY' | 'NONE';

/** From wide to narrow. */
export const VISIBILITIES: readonly Visibility[] = ['PUBLIC', 'MEMBERS', 'PARTNERS', 'RESTRICTED'];
export const PRECISIONS: readonly Precision[] = ['EXACT', 'SUBDIVISION', 'COUNTRY', 'NONE'];

export interface CastActor {
  readonly name: string;
  readonly kind: string;
  readonly country: string;
  /** Its records are never more visible than it is itself. */
  readonly visibility: Visibility;
  /** Lapsed: verified until a day that has passed. */
  readonly vetting: 'verified' | 'pending' | 'suspended' | 'lapsed';
}

export interface CastViewer {
  readonly name: string;
  readonly role: 'coordinator' | 'editor' | 'planner' | 'viewer' | 'observer' | 'anonymous';
  /** For whom it acts. */
  readonly actor: CastActor | null;
}

export interface CastRecord {
  readonly owner: CastActor;
  /** Of the record itself and everything above it, from the top. */
  readonly visibilities: readonly Visibility[];
  readonly precisions: readonly Precision[];
  /** Names of actors with a share that is neither revoked nor over. */
  readonly sharedWith: readonly string[];
  /** Names of viewers whom the owner named. */
  readonly readers: readonly string[];
  readonly excluded: {
    readonly actors: readonly string[];
    readonly kinds: readonly string[];
    readonly countries: readonly string[];
  };
}

/** The narrower of two values of a list that runs from wide to narrow: a child is never more visible than its parent. */
function narrowest<T>(order: readonly T[], values: readonly T[]): T {
  const last = values.reduce((narrow, value) => (order.indexOf(value) > order.indexOf(narrow) ? value : narrow));
  return last;
}

function visibilityOf(record: CastRecord): Visibility {
  return narrowest(VISIBILITIES, [record.owner.visibility, ...record.visibilities]);
}

/** Anonymous, or of an actor that was suspended: its keys open nothing. */
export function isShutOut(viewer: CastViewer): boolean {
  return viewer.role === 'anonymous' || viewer.actor?.vetting === 'suspended';
}

export function sees(viewer: CastViewer, record: CastRecord): boolean {
  if (isShutOut(viewer)) return false;
  const own = viewer.actor?.name === record.owner.name;
  const visibility = visibilityOf(record);
  if (visibility === 'RESTRICTED') return record.readers.includes(viewer.name);
  if (own || viewer.role === 'coordinator') return true;
  if (record.owner.vetting !== 'verified') return false;
  if (viewer.actor && isExcluded(viewer.actor, record)) return false;
  return isAmong(viewer, visibility, record.sharedWith);
}

function isAmong(viewer: CastViewer, visibility: Visibility, sharedWith: readonly string[]): boolean {
  switch (visibility) {
    case 'PUBLIC':
      return true;
    case 'MEMBERS':
      return viewer.actor?.vetting === 'verified';
    case 'PARTNERS':
      return viewer.actor !== null && sharedWith.includes(viewer.actor.name);
    case 'RESTRICTED':
      return false;
  }
}

function isExcluded(actor: CastActor, { excluded }: CastRecord): boolean {
  return (
    excluded.actors.includes(actor.name) ||
    excluded.kinds.includes(actor.kind) ||
    excluded.countries.includes(actor.country)
  );
}

/** Whoever is not verified is known to itself and to coordinators; a verified actor to those it wants to be known to. */
export function seesActor(viewer: CastViewer, actor: CastActor): boolean {
  if (isShutOut(viewer)) return false;
  if (viewer.actor?.name === actor.name || viewer.role === 'coordinator') return true;
  return actor.vetting === 'verified' && isAmong(viewer, actor.visibility, ['shared']);
}

/** A place that a record states, at each precision; made by hand from ISO 3166. */
export interface StatedPlace {
  readonly exact: string;
  readonly subdivision: string;
  readonly country: string;
}

export const COXS_BAZAR: StatedPlace = { exact: 'BD-11', subdivision: 'BD-B', country: 'BD' };
export const BANGLADESH: StatedPlace = { exact: 'BD', subdivision: 'BD', country: 'BD' };
export const SELANGOR: StatedPlace = { exact: 'MY-10', subdivision: 'MY-10', country: 'MY' };

/** How exactly a viewer who sees the record learns where it is: its owner stated it, everybody else gets what it releases. */
export function precisionFor(viewer: CastViewer, record: CastRecord): Precision {
  return viewer.actor?.name === record.owner.name ? 'EXACT' : narrowest(PRECISIONS, record.precisions);
}

export function placesAt(precision: Precision, places: readonly StatedPlace[]): string[] {
  switch (precision) {
    case 'EXACT':
      return [...new Set(places.map(({ exact }) => exact))].sort();
    case 'SUBDIVISION':
      return [...new Set(places.map(({ subdivision }) => subdivision))].sort();
    case 'COUNTRY':
      return [...new Set(places.map(({ country }) => country))].sort();
    case 'NONE':
      return [];
  }
}
