import { z } from 'zod';
import { reason, shortText, target } from '../footprints/holder.input.ts';
import { calendarDay } from '../footprints/stated-footprint.ts';
import { OBSERVANCE_KINDS } from './observance.ts';

const DAY_MS = 86_400_000;
/** What takes longer is a season, and belongs to a corridor. */
const LONGEST_DAYS = 366;

const days = z
  .object({ start: calendarDay, end: calendarDay })
  .refine(({ start, end }) => start <= end, { path: ['end'], message: 'The last day is before the first.' })
  .refine(({ start, end }) => Date.parse(end) - Date.parse(start) < LONGEST_DAYS * DAY_MS, {
    path: ['end'],
    message: 'An observance lasts a year at most.',
  });

const observanceFields = z.object({
  kind: z.enum(OBSERVANCE_KINDS),
  name: shortText,
  days,
  countries: z.array(z.string()).max(250).nullish(),
  reason: reason.nullish(),
  source: reason,
  estimated: z.boolean().nullish(),
});

export const recordObservanceInput = observanceFields.extend({
  clientMutationKey: z.string().min(1).max(200).nullish(),
});
/** What is absent stays; of countries null means everywhere. */
export const reviseObservanceInput = observanceFields.partial().extend(target.shape);
export const withdrawObservanceInput = target;

export type ObservanceFields = z.infer<typeof observanceFields>;
