import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { CalendarDate } from '../scalars.ts';
import { Insight, InsightKind } from './insight.types.ts';

@InputType({ description: 'How much a channel counts for an audience.' })
export class ChannelWeightInput {
  @Field(() => String, { description: 'Code of taxonomy CHANNEL.' })
  channel!: string;

  @Field(() => Float, { description: 'The share of the audience that obtains information by it: above 0, to 1.' })
  weight!: number;
}

@InputType()
class InsightInput {
  @Field(() => [String], {
    nullable: true,
    description:
      'Where it holds: ISO 3166-1 alpha-2, ISO 3166-2, or P-codes, which become their first-level subdivision. Without places and corridor it holds everywhere.',
  })
  places?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'A corridor code, instead of places. An information way is said of places only.',
  })
  corridor?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME. Default: whatever it is about.' })
  themes?: string[] | null;

  @Field(() => [ChannelWeightInput], {
    nullable: true,
    description: 'At least one of an information way, none of the other kinds.',
  })
  channels?: ChannelWeightInput[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day on which it holds.' })
  validFrom?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day on which it holds.' })
  validTo?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Invented for demonstration. Default false.' })
  illustrative?: boolean | null;
}

@InputType({ description: 'Of the actor you act for; of nobody in particular where a coordinator registers it.' })
export class RegisterInsightInput extends InsightInput {
  @Field(() => InsightKind)
  kind!: InsightKind;

  @Field(() => String, { description: 'Code of taxonomy AUDIENCE.' })
  audience!: string;

  @Field(() => String, { description: 'What is known, at most 2,000 characters.' })
  statement!: string;

  @Field(() => String, { description: 'What it rests on; say so where weights are your own reading.' })
  source!: string;

  @Field(() => CalendarDate, {
    description: 'When the source was published; the first day of the month or year where no more is known.',
  })
  publishedOn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({
  description:
    'What is left out stays as it is. One that its actor revises counts again once coordinators confirm it again.',
})
export class ReviseInsightInput extends InsightInput {
  @Field(() => ID, { description: 'Which insight.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => InsightKind, { nullable: true })
  kind?: InsightKind;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy AUDIENCE.' })
  audience?: string;

  @Field(() => String, { nullable: true, description: 'What is known, at most 2,000 characters.' })
  statement?: string;

  @Field(() => String, { nullable: true, description: 'What it rests on.' })
  source?: string;

  @Field(() => CalendarDate, { nullable: true, description: 'When the source was published.' })
  publishedOn?: string;
}

@InputType()
export class ConfirmInsightInput {
  @Field(() => ID, { description: 'Which insight.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;
}

@InputType()
export class WithdrawInsightInput {
  @Field(() => ID, { description: 'Which insight.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Why; shown with it.' })
  reason?: string | null;
}

export const RegisterInsightResult = resultOf('RegisterInsightResult', Insight);
export const ReviseInsightResult = resultOf('ReviseInsightResult', Insight);
export const ConfirmInsightResult = resultOf('ConfirmInsightResult', Insight);
export const WithdrawInsightResult = resultOf('WithdrawInsightResult', Insight);
