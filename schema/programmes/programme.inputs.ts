import { Field, ID, InputType, Int } from 'type-graphql';
import { CommitmentInput } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { HolderInput } from '../footprints/holder.types.ts';
import { PartnerRole, Programme } from './programme.types.ts';

@InputType({ description: 'One actor in one role; an actor may have several.' })
export class ProgrammePartnerInput {
  @Field(() => ID)
  actor!: string;

  @Field(() => PartnerRole)
  role!: PartnerRole;
}

@InputType()
export class MechanismInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy CHANNEL.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'What others do to use it.' })
  howToUse?: string | null;
}

@InputType()
class ProgrammeInput extends HolderInput {
  @Field(() => [ProgrammePartnerInput], { nullable: true })
  partners?: ProgrammePartnerInput[] | null;

  @Field(() => [MechanismInput], { nullable: true, description: 'What others may use.' })
  mechanisms?: MechanismInput[] | null;

  @Field(() => [CommitmentInput], {
    nullable: true,
    description: 'Resources the owner has committed to this programme.',
  })
  commitments?: CommitmentInput[] | null;
}

@InputType({ description: 'One field is required.' })
export class RegisterProgrammeInput extends ProgrammeInput {
  @Field(() => String)
  name!: string;

  @Field(() => ID, { nullable: true, description: 'Default: the actor you act for.' })
  owner?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Fields left out stay as they are; lists given replace the stored ones; null clears.' })
export class ReviseProgrammeInput extends ProgrammeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { nullable: true })
  name?: string | null;
}

@InputType()
export class WithdrawProgrammeInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { nullable: true })
  reason?: string | null;
}

export const RegisterProgrammeResult = resultOf('RegisterProgrammeResult', Programme);
export const ReviseProgrammeResult = resultOf('ReviseProgrammeResult', Programme);
export const WithdrawProgrammeResult = resultOf('WithdrawProgrammeResult', Programme);
