/** What a key may do. A coordinator works for the RSO; the others act for one actor. */
export type Role = 'coordinator' | 'editor' | 'planner' | 'viewer' | 'observer';

/** The authenticated party on whose behalf everything in one request happens. */
export interface Viewer {
  readonly keyId: string;
  readonly label: string;
  readonly role: Role;
  /** The actor it acts for; null for a coordinator or observer that acts for none. */
  readonly actorId: string | null;
}

/** May this viewer change records of this owner? Coordinators curate the registry; editors and planners change their own. */
export function mayEdit(viewer: Viewer, ownerId: string): boolean {
  if (viewer.role === 'coordinator') return true;
  return (viewer.role === 'editor' || viewer.role === 'planner') && viewer.actorId === ownerId;
}

/** The session context that policies and defaults in the database read with `current_setting('app.…')`. */
export function sessionVariables(viewer: Viewer): Record<string, string> {
  return { 'app.key_id': viewer.keyId, 'app.role': viewer.role, 'app.actor_id': viewer.actorId ?? '' };
}

/** The hub itself: what it does at start, in the background, and when it loads files for its operator. */
export const HUB_VIEWER: Viewer = { keyId: 'hub', label: 'Concord', role: 'coordinator', actorId: null };
