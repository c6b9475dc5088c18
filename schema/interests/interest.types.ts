import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Actor, BaliProcessRole } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { Node } from '../node.ts';
import { CalendarDate, ChangeToken, DateTime } from '../scalars.ts';
import { Place } from '../vocabulary/vocabulary.types.ts';

export enum InterestTopic {
  HANDBOOK_REFRESH = 'handbook_refresh',
  HANDBOOK_REVIEW = 'handbook_review',
  TRAINING = 'training',
  CASE_STUDY = 'case_study',
  RESEARCH = 'research',
  TRANSLATION = 'translation',
  CONVENING = 'convening',
  OTHER = 'other',
}
registerEnumType(InterestTopic, {
  name: 'InterestTopic',
  description: 'What members and observers can contribute to.',
  valuesConfig: {
    HANDBOOK_REFRESH: { description: 'Bringing the handbook on information campaigns up to date.' },
    HANDBOOK_REVIEW: { description: 'Reading drafts of the handbook.' },
    TRAINING: { description: 'Giving or hosting trainings.' },
    CASE_STUDY: { description: 'Telling of its own practice.' },
    RESEARCH: { description: 'Studies on audiences and on what campaigns achieve.' },
    TRANSLATION: { description: 'Putting guidance and materials into other languages.' },
    CONVENING: { description: 'Hosting consultations.' },
    OTHER: { description: 'As it says.' },
  },
});

@ObjectType({ implements: Node, description: 'That an actor wants to contribute to something, and with what.' })
export class ContributionInterest extends Node {
  @Field(() => Actor, { nullable: true, description: 'Who wants to. Null: not visible to you.' })
  actor!: Actor | null;

  @Field(() => InterestTopic, { description: 'To what.' })
  topic!: InterestTopic;

  @Field(() => String, { description: 'What it offers.' })
  offers!: string;

  @Field(() => [String], { description: 'In which languages; BCP 47. Empty: not said.' })
  languages!: string[];

  @Field(() => CalendarDate, { nullable: true, description: 'The last day. Null: until it is withdrawn.' })
  until!: string | null;

  @Field(() => Boolean, { description: 'True: it was taken back. Seen by its actor and coordinators only.' })
  withdrawn!: boolean;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when changing it.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was declared.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@ObjectType({
  description: 'How many actors want to contribute to a topic from a country; one based in several counts in each.',
})
export class InterestCell {
  @Field(() => InterestTopic, { description: 'To what.' })
  topic!: InterestTopic;

  @Field(() => Place, { nullable: true, description: 'Where they are based. Null: in no country that they named.' })
  country!: Place | null;

  @Field(() => Int, { description: 'All of them.' })
  actors!: number;

  @Field(() => Int, { description: 'Of these, members of the Bali Process.' })
  members!: number;

  @Field(() => Int, { description: 'Of these, its observers.' })
  observers!: number;
}

export const ContributionInterestConnection = connectionOf(ContributionInterest);
export const ContributionInterestOrder = orderOf('ContributionInterestOrder', { TOPIC: 'topic', UPDATED: 'updated' });

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class ContributionInterestFilter {
  @Field(() => [InterestTopic], { nullable: true, description: 'In one of these topics.' })
  topics?: InterestTopic[] | null;

  @Field(() => [ID], { nullable: true, description: 'Of one of these actors.' })
  actors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Of actors based in one of these countries.' })
  countries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Offered in one of these languages; BCP 47, as it was declared.',
  })
  languages?: string[] | null;

  @Field(() => [BaliProcessRole], { nullable: true, description: 'Of actors with one of these roles.' })
  baliProcessRoles?: BaliProcessRole[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: neither withdrawn nor over.' })
  current?: boolean | null;

  @Field(() => ChangeToken, { nullable: true, description: 'Written since an earlier answer.' })
  changedAfter?: string | null;
}

@InputType({ description: 'What your actor wants to contribute to. Members see it.' })
export class DeclareInterestInput {
  @Field(() => InterestTopic, { description: 'To what.' })
  topic!: InterestTopic;

  @Field(() => String, { description: 'What it offers.' })
  offers!: string;

  @Field(() => [String], { nullable: true, description: 'In which languages; BCP 47.' })
  languages?: string[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day.' })
  until?: string | null;

  @Field(() => ID, { nullable: true, description: 'Default: the actor you act for.' })
  actor?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType()
class InterestTarget {
  @Field(() => ID, { description: 'Which interest.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;
}

@InputType({ description: 'Fields left out stay as they are; null clears.' })
export class ReviseInterestInput extends InterestTarget {
  @Field(() => InterestTopic, { nullable: true, description: 'To what.' })
  topic?: InterestTopic | null;

  @Field(() => String, { nullable: true, description: 'What it offers.' })
  offers?: string | null;

  @Field(() => [String], { nullable: true, description: 'In which languages; BCP 47.' })
  languages?: string[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day.' })
  until?: string | null;
}

@InputType({ description: 'A withdrawn interest does not come back; it can be declared anew.' })
export class WithdrawInterestInput extends InterestTarget {}

export const DeclareInterestResult = resultOf('DeclareInterestResult', ContributionInterest);
export const ReviseInterestResult = resultOf('ReviseInterestResult', ContributionInterest);
export const WithdrawInterestResult = resultOf('WithdrawInterestResult', ContributionInterest);
