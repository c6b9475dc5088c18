import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { Node } from '../node.ts';
import { DateTime } from '../scalars.ts';
import { Corridor, Place, Term } from '../vocabulary/vocabulary.types.ts';

@ObjectType({
  implements: Node,
  description:
    'A calendar at an address that whoever knows it may read, as iCalendar: entries from 180 days ago to two years ahead, at most 2,000, as whoever issued it may see them when it is read. It ends with the key or the right of whoever issued it.',
})
export class CalendarFeed extends Node {
  @Field(() => String, { description: 'What calendar programs call it.' })
  label!: string;

  @Field(() => [Place], { description: 'Entries in one of these countries. Empty: wherever.' })
  countries!: Place[];

  @Field(() => [Corridor], { description: 'Entries on one of these corridors. Empty: on any or none.' })
  corridors!: Corridor[];

  @Field(() => [Term], { description: 'Entries about one of these themes. Empty: about any.' })
  themes!: Term[];

  @Field(() => Boolean, { description: 'Only entries of the actor that whoever issued it acts for.' })
  mine!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether holidays and other observances are shown beside the entries, from a month ago to a year ahead.',
  })
  observances!: boolean;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Since when nobody can read it. Null: it can be read.' })
  revokedAt!: Date | null;
}

@ObjectType({ description: 'A new calendar feed, this once with its address.' })
export class IssuedCalendarFeed {
  @Field(() => CalendarFeed)
  feed!: CalendarFeed;

  @Field(() => String, {
    description: 'Where to subscribe to it. Whoever has it can read the calendar; it is never shown again.',
  })
  url!: string;
}

@InputType({ description: 'Conditions combine with AND; the values of one list mean OR.' })
export class IssueCalendarFeedInput {
  @Field(() => String, { description: 'What calendar programs call it.' })
  label!: string;

  @Field(() => [String], { nullable: true, description: 'ISO 3166-1 alpha-2, at most 50. Default: wherever.' })
  countries?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes, at most 50. Default: on any or none.' })
  corridors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes, at most 50. Default: about any.' })
  themes?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only entries of your own actor. Default false.' })
  mine?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'With observances beside the entries. Default false.' })
  observances?: boolean | null;
}

@InputType()
export class RevokeCalendarFeedInput {
  @Field(() => ID)
  id!: string;
}

export const IssueCalendarFeedResult = resultOf('IssueCalendarFeedResult', IssuedCalendarFeed);
export const RevokeCalendarFeedResult = resultOf('RevokeCalendarFeedResult', CalendarFeed);
