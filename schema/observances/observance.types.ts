import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { DayRange, DayRangeInput } from '../footprints/footprint.types.ts';
import { Node } from '../node.ts';
import { DateTime } from '../scalars.ts';
import { Corridor, Place } from '../vocabulary/vocabulary.types.ts';

export enum ObservanceKind {
  PUBLIC_HOLIDAY = 'PUBLIC_HOLIDAY',
  RELIGIOUS_PERIOD = 'RELIGIOUS_PERIOD',
  INTERNATIONAL_DAY = 'INTERNATIONAL_DAY',
  HOME_VISIT_PEAK = 'HOME_VISIT_PEAK',
  ELECTION = 'ELECTION',
  OTHER = 'OTHER',
}
const OBSERVANCE_KINDS = {
  PUBLIC_HOLIDAY: { description: 'A day off by law.' },
  RELIGIOUS_PERIOD: { description: 'Days on which life keeps other hours, such as Ramadan.' },
  INTERNATIONAL_DAY: { description: 'A day of the United Nations that campaigns are tied to.' },
  HOME_VISIT_PEAK: { description: 'Those who work elsewhere are at home with their families.' },
  ELECTION: { description: 'A vote, and the days before it.' },
  OTHER: { description: 'Anything else that bears on when a campaign is best held.' },
};
registerEnumType(ObservanceKind, {
  name: 'ObservanceKind',
  description: 'What is observed. The first four are also worked out from calendars.',
  valuesConfig: OBSERVANCE_KINDS,
});

export enum CalendarBandKind {
  PUBLIC_HOLIDAY = 'PUBLIC_HOLIDAY',
  RELIGIOUS_PERIOD = 'RELIGIOUS_PERIOD',
  INTERNATIONAL_DAY = 'INTERNATIONAL_DAY',
  HOME_VISIT_PEAK = 'HOME_VISIT_PEAK',
  ELECTION = 'ELECTION',
  OTHER = 'OTHER',
  SEASON = 'SEASON',
}
registerEnumType(CalendarBandKind, {
  name: 'CalendarBandKind',
  description: 'What a band of the calendar is: an observance, or the season of a corridor.',
  valuesConfig: { ...OBSERVANCE_KINDS, SEASON: { description: 'The months in which a corridor is travelled most.' } },
});

@ObjectType({
  implements: Node,
  description:
    'An observance that somebody entered. Everybody with a key sees it, as long as whoever entered it is vouched for.',
})
export class Observance extends Node {
  @Field(() => ObservanceKind)
  kind!: ObservanceKind;

  @Field(() => String, { description: 'In whichever language it was entered.' })
  name!: string;

  @Field(() => DayRange)
  days!: DayRange;

  @Field(() => [Place], { description: 'The countries in which it is observed, by code. Empty: everywhere.' })
  countries!: Place[];

  @Field(() => String, { nullable: true, description: 'Why it matters to campaigns. Null: the name says it.' })
  reason!: string | null;

  @Field(() => String, { description: 'Who says so: a gazette, an address on the web.' })
  source!: string;

  @Field(() => Boolean, { description: 'The days are not fixed yet, or follow the moon.' })
  estimated!: boolean;

  @Field(() => Actor, {
    nullable: true,
    description: 'For whom it was entered. Null: coordinators, or not visible to you.',
  })
  enteredBy!: Actor | null;

  @Field(() => Boolean, { description: 'It was taken back, and is in no calendar any more.' })
  withdrawn!: boolean;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when changing it.' })
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;
}

@ObjectType({
  description: 'Days that lie behind the entries of a calendar: an observance, or the season of a corridor.',
})
export class CalendarBand {
  @Field(() => CalendarBandKind)
  kind!: CalendarBandKind;

  @Field(() => String, { description: 'English, if nobody entered it; of a season the name of its corridor.' })
  name!: string;

  @Field(() => DayRange)
  days!: DayRange;

  @Field(() => [Place], {
    description: 'Where, of the countries asked for; of a season those of its corridor. Empty: everywhere.',
  })
  countries!: Place[];

  @Field(() => Corridor, { nullable: true, description: 'Whose season it is. Null for observances.' })
  corridor!: Corridor | null;

  @Field(() => String, { nullable: true, description: 'Why it matters to campaigns. Null: the name says it.' })
  reason!: string | null;

  @Field(() => String, { description: 'Where it comes from.' })
  source!: string;

  @Field(() => Boolean, { description: 'It may come a day earlier or later, as what follows the moon.' })
  estimated!: boolean;

  @Field(() => Observance, { nullable: true, description: 'What somebody entered. Null: it follows from a calendar.' })
  observance!: Observance | null;
}

@InputType()
class ObservanceFields {
  @Field(() => [String], {
    nullable: true,
    description:
      'ISO 3166-1 alpha-2. None: everywhere, which only coordinators may say; others name countries where they are based.',
  })
  countries?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Why it matters to campaigns.' })
  reason?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Default false. True: the days may still move.' })
  estimated?: boolean | null;
}

@InputType({ description: 'Everybody with a key will see it.' })
export class RecordObservanceInput extends ObservanceFields {
  @Field(() => ObservanceKind)
  kind!: ObservanceKind;

  @Field(() => String, { description: 'What people call it.' })
  name!: string;

  @Field(() => DayRangeInput, { description: 'First and last day, a year at most.' })
  days!: DayRangeInput;

  @Field(() => String, { description: 'Who says so: a gazette, an address on the web.' })
  source!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Fields left out stay as they are; null clears.' })
export class ReviseObservanceInput extends ObservanceFields {
  @Field(() => ID, { description: 'Which observance.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => ObservanceKind, { nullable: true })
  kind?: ObservanceKind;

  @Field(() => String, { nullable: true, description: 'What people call it.' })
  name?: string;

  @Field(() => DayRangeInput, { nullable: true, description: 'First and last day, a year at most.' })
  days?: DayRangeInput;

  @Field(() => String, { nullable: true, description: 'Who says so: a gazette, an address on the web.' })
  source?: string;
}

@InputType({ description: 'A withdrawn observance does not come back.' })
export class WithdrawObservanceInput {
  @Field(() => ID, { description: 'Which observance.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;
}

export const RecordObservanceResult = resultOf('RecordObservanceResult', Observance);
export const ReviseObservanceResult = resultOf('ReviseObservanceResult', Observance);
export const WithdrawObservanceResult = resultOf('WithdrawObservanceResult', Observance);
