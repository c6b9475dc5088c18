/**
 * A failure that its reader can do something about: the message is complete sentences for people, and no stack is shown.
 * Everything else that is thrown counts as a fault of the program.
 */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}

/** The message of whatever was thrown, for use inside a longer sentence. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a system or database error (`ENOENT`, `28P01`), or null where there is none. */
export function codeOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}
