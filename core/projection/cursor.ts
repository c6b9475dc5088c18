import { createHmac, timingSafeEqual } from 'node:crypto';
import { BadRequest } from './selection.ts';

/** Bytes of the MAC kept in a cursor; `app.cursor()` in the database writes the same number. */
const MAC_BYTES = 12;

/**
 * The key that signs the cursors of one list: bound to its type, filter and order, so that a cursor
 * used on another list is refused instead of silently paging through the wrong rows.
 */
export function cursorKey(
  secret: Uint8Array,
  list: { type: string; filter: unknown; order: string; scope: string },
): Buffer {
  return createHmac('sha256', secret).update(JSON.stringify(list)).digest();
}

/** The order keys inside a cursor. @throws {BadRequest} when it was not made for this list. */
export function readCursor(key: Uint8Array, cursor: string): readonly (string | number)[] {
  const bytes = Buffer.from(cursor, 'base64');
  const payload = bytes.subarray(MAC_BYTES);
  const mac = createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES);
  if (bytes.length <= MAC_BYTES || !timingSafeEqual(mac, bytes.subarray(0, MAC_BYTES))) {
    throw new BadRequest(
      'The cursor was not made by this list: pass `after` only with the filter and order of the page it came from.',
    );
  }
  const keys: unknown = JSON.parse(payload.toString('utf8'));
  if (!Array.isArray(keys)) throw new BadRequest('The cursor is not readable.');
  return keys.map((value) => (typeof value === 'number' ? value : String(value)));
}
