/** What a key may do. A coordinator works for the RSO; the others act for one actor. */
export type Role = 'coordinator' | 'editor' | 'planner' | 'viewer' | 'observer';

/** The hub itself has a role that no key can have. */
export type ViewerRole = Role | 'operator';

/** The authenticated party on whose behalf everything in one request happens. */
export interface Viewer {
  readonly keyId: string;
  readonly label: string;
  readonly role: ViewerRole;
  /** The actor it acts for; null for a coordinator or observer that acts for none. */
  readonly actorId: string | null;
  /** Sees what any verified actor would, to show an owner how others see its record. */
  readonly asAnyMember?: true;
}

/** May this viewer vet, merge and correct what others registered? */
export function mayCurate(viewer: Viewer): boolean {
  return viewer.role === 'coordinator' || viewer.role === 'operator';
}

/** May this viewer change records of this owner? Coordinators curate the registry; editors and planners change their own. */
export function mayEdit(viewer: Viewer, ownerId: string): boolean {
  if (mayCurate(viewer)) return true;
  return (viewer.role === 'editor' || viewer.role === 'planner') && viewer.actorId === ownerId;
}

/** The session context that policies and defaults in the database read with `current_setting('app.…')`. */
export function sessionVariables(viewer: Viewer): Record<string, string> {
  return {
    'app.key_id': viewer.keyId,
    'app.role': viewer.role,
    'app.actor_id': viewer.actorId ?? '',
    'app.any_member': viewer.asAnyMember ? 'yes' : '',
  };
}

/** The hub itself: what it does at start, in the background, and when it loads files for its operator. */
export const HUB_VIEWER: Viewer = { keyId: 'hub', label: 'Concord', role: 'operator', actorId: null };
