import type { FromFile } from '../source-record.ts';
import { readICalendar } from './read-icalendar.ts';

/** Reads a calendar in a thread of its own. */
export function* read({ bytes }: { readonly bytes: Uint8Array }): Generator<FromFile> {
  yield* readICalendar(bytes);
}
