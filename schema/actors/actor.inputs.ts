import { Field, ID, InputType, Int } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { Visibility } from '../footprints/release.types.ts';
import { CalendarDate } from '../scalars.ts';
import {
  Actor,
  BaliProcessRole,
  CommitmentInput,
  IdentifierInput,
  LegalStatus,
  LocalizedTextInput,
  MergedField,
} from './actor.types.ts';

@InputType()
class ActorFields {
  @Field(() => [LocalizedTextInput], { nullable: true, description: 'Its name in other languages.' })
  names?: LocalizedTextInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Acronyms, earlier names, common misspellings.' })
  aliases?: string[] | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'http or https.' })
  website?: string | null;

  @Field(() => LegalStatus, { nullable: true, description: 'Default REGISTERED.' })
  legalStatus?: LegalStatus | null;

  @Field(() => ID, { nullable: true, description: 'The hosting actor; required when legalStatus is HOSTED.' })
  hostedBy?: string | null;

  @Field(() => BaliProcessRole, { nullable: true, description: 'Default NONE.' })
  baliProcessRole?: BaliProcessRole | null;

  @Field(() => [String], { nullable: true, description: 'Where it works from: ISO 3166 codes.' })
  basedIn?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'For diaspora, where its community comes from: ISO 3166 codes.',
  })
  communityOf?: string[] | null;

  @Field(() => [IdentifierInput], { nullable: true })
  identifiers?: IdentifierInput[] | null;

  @Field(() => [CommitmentInput], { nullable: true, description: 'Resources committed to everything it does.' })
  commitments?: CommitmentInput[] | null;

  @Field(() => Visibility, {
    nullable: true,
    description:
      'Who sees it once it is verified: PUBLIC, MEMBERS or PARTNERS. Default: PARTNERS for diaspora, migrant-led, community and faith groups, else MEMBERS.',
  })
  visibility?: Visibility | null;

  @Field(() => Boolean, { nullable: true, description: 'Invented for demonstration. Default false.' })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Where the facts come from.' })
  source?: string | null;
}

@InputType({ description: 'Two fields are required. A new actor is PENDING until a coordinator verifies it.' })
export class RegisterActorInput extends ActorFields {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Code of taxonomy ACTOR_KIND.' })
  kind!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Fields left out stay as they are; lists given replace the stored ones.' })
export class ReviseActorInput extends ActorFields {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy ACTOR_KIND.' })
  kind?: string | null;
}

@InputType()
export class VerifyActorInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { description: 'What was seen: a registration number, a letter, a call back.' })
  evidence!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'Null: without expiry.' })
  validUntil?: string | null;
}

@InputType()
export class SuspendActorInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String)
  reason!: string;
}

@InputType({
  description: 'Moves everything of the duplicate to the survivor; the old id leads to the survivor from then on.',
})
export class MergeActorsInput {
  @Field(() => ID)
  survivor!: string;

  @Field(() => ID)
  duplicate!: string;

  @Field(() => [MergedField], {
    nullable: true,
    description:
      'Of which fields the word of the duplicate stays. Default: of none. Names that do not stay become aliases.',
  })
  take?: MergedField[] | null;

  @Field(() => Int, { description: 'Version of the survivor.' })
  expectedVersion!: number;
}

@InputType()
export class UndoActorMergeInput {
  @Field(() => ID, { description: 'The actor that was merged away; see `mergedFrom` of the survivor.' })
  duplicate!: string;

  @Field(() => Int, { description: 'Version of the survivor.' })
  expectedVersion!: number;
}

export const RegisterActorResult = resultOf('RegisterActorResult', Actor);
export const ReviseActorResult = resultOf('ReviseActorResult', Actor);
export const VerifyActorResult = resultOf('VerifyActorResult', Actor);
export const SuspendActorResult = resultOf('SuspendActorResult', Actor);
export const UndoActorMergeResult = resultOf('UndoActorMergeResult', Actor);
export const MergeActorsResult = resultOf('MergeActorsResult', Actor);
