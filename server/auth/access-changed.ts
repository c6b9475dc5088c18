/** Told by triggers in the database: a key, a user or an actor, by id, may have lost a right. */
export const ACCESS_CHANGED = 'access.changed';
