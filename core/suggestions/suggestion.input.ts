import { z } from 'zod';

/** Why people dismiss a suggestion, in a word. */
export const DISMISSAL_CODES = ['NOT_RELEVANT', 'ALREADY_DONE', 'WRONG_DATES', 'WRONG_PARTNERS', 'OTHER'] as const;

export const dismissSuggestionInput = z.object({
  id: z.string(),
  expectedVersion: z.number().int(),
  reason: z.string().trim().min(1).max(1_000),
  reasonCode: z.enum(DISMISSAL_CODES).nullish(),
});

/** The ranking of the kind and place of a suggestion, as it was read. */
export const rankingInput = z.object({ suggestion: z.string(), expectedVersion: z.number().int() });

export const answerInput = z.object({ id: z.string(), expectedVersion: z.number().int() });
