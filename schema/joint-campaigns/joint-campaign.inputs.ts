import { Field, ID, InputType, Int } from 'type-graphql';
import { DayRangeInput } from '../footprints/footprint.types.ts';
import { CalendarDate } from '../scalars.ts';
import { CountryRole } from '../vocabulary/vocabulary.types.ts';
import { InvitationAnswer, JointTaskPhase, JointTaskStatus, ReviewVerdict, WindowEnd } from './joint-campaign.enums.ts';

const KEY = 'Chosen once for what you want; a retry with the same key changes nothing more.';

@InputType({ description: 'Makes a joint campaign of a suggestion that is AGREED for you.' })
export class StartJointCampaignInput {
  @Field(() => ID)
  suggestion!: string;

  @Field(() => Int, { description: 'The version of the suggestion that you have read.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'Shown to those who take part and those who are invited.' })
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => DayRangeInput, {
    nullable: true,
    description: 'When all speak. Default: the window of the suggestion; it needs a last day.',
  })
  window?: DayRangeInput | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The actor that is to lead from when it accepts: one that was revealed to you. Until then, and by default, you lead.',
  })
  lead?: string | null;

  @Field(() => [Int], {
    nullable: true,
    description:
      'Positions of further participants of the suggestion to invite, beside those revealed to you. They learn who you are and that you begin this; you learn who they are if they accept.',
  })
  alsoInvite?: number[] | null;

  @Field(() => String, { nullable: true, description: KEY })
  clientMutationKey?: string | null;
}

@InputType()
export class JointTargetInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;
}

@InputType()
export class InviteToJointCampaignInput extends JointTargetInput {
  @Field(() => [Int], { description: 'Positions of participants of the suggestion, as it is now.' })
  participants!: number[];
}

@InputType({ description: 'Whether the joint campaign can become active without a part.' })
export class RequiredPartInput {
  @Field(() => ID)
  part!: string;

  @Field(() => Boolean)
  required!: boolean;
}

@InputType({ description: 'What is left out stays.' })
export class ReviseJointCampaignInput extends JointTargetInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => DayRangeInput, { nullable: true, description: 'Moves the window; each part has to confirm it anew.' })
  window?: DayRangeInput | null;

  @Field(() => ID, { nullable: true, description: 'The accepted part that leads from now on.' })
  lead?: string | null;

  @Field(() => [RequiredPartInput], { nullable: true })
  required?: RequiredPartInput[] | null;
}

@InputType()
export class CancelJointCampaignInput extends JointTargetInput {
  @Field(() => String, { nullable: true })
  reason?: string | null;
}

@InputType({ description: 'Confirms the window and keeps it in your calendar.' })
export class ConfirmDatesInput {
  @Field(() => ID, { description: 'A campaign of your own, in which the entry is made or moved.' })
  campaign!: string;

  @Field(() => Int, { description: 'The windowVersion you have read.' })
  windowVersion!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'What the entry is called, for whoever sees it. Default: as your campaign, which tells nothing of others.',
  })
  entryName?: string | null;
}

@InputType()
export class JointPartTargetInput {
  @Field(() => ID, { description: 'A part of your own.' })
  part!: string;

  @Field(() => Int, { description: 'The version of the part that you have read.' })
  expectedVersion!: number;
}

@InputType()
export class RespondToInvitationInput extends JointPartTargetInput {
  @Field(() => InvitationAnswer)
  answer!: InvitationAnswer;

  @Field(() => String, { nullable: true, description: 'Why you decline, or prefer other dates.' })
  reason?: string | null;

  @Field(() => DayRangeInput, { nullable: true, description: 'The dates you would prefer.' })
  days?: DayRangeInput | null;

  @Field(() => String, { nullable: true, description: 'When you accept: what you bring.' })
  contribution?: string | null;

  @Field(() => [String], { nullable: true, description: 'When you accept: in which languages you speak, BCP 47.' })
  languages?: string[] | null;

  @Field(() => ConfirmDatesInput, { nullable: true, description: 'When you accept: confirms the dates as well.' })
  confirm?: ConfirmDatesInput | null;

  @Field(() => Boolean, { nullable: true, description: 'When you accept: may coordinators see it? Default: no.' })
  sharesWithCoordinators?: boolean | null;
}

@InputType()
export class ConfirmPartDatesInput extends ConfirmDatesInput {
  @Field(() => ID, { description: 'A part of your own.' })
  part!: string;

  @Field(() => Int, { description: 'The version of the part that you have read.' })
  expectedVersion!: number;
}

@InputType({ description: 'What is left out stays.' })
export class ReviseJointPartInput extends JointPartTargetInput {
  @Field(() => String, { nullable: true })
  contribution?: string | null;

  @Field(() => [String], { nullable: true, description: 'BCP 47.' })
  languages?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  sharesWithCoordinators?: boolean | null;
}

@InputType()
export class AddJointTaskInput {
  @Field(() => ID, { description: 'A part of your own; for the lead, any that is accepted.' })
  part!: string;

  @Field(() => String)
  title!: string;

  @Field(() => JointTaskPhase)
  phase!: JointTaskPhase;

  @Field(() => WindowEnd, { nullable: true, description: 'Default: START.' })
  dueFrom?: WindowEnd | null;

  @Field(() => Int, { description: 'Days after that end of the window; negative before it.' })
  dueAfterDays!: number;

  @Field(() => Boolean, { nullable: true, description: 'The part is not ready without it. Default: no.' })
  required?: boolean | null;

  @Field(() => String, { nullable: true, description: KEY })
  clientMutationKey?: string | null;
}

@InputType()
export class SettleJointTaskInput extends JointTargetInput {
  @Field(() => JointTaskStatus)
  state!: JointTaskStatus;
}

@InputType()
export class DraftJointMessageInput {
  @Field(() => ID, { description: 'A part of your own.' })
  part!: string;

  @Field(() => CountryRole, { description: 'From which end of the journey it speaks.' })
  perspective!: CountryRole;

  @Field(() => String, { description: 'BCP 47.' })
  language!: string;

  @Field(() => String)
  text!: string;

  @Field(() => String, { nullable: true, description: 'What it rests on.' })
  source?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day on which it may be used.' })
  validTo?: string | null;

  @Field(() => String, { nullable: true, description: KEY })
  clientMutationKey?: string | null;
}

@InputType({ description: 'What is left out stays; a validTo of null takes the end away.' })
export class ReviseJointMessageInput extends JointTargetInput {
  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => String, { nullable: true })
  source?: string | null;

  @Field(() => CalendarDate, { nullable: true })
  validTo?: string | null;
}

@InputType()
export class ReviewJointMessageInput extends JointTargetInput {
  @Field(() => ReviewVerdict)
  verdict!: ReviewVerdict;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType()
export class RecordOutcomeInput {
  @Field(() => ID)
  jointCampaign!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'To correct what you recorded: the version of it that you have read.',
  })
  expectedVersion?: number | null;

  @Field(() => String)
  achieved!: string;

  @Field(() => String, { nullable: true })
  learnt?: string | null;

  @Field(() => Int, { nullable: true, description: 'People reached.' })
  reached?: number | null;

  @Field(() => String, { nullable: true, description: 'How that was counted or estimated.' })
  reachMethod?: string | null;

  @Field(() => [String], { nullable: true, description: 'Links, http or https.' })
  evidence?: string[] | null;
}

@InputType()
export class ConsentToOutcomeInput extends JointTargetInput {
  @Field(() => Boolean, { description: 'May this version be published?' })
  publish!: boolean;
}
