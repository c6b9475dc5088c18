import { Field, ID, InputType, Int } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { Visibility } from '../footprints/release.types.ts';
import { CalendarDate } from '../scalars.ts';
import { CaseStudy, EvidenceKind } from './case-study.types.ts';

@InputType({ description: 'What speaks for what was achieved.' })
export class EvidenceInput {
  @Field(() => EvidenceKind, { description: 'What it rests on.' })
  kind!: EvidenceKind;

  @Field(() => String, { description: 'What it says.' })
  statement!: string;

  @Field(() => String, { description: 'Who says it, and where.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'https.' })
  link?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When it was published.' })
  publishedOn?: string | null;
}

@InputType()
class CaseStudyInput {
  @Field(() => String, { nullable: true, description: 'In a paragraph. Required before it is published.' })
  summary?: string | null;

  @Field(() => String, { nullable: true, description: 'What was done. Required before it is published.' })
  done?: string | null;

  @Field(() => String, { nullable: true, description: 'What was achieved. Required before it is published.' })
  achieved?: string | null;

  @Field(() => String, { nullable: true, description: 'What it takes to do the same elsewhere.' })
  conditions?: string | null;

  @Field(() => [EvidenceInput], { nullable: true, description: 'Replaces what was given before; at most 30.' })
  evidence?: EvidenceInput[] | null;

  @Field(() => ID, { nullable: true, description: 'The programme it comes from.' })
  programme?: string | null;

  @Field(() => ID, { nullable: true, description: 'The campaign it comes from.' })
  campaign?: string | null;

  @Field(() => [String], { nullable: true, description: 'Where it was done: ISO 3166 codes or P-codes.' })
  places?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Corridor codes. Without any it is offered everywhere.' })
  corridors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy AUDIENCE.' })
  audiences?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME.' })
  themes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy CHANNEL.' })
  channels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'BCP 47 language tags.' })
  languages?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy OBJECTIVE_LEVEL.' })
  objectiveLevel?: string | null;

  @Field(() => Visibility, {
    nullable: true,
    description: 'Who sees it once it is published: PUBLIC or MEMBERS. Default MEMBERS.',
  })
  visibility?: Visibility | null;

  @Field(() => Boolean, { nullable: true, description: 'Invented or dated for demonstration. Default false.' })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Where the facts come from.' })
  source?: string | null;
}

@InputType({ description: 'A draft needs a title only. Put no names or numbers of people into it.' })
export class DraftCaseStudyInput extends CaseStudyInput {
  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => ID, { nullable: true, description: 'Default: the actor you act for.' })
  owner?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Fields left out stay as they are; null clears.' })
export class ReviseCaseStudyInput extends CaseStudyInput {
  @Field(() => ID, { description: 'Which case study.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title?: string | null;
}

@InputType()
class CaseStudyTarget {
  @Field(() => ID, { description: 'Which case study.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;
}

@InputType({ description: 'It must say what was done and what came of it.' })
export class PublishCaseStudyInput extends CaseStudyTarget {}

@InputType({ description: 'A withdrawn case study does not come back.' })
export class WithdrawCaseStudyInput extends CaseStudyTarget {}

@InputType({ description: 'Whether coordinators recommend a case study.' })
export class FeatureCaseStudyInput extends CaseStudyTarget {
  @Field(() => Boolean, { description: 'True: recommended. False: no longer.' })
  featured!: boolean;
}

export const DraftCaseStudyResult = resultOf('DraftCaseStudyResult', CaseStudy);
export const ReviseCaseStudyResult = resultOf('ReviseCaseStudyResult', CaseStudy);
export const PublishCaseStudyResult = resultOf('PublishCaseStudyResult', CaseStudy);
export const WithdrawCaseStudyResult = resultOf('WithdrawCaseStudyResult', CaseStudy);
export const FeatureCaseStudyResult = resultOf('FeatureCaseStudyResult', CaseStudy);
