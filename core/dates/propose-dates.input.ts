import { z } from 'zod';
import { daysInput, footprintInput } from '../footprints/stated-footprint.ts';
import { OBSERVANCE_KINDS } from '../observances/observance.ts';

const DAY_MS = 86_400_000;
/** As far ahead as recurrences are followed. */
const LONGEST_CHOICE_DAYS = 731;
const LONGEST_CAMPAIGN_DAYS = 366;

export const proposeDatesInput = z
  .object({
    footprint: footprintInput.nullish(),
    of: z.string().nullish(),
    owner: z.string().nullish(),
    programme: z.string().nullish(),
    lengthDays: z.int().min(1).max(LONGEST_CAMPAIGN_DAYS).nullish(),
    between: daysInput.refine(
      ({ start, end }) => typeof end === 'string' && Date.parse(end) - Date.parse(start) < LONGEST_CHOICE_DAYS * DAY_MS,
      { path: ['end'], message: `A last day, at most ${String(LONGEST_CHOICE_DAYS)} days after the first.` },
    ),
    avoid: z.array(z.enum(OBSERVANCE_KINDS)).nullish(),
  })
  .refine(({ footprint, of }) => Boolean(footprint) !== Boolean(of), {
    path: ['of'],
    message: 'Give a footprint, or the id of what is to be moved, and not both.',
  });

export type ProposeDates = z.infer<typeof proposeDatesInput>;
