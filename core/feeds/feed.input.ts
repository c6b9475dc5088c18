import { z } from 'zod';
import { shortText } from '../footprints/holder.input.ts';

const codes = z.array(z.string().max(100)).max(50).nullish();
const countryCodes = z
  .array(z.string().regex(/^[A-Za-z]{2}$/, 'ISO 3166-1 alpha-2'))
  .max(50)
  .nullish();

export const issueCalendarFeedInput = z.object({
  label: shortText,
  countries: countryCodes,
  corridors: codes,
  themes: codes,
  mine: z.boolean().nullish(),
  observances: z.boolean().nullish(),
});
export const calendarFeedTarget = z.object({ id: z.string() });
