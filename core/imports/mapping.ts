import { z } from 'zod';

/** How the columns of a sheet are to be understood, as the reader of sheets takes it; kept as it came. */
export const mappingSchema = z
  .record(z.string().max(300), z.unknown())
  .refine((mapping) => JSON.stringify(mapping).length <= 200_000, 'At most 200,000 characters.');
export type Mapping = z.infer<typeof mappingSchema>;
