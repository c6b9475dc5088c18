import { Field, ID, InputType, Int } from 'type-graphql';
import { CommitmentInput } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { HolderInput } from '../footprints/holder.types.ts';
import { PartnerRole, Programme } from './programme.types.ts';

@InputType({ description: 'One actor in one role; an actor may have several.' })
export class ProgrammePartnerInput {
  @Field(() => ID, { description: 'Who takes part.' })
  actor!: string;

  @Field(() => PartnerRole, { description: 'How it takes part.' })
  role!: PartnerRole;
}

@InputType({ description: 'Something of a programme that others may use.' })
export class MechanismInput {
  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it offers.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy CHANNEL.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'What others do to use it.' })
  howToUse?: string | null;
}

@InputType()
class ProgrammeInput extends HolderInput {
  @Field(() => [ProgrammePartnerInput], {
    nullable: true,
    description: 'Who else takes part. Partners may plan campaigns inside it.',
  })
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
  @Field(() => String, { description: 'Its main name, in whichever language its owner works.' })
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
  @Field(() => ID, { description: 'Which programme.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Its main name.' })
  name?: string | null;
}

@InputType({ description: 'A withdrawn programme does not come back.' })
export class WithdrawProgrammeInput {
  @Field(() => ID, { description: 'Which programme.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Shown to everybody who sees the record.' })
  reason?: string | null;
}

export const RegisterProgrammeResult = resultOf('RegisterProgrammeResult', Programme);
export const ReviseProgrammeResult = resultOf('ReviseProgrammeResult', Programme);
export const WithdrawProgrammeResult = resultOf('WithdrawProgrammeResult', Programme);
