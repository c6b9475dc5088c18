import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { CalendarEntry } from '../calendar/calendar.types.ts';
import { Campaign } from '../campaigns/campaign.types.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { DayRange } from '../footprints/footprint.types.ts';
import { Node } from '../node.ts';
import { CalendarDate, ChangeToken, DateTime } from '../scalars.ts';
import { Suggestion } from '../suggestions/suggestion.types.ts';
import { Corridor, CountryRole, Place, Term } from '../vocabulary/vocabulary.types.ts';
import {
  DecisionParameterName,
  JointCampaignStatus,
  JointDecisionCode,
  JointMessageStatus,
  JointPartStatus,
  JointTaskPhase,
  JointTaskStatus,
  MissingCode,
} from './joint-campaign.enums.ts';

@ObjectType({ description: 'Something that keeps a part from being ready, as a code with values, and what helps.' })
export class MissingPiece {
  @Field(() => MissingCode)
  code!: MissingCode;

  @Field(() => [String], { description: 'Languages or ids of tasks, as the code says; empty where it needs none.' })
  values!: string[];

  @Field(() => String, { description: 'In English.' })
  remedy!: string;
}

@ObjectType({
  implements: Node,
  description:
    'The part of one participant in one country. Whose it is, and what that one said, you learn of your own, of those who accepted if you did too, of who invited you, and of those whom the suggestion reveals to you; of others, only that there is a seat.',
})
export class JointPart extends Node {
  @Field(() => JointCampaign, { nullable: true, description: 'Null: you take part in it no more.' })
  jointCampaign!: JointCampaign | null;

  @Field(() => Place, { description: 'The country.' })
  place!: Place;

  @Field(() => CountryRole, { nullable: true, description: 'What the country is on the corridor. Null: nothing.' })
  role!: CountryRole | null;

  @Field(() => Boolean, { description: 'Does it lead?' })
  lead!: boolean;

  @Field(() => Boolean, { description: 'The joint campaign becomes active only when this part is ready.' })
  required!: boolean;

  @Field(() => JointPartStatus)
  status!: JointPartStatus;

  @Field(() => Actor, { nullable: true, description: 'Whose it is. Null: not for you to know.' })
  actor!: Actor | null;

  @Field(() => Boolean, { description: 'Is it of the actor you act for?' })
  mine!: boolean;

  @Field(() => String, { nullable: true, description: 'Null unless it was declined with a reason, and you may know.' })
  declinedReason!: string | null;

  @Field(() => String, { description: 'What it brings, in its own words; empty when it says nothing.' })
  contribution!: string;

  @Field(() => [String], { description: 'In which languages it speaks, BCP 47; it needs approved messages in each.' })
  languages!: string[];

  @Field(() => Campaign, {
    nullable: true,
    description: 'Where its owner keeps the dates. Null: nowhere yet, or not visible to you.',
  })
  campaign!: Campaign | null;

  @Field(() => CalendarEntry, {
    nullable: true,
    description: "The entry in its owner's calendar that stands for this part. Null: none yet, or not visible to you.",
  })
  entry!: CalendarEntry | null;

  @Field(() => Boolean, { description: 'Did its owner confirm the present window?' })
  datesConfirmed!: boolean;

  @Field(() => Boolean, { description: 'Does its owner want coordinators to see the joint campaign?' })
  sharesWithCoordinators!: boolean;

  @Field(() => [MissingPiece], { description: 'What it lacks to be ready; before you accept, as far as you can see.' })
  missing!: MissingPiece[];

  @Field(() => Int, { nullable: true, description: 'Pass as `expectedVersion` when you change it. Null: not yours.' })
  version!: number | null;
}

@ObjectType({ description: 'How far the required parts of one country are.' })
export class CountryReadiness {
  @Field(() => Place, { description: 'The country.' })
  place!: Place;

  @Field(() => Boolean)
  ready!: boolean;

  @Field(() => [MissingPiece], { description: 'What its required parts lack together, part by part.' })
  missing!: MissingPiece[];
}

@ObjectType({ implements: Node, description: 'Something that one part has to do. Seen by those who take part.' })
export class JointTask extends Node {
  @Field(() => JointPart, { nullable: true, description: 'Whose task it is.' })
  part!: JointPart | null;

  @Field(() => String, {
    nullable: true,
    description: 'Which task of the list by role and phase it is, as a stable code. Null: somebody added it.',
  })
  template!: string | null;

  @Field(() => String, { description: 'In English, or as it was written.' })
  title!: string;

  @Field(() => JointTaskPhase)
  phase!: JointTaskPhase;

  @Field(() => CalendarDate, { description: 'The last good day for it; it moves with the window.' })
  dueOn!: string;

  @Field(() => Boolean, { description: 'The part is not ready without it.' })
  required!: boolean;

  @Field(() => JointTaskStatus)
  status!: JointTaskStatus;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when you settle it.' })
  version!: number;

  @Field(() => DateTime)
  updatedAt!: Date;
}

@ObjectType({
  implements: Node,
  description:
    'What is to be said from one perspective in one language: proposed by one part, reviewed by another. Seen by those who take part.',
})
export class JointMessage extends Node {
  @Field(() => JointPart, { nullable: true, description: 'Who proposes it.' })
  part!: JointPart | null;

  @Field(() => CountryRole, { description: 'From which end of the journey it speaks.' })
  perspective!: CountryRole;

  @Field(() => String, { description: 'BCP 47.' })
  language!: string;

  @Field(() => String)
  text!: string;

  @Field(() => String, { description: 'What it rests on; empty when that is not said.' })
  source!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day on which it may be used. Null: no end is stated.',
  })
  validTo!: string | null;

  @Field(() => JointMessageStatus)
  status!: JointMessageStatus;

  @Field(() => Boolean, { description: 'It was approved, and its validity has passed: it counts no more.' })
  stale!: boolean;

  @Field(() => JointPart, { nullable: true, description: 'Who reviewed the present text. Null: nobody.' })
  reviewedBy!: JointPart | null;

  @Field(() => String, { nullable: true, description: 'Of the reviewer. Null: none.' })
  reviewNote!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Null: the present text is not reviewed.' })
  reviewedAt!: Date | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when you change or review it.' })
  version!: number;

  @Field(() => DateTime)
  updatedAt!: Date;
}

@ObjectType({ description: 'Other dates that a part would prefer.' })
export class ProposedDates {
  @Field(() => JointPart, { nullable: true, description: 'Which part.' })
  part!: JointPart | null;

  @Field(() => DayRange)
  days!: DayRange;

  @Field(() => String, { description: 'Empty when none was given.' })
  reason!: string;

  @Field(() => DateTime)
  madeAt!: Date;
}

@ObjectType({ description: 'A named parameter of a decision.' })
export class DecisionParameter {
  @Field(() => DecisionParameterName)
  name!: DecisionParameterName;

  @Field(() => [String], { description: 'As the name says.' })
  values!: string[];
}

@ObjectType({ description: 'A line of the decision log, which only grows. Seen by those who take part.' })
export class JointDecision {
  @Field(() => Int, { description: 'From 1, in the order in which it happened.' })
  number!: number;

  @Field(() => DateTime)
  at!: Date;

  @Field(() => JointPart, { nullable: true, description: 'Which part it was.' })
  part!: JointPart | null;

  @Field(() => JointDecisionCode)
  code!: JointDecisionCode;

  @Field(() => [DecisionParameter])
  parameters!: DecisionParameter[];
}

export const JointDecisionConnection = connectionOf(JointDecision);

@ObjectType({
  implements: Node,
  description: 'What came of a joint campaign, as one of those that took part says. Seen by those who take part.',
})
export class JointOutcome extends Node {
  @Field(() => JointCampaign, { nullable: true, description: 'Null: not visible to you.' })
  jointCampaign!: JointCampaign | null;

  @Field(() => Actor, { nullable: true, description: 'Who says it. Null: not for you to know.' })
  owner!: Actor | null;

  @Field(() => String)
  achieved!: string;

  @Field(() => String, { description: 'Empty when nothing is said.' })
  learnt!: string;

  @Field(() => Int, { nullable: true, description: 'People reached. Null: not known.' })
  reached!: number | null;

  @Field(() => String, { description: 'How that was counted or estimated; empty when it is not said.' })
  reachMethod!: string;

  @Field(() => [String], { description: 'Links to evidence.' })
  evidence!: string[];

  @Field(() => Boolean, { description: 'Did your actor agree to this version being published?' })
  iConsent!: boolean;

  @Field(() => Boolean, {
    description: 'All who take part agree to this version being published, as a case study for instance.',
  })
  publishable!: boolean;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when you correct it or agree to it.' })
  version!: number;

  @Field(() => DateTime)
  recordedAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;
}

@ObjectType({
  implements: Node,
  description:
    'What some who endorsed the same suggestion make of it together. Only those who take part or are invited know of it; coordinators when all that take part share it with them.',
})
export class JointCampaign extends Node {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Empty when there is none.' })
  description!: string;

  @Field(() => JointCampaignStatus)
  status!: JointCampaignStatus;

  @Field(() => String, { nullable: true, description: 'Null unless it was cancelled with a reason.' })
  cancelledReason!: string | null;

  @Field(() => Suggestion, { nullable: true, description: 'What it was made of, as that is now.' })
  suggestion!: Suggestion | null;

  @Field(() => Corridor, { nullable: true, description: 'Null: it is on none.' })
  corridor!: Corridor | null;

  @Field(() => [Term])
  themes!: Term[];

  @Field(() => [Term])
  audiences!: Term[];

  @Field(() => DayRange, { description: 'When all speak. The lead moves it, and each confirms it for its own part.' })
  window!: DayRange;

  @Field(() => Int, { description: 'From 1; grows when the window moves. Pass it when you confirm the dates.' })
  windowVersion!: number;

  @Field(() => [JointPart], { description: 'In the order in which they were invited.' })
  parts!: JointPart[];

  @Field(() => [JointTask], { description: 'By part, phase and day. Empty before you accept.' })
  tasks!: JointTask[];

  @Field(() => [JointMessage], { description: 'By perspective and language. Empty before you accept.' })
  messages!: JointMessage[];

  @Field(() => [ProposedDates], {
    description: 'In the order in which they were proposed; before you accept, your own.',
  })
  proposedDates!: ProposedDates[];

  @Field(() => [CountryReadiness], { description: 'Of each country with a required part, by code.' })
  readiness!: CountryReadiness[];

  @Field(() => [JointOutcome], { description: 'At most one of each who took part.' })
  outcomes!: JointOutcome[];

  @Field(() => Boolean, { description: 'All who take part want coordinators to see it, as far as you know of them.' })
  sharedWithCoordinators!: boolean;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when you decide something for all.' })
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;
}

export const JointCampaignConnection = connectionOf(JointCampaign);
export const JointCampaignOrder = orderOf('JointCampaignOrder', { UPDATED: 'updated', START: 'start' });

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class JointCampaignFilter {
  @Field(() => [JointCampaignStatus], { nullable: true, description: 'Default: all.' })
  statuses?: JointCampaignStatus[] | null;

  @Field(() => [ID], { nullable: true, description: 'Made of one of these suggestions.' })
  suggestions?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Corridor code.' })
  corridor?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: an invitation waits for your answer; false: none does.' })
  invited?: boolean | null;

  @Field(() => ChangeToken, {
    nullable: true,
    description: 'Changed after an earlier answer, in itself or in what its parts answered.',
  })
  changedAfter?: string | null;
}

const results = (name: string): object => resultOf(`${name}Result`, JointCampaign);
export const StartJointCampaignResult = results('StartJointCampaign');
export const InviteToJointCampaignResult = results('InviteToJointCampaign');
export const ReviseJointCampaignResult = results('ReviseJointCampaign');
export const MoveJointCampaignResult = results('MoveJointCampaign');
export const JointPartResult = resultOf('JointPartResult', JointPart);
export const JointTaskResult = resultOf('JointTaskResult', JointTask);
export const JointMessageResult = resultOf('JointMessageResult', JointMessage);
export const JointOutcomeResult = resultOf('JointOutcomeResult', JointOutcome);
