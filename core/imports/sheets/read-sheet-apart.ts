import { moduleBeside } from '../../../platform/module-beside.ts';
import { readApart } from '../read-apart.ts';
import type { FromSheet, SheetInput } from './read-sheet.ts';

/**
 * Reads a sheet as `read` of read-sheet.ts does, in a process of its own and within its limits of memory and time; in blocks.
 * @throws PlainError as there, and when the limits are reached
 */
export function readSheetApart(input: SheetInput, signal?: AbortSignal): AsyncGenerator<readonly FromSheet[]> {
  return readApart<SheetInput, FromSheet>(
    moduleBeside(import.meta.url, 'read-sheet'),
    input,
    input.fileName,
    signal ? { signal } : {},
  );
}
