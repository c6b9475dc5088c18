import { defineEntity, p } from '@mikro-orm/postgresql';
import { holderProperties } from '../footprints/holder.entity.ts';
import type { Precision } from './precision.ts';

export const ENTRY_KINDS = [
  'broadcast',
  'outreach',
  'event',
  'training',
  'consultation',
  'meeting',
  'publication',
  'research',
  'pre_test',
  'evaluation',
  'other',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export type EntryStatus = 'tentative' | 'confirmed' | 'cancelled';

/** A dated piece of a campaign. `stated.days` are those of its first occurrence; its columns span all of them, in whole weeks, months or quarters. */
const CalendarEntrySchema = defineEntity({
  name: 'CalendarEntry',
  tableName: 'calendar_entry',
  properties: {
    ...holderProperties(),
    campaignId: p.text(),
    kind: p.text().$type<EntryKind>(),
    precision: p.text().$type<Precision>(),
    status: p.text().$type<EntryStatus>(),
    cancelledReason: p.text().nullable(),
    /** RFC 5545, as `Recurrence` writes it; null: it happens once. */
    recurrence: p.text().nullable(),
  },
});
export class CalendarEntry extends CalendarEntrySchema.class {}
CalendarEntrySchema.setClass(CalendarEntry);
