import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.ts';

@ObjectType({ description: 'How many records the hub has, as far as you may see them; 100,000 means so many or more.' })
export class HubCounts {
  @Field(() => Int)
  actors!: number;

  @Field(() => Int)
  programmes!: number;

  @Field(() => Int)
  campaigns!: number;

  @Field(() => Int)
  calendarEntries!: number;

  @Field(() => Int)
  overlaps!: number;

  @Field(() => Int, { description: 'Whatever became of them.' })
  suggestions!: number;
}

@ObjectType({ description: 'How the hub is doing.' })
export class HubStatus {
  @Field(() => String, { description: 'Of the software that answers.' })
  version!: string;

  @Field(() => Int, {
    description: 'Of the weights and thresholds of matching. Overlaps of another version are recomputed.',
  })
  rulesVersion!: number;

  @Field(() => String, { description: 'The last change of the database schema, such as `0001-foundation`.' })
  migration!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'Events and jobs not worked off yet. Null: no worker has given a sign of life for 10 seconds, or you are no coordinator; it moves with hidden things too.',
  })
  queueDepth!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Jobs that used up their attempts and wait for a person. Null: no worker has given a sign of life for 10 seconds, or you are no coordinator.',
  })
  failedJobs!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When suggestions were last composed from what was matched. Null: never, or you are no coordinator; it moves with hidden things too.',
  })
  lastMatchedAt!: Date | null;

  @Field(() => HubCounts)
  counts!: HubCounts;
}
