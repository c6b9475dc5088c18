import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalizedTextInput } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { CalendarDate } from '../scalars.ts';
import { CountryRole } from '../vocabulary/vocabulary.types.ts';
import { GuidanceSection } from './guidance.types.ts';

@InputType()
class GuidanceFields {
  @Field(() => [LocalizedTextInput], { nullable: true, description: 'The title in other languages.' })
  titles?: LocalizedTextInput[] | null;

  @Field(() => [LocalizedTextInput], { nullable: true, description: 'The text in other languages, Markdown.' })
  texts?: LocalizedTextInput[] | null;

  @Field(() => String, { nullable: true, description: 'Of title and text, BCP 47. Default `en`.' })
  language?: string | null;

  @Field(() => [CountryRole], { nullable: true, description: 'Where it holds. None: everywhere.' })
  roles?: CountryRole[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy PHASE. None: all.' })
  phases?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy AUDIENCE. None: all.' })
  audiences?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME. None: all.' })
  themes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy CHANNEL. None: all.' })
  channels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Languages of the audience, BCP 47. None: all.' })
  languages?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy OBJECTIVE_LEVEL. None: all.' })
  objectiveLevels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy ACTOR_KIND. None: all.' })
  actorKinds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'http or https.' })
  sourceUrl?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'When it was last checked. Default for a new one: today (UTC).',
  })
  reviewedOn?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Default: a year after the review.' })
  reviewDueOn?: string | null;
}

@InputType({ description: 'Four fields are required. Without any list it holds for everybody.' })
export class AddGuidanceInput extends GuidanceFields {
  @Field(() => String, { description: 'Code of taxonomy HANDBOOK_STEP.' })
  step!: string;

  @Field(() => String, { description: 'At most 120 characters.' })
  title!: string;

  @Field(() => String, { description: 'Markdown, at most 5,000 characters.' })
  text!: string;

  @Field(() => String, { description: 'Where the facts come from, and whose the advice is.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'Why it is added, for everybody to read.' })
  reason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Fields left out stay as they are; lists given replace the stored ones.' })
export class ReviseGuidanceInput extends GuidanceFields {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { description: 'Why, for everybody to read; at most 1,000 characters.' })
  reason!: string;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy HANDBOOK_STEP.' })
  step?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 120 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Markdown, at most 5,000 characters.' })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'Where the facts come from, and whose the advice is.' })
  source?: string | null;
}

@InputType()
export class RetireGuidanceInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { description: 'Why, for everybody to read; at most 1,000 characters.' })
  reason!: string;
}

@InputType()
export class RestoreGuidanceInput extends RetireGuidanceInput {}

export const AddGuidanceResult = resultOf('AddGuidanceResult', GuidanceSection);
export const ReviseGuidanceResult = resultOf('ReviseGuidanceResult', GuidanceSection);
export const RetireGuidanceResult = resultOf('RetireGuidanceResult', GuidanceSection);
export const RestoreGuidanceResult = resultOf('RestoreGuidanceResult', GuidanceSection);
