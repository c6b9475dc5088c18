import { Field, ID, InputType, Int } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { Visibility } from '../footprints/release.types.ts';
import { EvidenceInput } from './case-study.inputs.ts';
import { CaseStudy } from './case-study.types.ts';

@InputType({
  description:
    'What you say of your work beside what all agreed to: what was achieved and learnt as you recorded it, and of the joint campaign its corridor, themes, audiences and countries. Put no names or numbers of people into it, and do not tell who else took part.',
})
export class PublishAsCaseStudyInput {
  @Field(() => ID, { description: 'The outcome that you recorded, and that is `publishable`.' })
  outcome!: string;

  @Field(() => Int, { description: 'The version of the outcome that you have read, to which all agreed.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'In a paragraph.' })
  summary!: string;

  @Field(() => String, { description: 'What was done.' })
  done!: string;

  @Field(() => [EvidenceInput], { nullable: true, description: 'At most 30.' })
  evidence?: EvidenceInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy CHANNEL.' })
  channels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'BCP 47 language tags.' })
  languages?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy OBJECTIVE_LEVEL.' })
  objectiveLevel?: string | null;

  @Field(() => Visibility, { nullable: true, description: 'Who sees it: PUBLIC or MEMBERS. Default MEMBERS.' })
  visibility?: Visibility | null;

  @Field(() => Boolean, { nullable: true, description: 'Invented or dated for demonstration. Default false.' })
  illustrative?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

export const PublishAsCaseStudyResult = resultOf('PublishAsCaseStudyResult', CaseStudy);
