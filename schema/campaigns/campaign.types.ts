import { Arg, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { MessageFact } from './fact.types.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { DatedHolderFilter, FootprintHolder } from '../footprints/holder.types.ts';
import { ChannelFit } from '../insights/channel-fit.types.ts';
import { projected } from '../node.ts';
import { Programme } from '../programmes/programme.types.ts';
import { CalendarDate } from '../scalars.ts';
import { CountryRole, LocalizedText, Term } from '../vocabulary/vocabulary.types.ts';

export enum CampaignStatus {
  PLANNED = 'planned',
  ACTIVE = 'active',
  ENDED = 'ended',
  CANCELLED = 'cancelled',
  UNDATED = 'undated',
}
registerEnumType(CampaignStatus, {
  name: 'CampaignStatus',
  description: "Where a campaign stands by its dates on the hub's calendar day (UTC), unless it was cancelled.",
});

@ObjectType({ description: 'What a campaign tells people.' })
export class Message {
  @Field(() => String, { description: 'In the language asked for where there is a variant, else as written.' })
  text(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => [LocalizedText], { description: 'Its variants by language, ordered by tag.' })
  texts!: LocalizedText[];

  @Field(() => String, { nullable: true, description: 'Of the main text, BCP 47. Null: not stated.' })
  language!: string | null;

  @Field(() => Term, {
    description: 'Of taxonomy STANCE. Messages that deter and messages that protect contradict each other.',
  })
  stance!: Term;

  @Field(() => Term, { nullable: true, description: 'Of taxonomy MESSAGE_FRAME. Null: not stated.' })
  frame!: Term | null;

  @Field(() => CountryRole, {
    nullable: true,
    description: 'From which end of the journey it speaks. Null: not stated.',
  })
  perspective!: CountryRole | null;

  @Field(() => [Term], { description: 'Whom it addresses. None: the audiences of its campaign.' })
  audiences!: Term[];

  @Field(() => String, { nullable: true, description: 'What it rests on. Null: not stated.' })
  source!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'When somebody last checked that it is true. Null: not stated.',
  })
  reviewedOn!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Null: no start is stated.' })
  validFrom!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day. Null: no end is stated.' })
  validTo!: string | null;

  @Field(() => [MessageFact], {
    description: 'What it states that can be compared, in the order in which the owner gave it.',
  })
  facts!: MessageFact[];
}

@ObjectType({
  implements: FootprintHolder,
  description:
    'A communication effort, usually inside a programme. Without days of its own it takes the span of its entries that are not cancelled.',
})
export class Campaign extends FootprintHolder {
  @Field(() => Programme, {
    nullable: true,
    description: 'Null: it stands on its own, or the programme is not visible to you.',
  })
  programme!: Programme | null;

  @Field(() => Term, {
    nullable: true,
    description: 'Of taxonomy OBJECTIVE_LEVEL: what it wants to change. Null: not stated.',
  })
  objectiveLevel!: Term | null;

  @Field(() => Term, { nullable: true, description: 'Of taxonomy PHASE: how far it is. Null: not stated.' })
  phase!: Term | null;

  @Field(() => CampaignStatus, { description: 'By its days, unless it was cancelled.' })
  status!: CampaignStatus;

  @Field(() => String, { nullable: true, description: 'Null unless it was cancelled with a reason.' })
  cancelledReason!: string | null;

  @Field(() => [Message], { description: 'In the order in which the owner gave them.' })
  messages!: Message[];

  @Field(() => [ChannelFit], {
    nullable: true,
    description:
      'How far its channels are those by which its audiences really obtain information where it is, for each audience that an insight is about. Null: no insight is about any of them.',
  })
  channelFit!: ChannelFit[] | null;
}

export const CampaignConnection = connectionOf(Campaign);
export const CampaignOrder = orderOf('CampaignOrder', { NAME: 'name', START: 'start', UPDATED: 'updated' });

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class CampaignFilter extends DatedHolderFilter {
  @Field(() => [CampaignStatus], { nullable: true, description: 'Default: all, cancelled ones included.' })
  statuses?: CampaignStatus[] | null;

  @Field(() => [ID], { nullable: true, description: 'Inside one of these programmes.' })
  programmes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy OBJECTIVE_LEVEL.' })
  objectiveLevels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy PHASE.' })
  phases?: string[] | null;
}
