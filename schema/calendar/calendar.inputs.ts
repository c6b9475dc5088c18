import { Field, ID, InputType, Int } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { HolderInput } from '../footprints/holder.types.ts';
import {
  CalendarEntry,
  CalendarEntryKind,
  CalendarEntryStatus,
  DatePrecision,
  MaterialKind,
} from './calendar.types.ts';

@InputType({ description: 'Something to read or watch.' })
export class CalendarMaterialInput {
  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'Where it is: https, no user name or password in it.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'BCP 47.' })
  language?: string | null;

  @Field(() => MaterialKind, { nullable: true, description: 'Default OTHER.' })
  kind?: MaterialKind | null;
}

@InputType()
class CalendarEntryInput extends HolderInput {
  @Field(() => CalendarEntryKind, { nullable: true, description: 'Default OTHER.' })
  kind?: CalendarEntryKind | null;

  @Field(() => DatePrecision, {
    nullable: true,
    description:
      'Default DAY. With WEEK, MONTH or QUARTER the entry stands for the whole weeks, months or quarters that its days touch.',
  })
  precision?: DatePrecision | null;

  @Field(() => CalendarEntryStatus, {
    nullable: true,
    description: 'Default CONFIRMED. TENTATIVE or CONFIRMED: `cancelCalendarEntry` cancels.',
  })
  status?: CalendarEntryStatus | null;

  @Field(() => String, {
    nullable: true,
    description:
      'RFC 5545 RRULE in days, such as `FREQ=MONTHLY;BYDAY=1FR;COUNT=6`. The days stated are the first occurrence; it is followed for 24 months. After it, or instead of it, lines `RDATE:20260301,20260315` with more first days and `EXDATE:` with days to leave out, at most 731 each.',
  })
  recurrence?: string | null;

  @Field(() => [CalendarMaterialInput], {
    nullable: true,
    description: 'Of a training or consultation, for instance; at most 30. Replaces what was given before.',
  })
  materials?: CalendarMaterialInput[] | null;
}

@InputType({ description: 'Required are a campaign, a name, and the days in `footprint`.' })
export class AddCalendarEntryInput extends CalendarEntryInput {
  @Field(() => ID, { description: 'What the entry does not state, it inherits from its campaign.' })
  campaign!: string;

  @Field(() => String, { description: 'Its main name, in whichever language its owner works.' })
  name!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Default: the owner of the campaign if you act for it, else the actor you act for.',
  })
  owner?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Fields left out stay as they are; null clears. An entry always has days.' })
export class ReviseCalendarEntryInput extends CalendarEntryInput {
  @Field(() => ID, { description: 'Which entry.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Its main name.' })
  name?: string | null;
}

@InputType({ description: 'A cancelled entry does not come back.' })
export class CancelCalendarEntryInput {
  @Field(() => ID, { description: 'Which entry.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Shown to everybody who sees the record.' })
  reason?: string | null;
}

export const AddCalendarEntryResult = resultOf('AddCalendarEntryResult', CalendarEntry);
export const ReviseCalendarEntryResult = resultOf('ReviseCalendarEntryResult', CalendarEntry);
export const CancelCalendarEntryResult = resultOf('CancelCalendarEntryResult', CalendarEntry);
