import { BadRequest } from '../core/projection/selection.ts';

/** Where in a value from outside a text holds U+0000, which PostgreSQL can neither store nor compare: `input.names[0].text`; or null. */
export function pathOfNul(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return value.includes('\0') ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const below = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const found = pathOfNul(part, below);
    if (found !== null) return found;
  }
  return null;
}

export const NUL_MESSAGE = 'No text may hold the character U+0000.';

/** @throws {BadRequest} naming the path, when a text of these arguments holds U+0000 */
export function checkNul(args: unknown): void {
  const path = pathOfNul(args);
  if (path !== null) throw new BadRequest(`${path}: ${NUL_MESSAGE}`);
}
