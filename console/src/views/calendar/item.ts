import type { CalendarEntry, Campaign, Viewer } from '@concord/client-sdk';
import type { Days } from '../../components/date-field.tsx';
import { closed, shifted, distance, widened } from './days.ts';

/** What stands in the calendar: an entry, or a campaign, which stands behind its entries. */
export type Item = EntryItem | CampaignItem;

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly id: string; readonly name: string };
  readonly footprint: CalendarEntry['footprint'];
  /** The days it stands for. */
  readonly days: Days;
  /** The days its owner stated: what is changed when it is moved. */
  readonly stated: Days;
  readonly isCancelled: boolean;
  readonly isTentative: boolean;
}
export interface EntryItem extends Shown {
  readonly type: 'entry';
  readonly record: CalendarEntry;
}
export interface CampaignItem extends Shown {
  readonly type: 'campaign';
  readonly record: Campaign;
}

/** Null: it has no days. */
export function asEntry(record: CalendarEntry): EntryItem | null {
  const { id, name, owner, footprint, status } = record;
  if (!footprint.days) return null;
  return {
    type: 'entry',
    id,
    name,
    owner,
    footprint,
    days: closed(footprint.days),
    stated: closed(record.statedDays),
    isCancelled: status === 'CANCELLED',
    isTentative: status === 'TENTATIVE',
    record,
  };
}

/** Null: it has no days. */
export function asCampaign(record: Campaign): CampaignItem | null {
  const { id, name, owner, footprint, status } = record;
  if (!footprint.days) return null;
  const days = closed(footprint.days);
  return {
    type: 'campaign',
    id,
    name,
    owner,
    footprint,
    days,
    stated: days,
    isCancelled: status === 'CANCELLED',
    isTentative: false,
    record,
  };
}

/** The days it would stand for if those were stated. */
export function daysIf(item: Item, stated: Days): Days {
  if (item.type === 'campaign') return stated;
  const { precision, recurrence } = item.record;
  if (recurrence !== null) return shifted(item.days, distance(item.stated.start, stated.start));
  return widened(stated, precision);
}

/** Whether the hub would let this viewer change it; it decides itself when it is asked. */
export function mayChange({ role, actor }: Viewer, { owner, isCancelled }: Item): boolean {
  if (isCancelled) return false;
  return role === 'COORDINATOR' || ((role === 'EDITOR' || role === 'PLANNER') && actor?.id === owner.id);
}
