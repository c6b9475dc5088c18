import type { ViewerRole } from '@concord/client-sdk';

/** As what an editor lets somebody in, by a key or by name. */
export const ROLES: readonly ViewerRole[] = ['VIEWER', 'PLANNER', 'EDITOR'];
/** What only a coordinator gives, too. */
export const ROLES_OF_COORDINATORS: readonly ViewerRole[] = [...ROLES, 'OBSERVER', 'COORDINATOR'];
