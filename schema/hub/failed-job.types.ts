import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { connectionOf } from '../connection.ts';
import { PageArgs } from '../lists.ts';
import { DateTime } from '../scalars.ts';

export enum JobAsk {
  RETRY = 'RETRY',
  DISCARD = 'DISCARD',
}
registerEnumType(JobAsk, {
  name: 'JobAsk',
  description: 'What somebody asked for about a failed job, and the worker has not done yet.',
});

@ObjectType({ description: 'A job that used up its attempts and waits for a person. What it is about is not shown.' })
export class FailedJob {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Such as `match-footprint`.' })
  queue!: string;

  @Field(() => String, { description: 'Why the last attempt failed; ids of records are blanked.' })
  reason!: string;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => DateTime)
  addedAt!: Date;

  @Field(() => DateTime, { description: 'When it was given up. After 14 days it is forgotten.' })
  failedAt!: Date;

  @Field(() => JobAsk, { nullable: true, description: 'Null: nothing.' })
  asked!: JobAsk | null;
}

@InputType()
export class FailedJobFilter {
  @Field(() => String, { nullable: true, description: 'Those of one queue.' })
  queue?: string | null;
}

@ArgsType()
export class FailedJobArgs extends PageArgs {
  @Field(() => FailedJobFilter, { nullable: true })
  filter?: FailedJobFilter | null;
}

@InputType()
export class RetryJobInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class DiscardJobInput {
  @Field(() => ID)
  id!: string;
}

export const FailedJobConnection = connectionOf(FailedJob);
export const RetryJobResult = resultOf('RetryJobResult', FailedJob);
export const DiscardJobResult = resultOf('DiscardJobResult', FailedJob);
