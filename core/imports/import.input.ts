import { z } from 'zod';
import { importOptions } from './import-run.ts';
import { mappingSchema } from './mapping.ts';

export const uploadInput = z.object({
  fileName: z
    .string()
    .trim()
    .min(1, 'Say what the file is called.')
    .max(200)
    // A path or control characters in a name are nobody's to see.
    .transform((name) => name.replaceAll(/\p{C}/gu, '').replace(/^.*[\\/]/u, ''))
    .pipe(z.string().min(1, 'Say what the file is called.')),
  /** False: planImport will say how to read it. */
  read: z.boolean(),
  clientMutationKey: z.string().min(1).max(200).nullish(),
});

const target = z.object({ id: z.string(), expectedVersion: z.number().int() });
/** A mapping as JSON, as people keep it in a file. */
const mappingText = z
  .string()
  .max(300_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'Expected JSON.' });
      return z.NEVER;
    }
  })
  .pipe(mappingSchema);
export const planImportInput = target.extend({ ...importOptions.shape, mapping: mappingText.nullish() });
export const applyImportInput = target;
export const rollBackImportInput = target;
