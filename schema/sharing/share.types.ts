import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { Node } from '../node.ts';
import { Programme } from '../programmes/programme.types.ts';
import { CalendarDate, DateTime } from '../scalars.ts';

@ObjectType({
  implements: Node,
  description:
    'That one actor may see a programme and everything inside it. Seen by its owner, that actor and coordinators.',
})
export class Share extends Node {
  @Field(() => Programme, { nullable: true, description: 'Null: not visible to you.' })
  programme!: Programme | null;

  @Field(() => Actor, { nullable: true, description: 'Who may see it. Null: not visible to you.' })
  with!: Actor | null;

  @Field(() => String, { description: 'What for, in the words of the owner.' })
  purpose!: string;

  @Field(() => CalendarDate, { description: 'The last day.' })
  until!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null unless the owner ended it.' })
  revokedAt!: Date | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when revoking it.' })
  version!: number;
}

@InputType({ description: 'Lets one actor see a programme and everything inside it.' })
export class ShareProgrammeInput {
  @Field(() => ID, { description: 'A programme of the actor you act for.' })
  programme!: string;

  @Field(() => ID, { description: 'The actor that may see it.' })
  with!: string;

  @Field(() => String, { description: 'What for: shown to that actor, and kept with the share.' })
  purpose!: string;

  @Field(() => CalendarDate, { description: 'The last day on which it may.' })
  until!: string;
}

@InputType()
export class RevokeShareInput {
  @Field(() => ID, { description: 'Which share.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;
}

export const ShareProgrammeResult = resultOf('ShareProgrammeResult', Share);
export const RevokeShareResult = resultOf('RevokeShareResult', Share);
