import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { connectionOf } from '../connection.ts';
import { Node } from '../node.ts';
import { CalendarDate, DateTime } from '../scalars.ts';
import { Scope, ViewerRole } from './viewer.types.ts';

@ObjectType({ implements: Node, description: 'A key that lets a program or a person in. Its secret is not kept.' })
export class ApiKey extends Node {
  @Field(() => String, { description: 'What it is for.' })
  label!: string;

  @Field(() => ViewerRole)
  role!: ViewerRole;

  @Field(() => Actor, {
    nullable: true,
    description: 'The actor it acts for. Null for a coordinator or observer that acts for none.',
  })
  actor!: Actor | null;

  @Field(() => [Scope], { description: 'What it may do beside reading.' })
  scopes!: Scope[];

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { description: 'From then on it opens nothing; at most 365 days after createdAt.' })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null: it was not revoked.' })
  revokedAt!: Date | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day (UTC) of its use. Null: never used.' })
  lastUsedOn!: string | null;
}

@ObjectType({ description: 'A new key, this once with its text.' })
export class IssuedApiKey {
  @Field(() => ApiKey)
  key!: ApiKey;

  @Field(() => String, { description: 'What to send as `Authorization: Bearer …`. It is never shown again.' })
  text!: string;
}

@InputType({ description: 'A key gives at most the rights of whoever issues it.' })
export class IssueApiKeyInput {
  @Field(() => String, {
    description:
      'What it is for. Two active keys may have the same label, role and actor: the old one and its successor.',
  })
  label!: string;

  @Field(() => ViewerRole)
  role!: ViewerRole;

  @Field(() => ID, { nullable: true, description: "Default: an editor's own actor; for a coordinator, none." })
  actor?: string | null;

  @Field(() => [Scope], { nullable: true, description: 'Default: all that the role allows and the issuer has.' })
  scopes?: Scope[] | null;

  @Field(() => DateTime, { nullable: true, description: 'At most 365 days from now, which is the default.' })
  expiresAt?: Date | null;
}

@InputType()
export class RevokeApiKeyInput {
  @Field(() => ID)
  id!: string;
}

export const ApiKeyConnection = connectionOf(ApiKey);
export const IssueApiKeyResult = resultOf('IssueApiKeyResult', IssuedApiKey);
export const RevokeApiKeyResult = resultOf('RevokeApiKeyResult', ApiKey);
