import { moduleBeside } from '../../../platform/module-beside.ts';
import { readApart } from '../read-apart.ts';
import type { AnnotationInput } from './annotate-sheet.ts';

/**
 * Copies a sheet with its remarks as `read` of annotate-sheet.ts does, in a process of its own; in pieces of the file.
 * @throws PlainError as there, and when the limits are reached
 */
export async function* annotateSheetApart(input: AnnotationInput, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const module = moduleBeside(import.meta.url, 'annotate-sheet');
  const options = signal ? { signal } : {};
  for await (const block of readApart<AnnotationInput, Uint8Array>(module, input, input.fileName, options)) {
    yield* block;
  }
}
