import { z } from 'zod';
import { creation, holderFields, reason, target } from '../footprints/holder.input.ts';
import { ENTRY_KINDS } from './calendar-entry.entity.ts';
import { materials } from './material.ts';
import { readRecurrence } from './recurrence-rule.ts';

const recurrence = z.string().transform((text, context) => {
  const read = readRecurrence(text);
  if (read.ok) return read.recurrence;
  context.addIssue({ code: 'custom', message: read.message });
  return z.NEVER;
});

const entryFields = holderFields.extend({
  kind: z.enum(ENTRY_KINDS).nullish(),
  precision: z.enum(['day', 'week', 'month', 'quarter']).nullish(),
  status: z.enum(['tentative', 'confirmed'], 'TENTATIVE or CONFIRMED; cancelCalendarEntry cancels.').nullish(),
  recurrence: recurrence.nullish(),
  materials: materials.nullish(),
});

export const addCalendarEntryInput = entryFields.extend({ campaign: z.string(), ...creation.shape });
export const reviseCalendarEntryInput = entryFields.partial().extend(target.shape);
export const cancelCalendarEntryInput = target.extend({ reason: reason.nullish() });
