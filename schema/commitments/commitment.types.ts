import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { Commitment, CommitmentKind } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { CalendarDate, ChangeToken } from '../scalars.ts';

export const CommitmentConnection = connectionOf(Commitment);
export const CommitmentOrder = orderOf('CommitmentOrder', { KIND: 'kind', END: 'end' });

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class CommitmentFilter {
  @Field(() => [CommitmentKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: CommitmentKind[] | null;

  @Field(() => [ID], { nullable: true, description: 'Of one of these actors.' })
  actors?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'To one of these programmes.' })
  programmes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'For one of these corridors by name.' })
  corridors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'For one of these themes by name.' })
  themes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of actors based in one of these countries.' })
  countries?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of actors of these kinds: codes of taxonomy ACTOR_KIND.' })
  actorKinds?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: neither ended nor over.' })
  current?: boolean | null;

  @Field(() => ChangeToken, { nullable: true, description: 'Written since an earlier answer.' })
  changedAfter?: string | null;
}

@InputType()
class CommitmentFields {
  @Field(() => Float, { nullable: true, description: 'In `currency`.' })
  amount?: number | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217; required with an amount.' })
  currency?: string | null;

  @Field(() => Float, { nullable: true, description: 'So many of `unit`.' })
  quantity?: number | null;

  @Field(() => String, { nullable: true, description: 'Such as `hours`; required with a quantity.' })
  unit?: string | null;

  @Field(() => [String], { nullable: true, description: 'Corridor codes. None: on any.' })
  corridors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME. None: for any.' })
  themes?: string[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day.' })
  validFrom?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day; after it the commitment does not count.' })
  validTo?: string | null;

  @Field(() => String, { nullable: true, description: 'Where the statement comes from.' })
  source?: string | null;
}

@InputType({ description: 'Two fields are required.' })
export class RegisterCommitmentInput extends CommitmentFields {
  @Field(() => CommitmentKind, { description: 'What kind of resources.' })
  kind!: CommitmentKind;

  @Field(() => String, { description: 'What they are.' })
  description!: string;

  @Field(() => ID, { nullable: true, description: 'The programme they are for. Default: everything the actor does.' })
  programme?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Whose they are. Default: the owner of the programme, else your actor.',
  })
  owner?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Which commitment, and the version you have read.' })
export class EndCommitmentInput {
  @Field(() => ID, { description: 'Which commitment.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;
}

@InputType({ description: 'Fields left out stay as they are; null clears.' })
export class ReviseCommitmentInput extends CommitmentFields {
  @Field(() => ID, { description: 'Which commitment.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => CommitmentKind, { nullable: true, description: 'What kind of resources.' })
  kind?: CommitmentKind | null;

  @Field(() => String, { nullable: true, description: 'What they are.' })
  description?: string | null;
}

export const RegisterCommitmentResult = resultOf('RegisterCommitmentResult', Commitment);
export const ReviseCommitmentResult = resultOf('ReviseCommitmentResult', Commitment);
export const EndCommitmentResult = resultOf('EndCommitmentResult', Commitment);
