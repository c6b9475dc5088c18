import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.ts';
import { DayRange, DayRangeInput } from '../footprints/footprint.types.ts';
import { Insight } from '../insights/insight.types.ts';
import { Node } from '../node.ts';
import { Quarter } from '../presence/presence.types.ts';
import { ChangeToken } from '../scalars.ts';
import { Suggestion } from '../suggestions/suggestion.types.ts';
import { Corridor, CountryRole, Place, Term } from '../vocabulary/vocabulary.types.ts';

@ObjectType({
  implements: Node,
  description:
    'A need that insights or the season of a corridor declare, and no campaign with a place on that corridor answers: none that states this audience and this theme runs in this quarter, as far as owners release that to everybody.',
})
export class Gap extends Node {
  @Field(() => Corridor)
  corridor!: Corridor;

  @Field(() => Term, { description: 'Of taxonomy AUDIENCE: who lacks something.' })
  audience!: Term;

  @Field(() => Term, { description: 'Of taxonomy THEME: about what.' })
  theme!: Term;

  @Field(() => Quarter, { description: 'One of this and the next three.' })
  quarter!: Quarter;

  @Field(() => DayRange, { description: 'The days of the quarter.' })
  days!: DayRange;

  @Field(() => Float, {
    description:
      'What the list is ranked by, 0 to 1: .40 how plainly the need is declared (an unmet need of this route 1, of everywhere ½, trends half of that), .20 the season, .20 how soon, .20 the share of the roles of the corridor in which nobody speaks to this audience.',
  })
  score!: number;

  @Field(() => [Place], { description: 'The countries of the corridor that the need is about.' })
  countries!: Place[];

  @Field(() => [Insight], { description: 'What declares the need. Empty: only the season does.' })
  declaredBy!: Insight[];

  @Field(() => Boolean, { description: 'The corridor is travelled most in these months.' })
  inSeason!: boolean;

  @Field(() => [CountryRole], {
    description: 'Roles of the corridor in whose countries no campaign speaks to this audience, whatever about.',
  })
  uncoveredRoles!: CountryRole[];

  @Field(() => [Term], { description: 'Languages of the corridor in which no campaign there speaks to this audience.' })
  missingLanguages!: Term[];

  @Field(() => [Term], {
    description: 'Channels by which this audience obtains information there and that no campaign there uses for it.',
  })
  missingChannels!: Term[];

  @Field(() => Suggestion, {
    nullable: true,
    description:
      'The open suggestion to fill it. Null: it is not among the first of its corridor, nobody fits, or it was dismissed.',
  })
  suggestion!: Suggestion | null;
}

export const GapConnection = connectionOf(Gap);

@InputType({ description: 'A quarter of a calendar year.' })
export class QuarterInput {
  @Field(() => Int, { description: 'Such as 2027.' })
  year!: number;

  @Field(() => Int, { description: '1 to 4.' })
  quarter!: number;
}

@InputType({
  description: 'Names a corridor or a country. Filters combine with AND; the values of one list mean OR.',
})
export class GapFilter {
  @Field(() => String, { nullable: true, description: 'A corridor code. Required unless a country is named.' })
  corridor?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The need is about this country: ISO 3166-1 alpha-2. Required unless a corridor is named.',
  })
  country?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy AUDIENCE.' })
  audiences?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME.' })
  themes?: string[] | null;

  @Field(() => QuarterInput, { nullable: true, description: 'In this quarter.' })
  quarter?: QuarterInput | null;

  @Field(() => DayRangeInput, { nullable: true, description: 'In quarters that share a day with these.' })
  between?: DayRangeInput | null;

  @Field(() => ChangeToken, { nullable: true, description: 'Written since.' })
  changedAfter?: string | null;
}
