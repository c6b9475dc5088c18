import { moduleBeside } from '../../../platform/module-beside.ts';
import { inWorkerThread } from '../in-worker-thread.ts';
import type { FromSheet, SheetInput } from './read-sheet.ts';

/**
 * Reads a sheet as `read` of read-sheet.ts does, in a thread of its own and within its limits of memory and time; in blocks.
 * @throws PlainError as there, and when the limits are reached
 */
export function readSheetInThread(input: SheetInput, signal?: AbortSignal): AsyncGenerator<readonly FromSheet[]> {
  return inWorkerThread<SheetInput, FromSheet>(
    moduleBeside(import.meta.url, 'read-sheet'),
    input,
    input.fileName,
    signal ? { signal } : {},
  );
}
