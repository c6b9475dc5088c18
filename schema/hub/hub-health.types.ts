import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.ts';

@ObjectType({ description: 'How one queue of jobs stands.' })
export class QueueHealth {
  @Field(() => String, { description: 'Such as `match-footprint`.' })
  name!: string;

  @Field(() => Int, { description: 'To be started as soon as a worker is free.' })
  waiting!: number;

  @Field(() => Int, { description: 'Being worked on.' })
  active!: number;

  @Field(() => Int, { description: 'To be started later: the next attempt of one that failed, or a schedule.' })
  delayed!: number;

  @Field(() => Int, { description: 'Used up their attempts: see `failedJobs`.' })
  failed!: number;
}

@ObjectType({ description: 'How the hub stands behind the API, as a worker found it some seconds ago at most.' })
export class HubHealth {
  @Field(() => Int, { description: 'Worker processes that gave a sign of life within 10 seconds.' })
  workers!: number;

  @Field(() => Int, { description: 'Changes that were committed and not handed on to the queues yet.' })
  outboxPending!: number;

  @Field(() => Float, { description: 'For how long the next of them has waited, in seconds.' })
  outboxLagSeconds!: number;

  @Field(() => [QueueHealth], { description: 'Every queue, by name.' })
  queues!: QueueHealth[];

  @Field(() => DateTime, { nullable: true, description: 'When the audit was last sealed. Null: never.' })
  auditSealedAt!: Date | null;

  @Field(() => Int, { description: 'Rows of the audit without a seal yet; 100,000 stands for at least so many.' })
  auditUnsealed!: number;

  @Field(() => Float, { description: 'What the database takes on its disk, in bytes.' })
  databaseBytes!: number;
}
