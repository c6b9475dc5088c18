import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalizedTextInput } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { DayRangeInput } from '../footprints/footprint.types.ts';
import { HolderInput } from '../footprints/holder.types.ts';
import { CalendarDate } from '../scalars.ts';
import { CountryRole } from '../vocabulary/vocabulary.types.ts';
import { Campaign } from './campaign.types.ts';
import { MessageFactInput } from './fact.types.ts';

@InputType({ description: 'What a campaign tells people. A text and a stance are required.' })
export class MessageInput {
  @Field(() => String, { description: 'As people hear or read it.' })
  text!: string;

  @Field(() => String, { description: 'Code of taxonomy STANCE.' })
  stance!: string;

  @Field(() => [LocalizedTextInput], { nullable: true, description: 'The same in other languages.' })
  texts?: LocalizedTextInput[] | null;

  @Field(() => String, { nullable: true, description: 'Of `text`, BCP 47.' })
  language?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy MESSAGE_FRAME.' })
  frame?: string | null;

  @Field(() => CountryRole, { nullable: true, description: 'From which end of the journey it speaks.' })
  perspective?: CountryRole | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of taxonomy AUDIENCE. None: the audiences of the campaign.',
  })
  audiences?: string[] | null;

  @Field(() => String, { nullable: true, description: 'What it rests on.' })
  source?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When somebody last checked that it is true.' })
  reviewedOn?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day on which it holds.' })
  validFrom?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day.' })
  validTo?: string | null;

  @Field(() => [MessageFactInput], {
    nullable: true,
    description: 'What it states that can be compared with what others say, as the number of a hotline; at most 20.',
  })
  facts?: MessageFactInput[] | null;
}

@InputType()
class CampaignInput extends HolderInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "The programme it is in: the owner's own, or one in which the owner is a partner. What the campaign does not state, it inherits from it.",
  })
  programme?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy OBJECTIVE_LEVEL.' })
  objectiveLevel?: string | null;

  @Field(() => String, { nullable: true, description: 'Code of taxonomy PHASE.' })
  phase?: string | null;

  @Field(() => [MessageInput], { nullable: true, description: 'In the order in which they are to be shown.' })
  messages?: MessageInput[] | null;
}

@InputType({ description: 'One field is required. Without days, the campaign takes those of its entries.' })
export class PlanCampaignInput extends CampaignInput {
  @Field(() => String, { description: 'Its main name, in whichever language its owner works.' })
  name!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Default: the owner of the programme if you act for it, else the actor you act for.',
  })
  owner?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Fields left out stay as they are; lists given replace the stored ones; null clears.' })
export class ReviseCampaignInput extends CampaignInput {
  @Field(() => ID, { description: 'Which campaign.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Its main name.' })
  name?: string | null;
}

@InputType({ description: 'Days of its own, or those of its entries.' })
export class RescheduleCampaignInput {
  @Field(() => ID, { description: 'Which campaign.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => DayRangeInput, { nullable: true, description: 'Null: those of its entries.' })
  days!: DayRangeInput | null;
}

@InputType({ description: 'A cancelled campaign does not come back.' })
export class CancelCampaignInput {
  @Field(() => ID, { description: 'Which campaign.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Shown to everybody who sees the record.' })
  reason?: string | null;
}

export const PlanCampaignResult = resultOf('PlanCampaignResult', Campaign);
export const ReviseCampaignResult = resultOf('ReviseCampaignResult', Campaign);
export const RescheduleCampaignResult = resultOf('RescheduleCampaignResult', Campaign);
export const CancelCampaignResult = resultOf('CancelCampaignResult', Campaign);
