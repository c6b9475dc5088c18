import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CalendarDate } from '../scalars.ts';
import { Corridor, Place, Term } from '../vocabulary/vocabulary.types.ts';

export enum FootprintFacet {
  PLACES = 'places',
  CORRIDORS = 'corridors',
  AUDIENCES = 'audiences',
  THEMES = 'themes',
  CHANNELS = 'channels',
  LANGUAGES = 'languages',
}
registerEnumType(FootprintFacet, {
  name: 'FootprintFacet',
  description: 'A list of a footprint that a campaign or entry takes from its parent when it states none itself.',
});

@ObjectType({ description: 'Whole days, inclusive on both sides.' })
export class DayRange {
  @Field(() => CalendarDate, { description: 'The first day.' })
  start!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day. Null: no end is planned.' })
  end!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many days. Null: no end is planned.' })
  days!: number | null;
}

@InputType({ description: 'Whole days, inclusive on both sides, as people speak.' })
export class DayRangeInput {
  @Field(() => CalendarDate, { description: 'The first day.' })
  start!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day. Leave it out for standing work without a planned end.',
  })
  end?: string | null;
}

@ObjectType({
  description:
    'The who-what-where-when that programmes, campaigns and calendar entries share, with what is inherited filled in.',
})
export class Footprint {
  @Field(() => DayRange, { nullable: true, description: 'Null: no dates are known, and it matches nothing.' })
  days!: DayRange | null;

  @Field(() => [Place], { description: 'Where the audience is reached. A country stands for all its subdivisions.' })
  places!: Place[];

  @Field(() => [Corridor], {
    description: "Stated, or derived: one of its countries has a leg there and it shares one of the corridor's themes.",
  })
  corridors!: Corridor[];

  @Field(() => [Term], { description: 'Of taxonomy AUDIENCE: who is reached.' })
  audiences!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy THEME: what it is about.' })
  themes!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy CHANNEL: how people are reached.' })
  channels!: Term[];

  @Field(() => [String], { description: 'BCP 47.' })
  languages!: string[];

  @Field(() => [FootprintFacet], {
    description: 'Which of the lists come from the parent. Days never do. Empty where nothing is above.',
  })
  inherited!: FootprintFacet[];
}

@InputType({
  description: 'Everything is optional: unstated lists inherit from the parent, and an empty list is unstated.',
})
export class FootprintInput {
  @Field(() => DayRangeInput, { nullable: true, description: 'When. Days are not inherited.' })
  days?: DayRangeInput | null;

  @Field(() => [String], { nullable: true, description: 'ISO 3166-1 alpha-2, ISO 3166-2, or P-codes.' })
  places?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Corridor codes.' })
  corridors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy AUDIENCE.' })
  audiences?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME.' })
  themes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy CHANNEL.' })
  channels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'BCP 47 language tags; matched on the primary subtag.' })
  languages?: string[] | null;
}
