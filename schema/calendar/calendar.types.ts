import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Campaign } from '../campaigns/campaign.types.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { DayRange, DayRangeInput } from '../footprints/footprint.types.ts';
import { FootprintHolder, HolderFilter } from '../footprints/holder.types.ts';

export enum CalendarEntryKind {
  BROADCAST = 'broadcast',
  OUTREACH = 'outreach',
  EVENT = 'event',
  TRAINING = 'training',
  CONSULTATION = 'consultation',
  MEETING = 'meeting',
  PUBLICATION = 'publication',
  RESEARCH = 'research',
  PRE_TEST = 'pre_test',
  EVALUATION = 'evaluation',
  OTHER = 'other',
}
registerEnumType(CalendarEntryKind, {
  name: 'CalendarEntryKind',
  description: 'What happens on the days of an entry.',
});

export enum MaterialKind {
  AGENDA = 'agenda',
  SLIDES = 'slides',
  HANDOUT = 'handout',
  REPORT = 'report',
  VIDEO = 'video',
  RECORDING = 'recording',
  OTHER = 'other',
}
registerEnumType(MaterialKind, { name: 'MaterialKind', description: 'What a material of a calendar entry is.' });

export enum DatePrecision {
  DAY = 'day',
  WEEK = 'week',
  MONTH = 'month',
  QUARTER = 'quarter',
}
registerEnumType(DatePrecision, {
  name: 'DatePrecision',
  description:
    'How exactly days are known. Weeks run from Monday to Sunday (ISO 8601), quarters are those of the calendar year.',
});

export enum CalendarEntryStatus {
  TENTATIVE = 'tentative',
  CONFIRMED = 'confirmed',
  CANCELLED = 'cancelled',
}
registerEnumType(CalendarEntryStatus, {
  name: 'CalendarEntryStatus',
  description: 'Tentative entries match like confirmed ones, and say so. Cancelled ones match nothing.',
});

@ObjectType({ description: 'Something to read or watch that belongs to an entry: an agenda, slides, a report.' })
export class CalendarMaterial {
  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'Where it is: https.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'BCP 47. Null: not said.' })
  language!: string | null;

  @Field(() => MaterialKind, { description: 'What it is.' })
  kind!: MaterialKind;
}

@ObjectType({
  implements: FootprintHolder,
  description:
    'A dated piece of a campaign. Its footprint spans its first to its last occurrence within 24 months, in whole weeks, months or quarters where its days are known no better. One that states nothing but days dates its campaign and is not matched itself.',
})
export class CalendarEntry extends FootprintHolder {
  @Field(() => Campaign, { description: 'What it is a piece of.' })
  campaign!: Campaign;

  @Field(() => CalendarEntryKind, { description: 'What happens.' })
  kind!: CalendarEntryKind;

  @Field(() => DatePrecision, { description: 'How exactly its days are known.' })
  precision!: DatePrecision;

  @Field(() => CalendarEntryStatus, { description: 'Whether it is sure to happen.' })
  status!: CalendarEntryStatus;

  @Field(() => String, { nullable: true, description: 'Null unless it was cancelled with a reason.' })
  cancelledReason!: string | null;

  @Field(() => DayRange, {
    description: 'The days as they were written, of the first occurrence. Those it stands for are in `footprint`.',
  })
  statedDays!: DayRange;

  @Field(() => String, {
    nullable: true,
    description:
      'RFC 5545 RRULE such as `FREQ=WEEKLY;BYDAY=MO`, then lines `RDATE:` and `EXDATE:` with days where some are added or left out. Null: it happens once.',
  })
  recurrence!: string | null;

  @Field(() => [CalendarMaterial], { description: 'In the order in which its owner gave them.' })
  materials!: CalendarMaterial[];
}

export const CalendarEntryConnection = connectionOf(CalendarEntry);
export const CalendarEntryOrder = orderOf('CalendarEntryOrder', { START: 'start', NAME: 'name', UPDATED: 'updated' });

@InputType()
class CalendarEntryFilter extends HolderFilter {
  @Field(() => [CalendarEntryKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: CalendarEntryKind[] | null;

  @Field(() => [CalendarEntryStatus], { nullable: true, description: 'Default: all, cancelled ones included.' })
  statuses?: CalendarEntryStatus[] | null;

  @Field(() => [ID], { nullable: true, description: 'Of one of these campaigns.' })
  campaigns?: string[] | null;
}

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class CalendarFilter extends CalendarEntryFilter {
  @Field(() => DayRangeInput, { description: 'Sharing at least one day.' })
  between!: DayRangeInput;
}

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class CampaignEntryFilter extends CalendarEntryFilter {
  @Field(() => DayRangeInput, { nullable: true, description: 'Sharing at least one day.' })
  between?: DayRangeInput | null;
}
