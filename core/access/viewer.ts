import { type Scope, SCOPES } from './scopes.ts';

/** What a key may do. A coordinator works for the RSO; the others act for one actor. */
export const ROLES = ['coordinator', 'editor', 'planner', 'viewer', 'observer'] as const;
export type Role = (typeof ROLES)[number];

/** The hub itself has a role that no key can have. */
export type ViewerRole = Role | 'operator';

/** The authenticated party on whose behalf everything in one request happens. */
export interface Viewer {
  /** The id of the key, or of the user who came with a token instead. */
  readonly keyId: string;
  /** The person who asks, or who issued the key that asks; null when no person is known. */
  readonly userId: string | null;
  readonly label: string;
  readonly role: ViewerRole;
  /** The actor it acts for; null for a coordinator or observer that acts for none. */
  readonly actorId: string | null;
  /** Sees what any verified actor would, to show an owner how others see its record. */
  readonly asAnyMember?: true;
  /** What it may do beside reading. */
  readonly scopes: readonly Scope[];
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

/** May this viewer answer suggestions in the name of an actor? Nobody curates answers. */
export function mayAnswer(viewer: Viewer): viewer is Viewer & { readonly actorId: string } {
  return (viewer.role === 'editor' || viewer.role === 'planner') && viewer.actorId !== null;
}

/** The session context that policies and defaults in the database read with `current_setting('app.…')`. */
export function sessionVariables(viewer: Viewer): Record<string, string> {
  return {
    'app.key_id': viewer.keyId,
    'app.user_id': viewer.userId ?? '',
    'app.role': viewer.role,
    'app.actor_id': viewer.actorId ?? '',
    'app.any_member': viewer.asAnyMember ? 'yes' : '',
  };
}

/** The hub itself: what it does at start, in the background, and when it loads files for its operator. */
export const HUB_VIEWER: Viewer = {
  keyId: 'hub',
  userId: null,
  label: 'Concord',
  role: 'operator',
  actorId: null,
  scopes: SCOPES,
};
