import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { connectionOf } from '../connection.ts';
import { Node } from '../node.ts';
import { DateTime } from '../scalars.ts';
import { ViewerRole } from './viewer.types.ts';

@ObjectType({ implements: Node, description: 'A person let in as one role, for one actor or for none.' })
export class Membership extends Node {
  @Field(() => String, { description: 'What those who let the person in call it.' })
  label!: string;

  @Field(() => String, { description: 'Who vouches for the identity: the `iss` of the tokens the person comes with.' })
  issuer!: string;

  @Field(() => String, { description: 'How the issuer names the person: the `sub` of its tokens.' })
  subject!: string;

  @Field(() => ViewerRole)
  role!: ViewerRole;

  @Field(() => Actor, {
    nullable: true,
    description: 'The actor the person acts for. Null for a coordinator or observer that acts for none.',
  })
  actor!: Actor | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null: it was not revoked.' })
  revokedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when a coordinator keeps the person out of everything. Null: not suspended.',
  })
  suspendedAt!: Date | null;
}

@InputType({ description: 'Nobody gives more rights than they have.' })
export class GrantMembershipInput {
  @Field(() => String, { description: 'The `iss` of the tokens the person comes with, to the letter.' })
  issuer!: string;

  @Field(() => String, { description: 'The `sub` of the tokens the person comes with, to the letter.' })
  subject!: string;

  @Field(() => String, { description: 'What to call the person here; seen by those who let people in for this actor.' })
  label!: string;

  @Field(() => ViewerRole)
  role!: ViewerRole;

  @Field(() => ID, { nullable: true, description: "Default: an editor's own actor; for a coordinator, none." })
  actor?: string | null;
}

@InputType()
export class RevokeMembershipInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class SuspendUserInput {
  @Field(() => ID, { description: 'Any membership of the person.' })
  membership!: string;
}

@InputType()
export class ReinstateUserInput {
  @Field(() => ID, { description: 'Any membership of the person.' })
  membership!: string;
}

export const MembershipConnection = connectionOf(Membership);
export const GrantMembershipResult = resultOf('GrantMembershipResult', Membership);
export const RevokeMembershipResult = resultOf('RevokeMembershipResult', Membership);
export const SuspendUserResult = resultOf('SuspendUserResult', Membership);
export const ReinstateUserResult = resultOf('ReinstateUserResult', Membership);
