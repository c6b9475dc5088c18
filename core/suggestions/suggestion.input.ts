import { z } from 'zod';

export const dismissSuggestionInput = z.object({
  id: z.string(),
  expectedVersion: z.number().int(),
  reason: z.string().trim().min(1).max(1_000),
});

export const answerInput = z.object({ id: z.string(), expectedVersion: z.number().int() });
