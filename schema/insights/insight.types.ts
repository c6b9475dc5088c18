import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { Node } from '../node.ts';
import { CalendarDate, ChangeToken, DateTime } from '../scalars.ts';
import { Corridor, Place, Term } from '../vocabulary/vocabulary.types.ts';

export enum InsightKind {
  INFORMATION_WAY = 'information_way',
  UNMET_NEED = 'unmet_need',
  TREND = 'trend',
}
registerEnumType(InsightKind, {
  name: 'InsightKind',
  description: 'What is known of an audience.',
  valuesConfig: {
    INFORMATION_WAY: { description: 'By which channels it obtains information.' },
    UNMET_NEED: { description: 'What information it lacks: a need for a campaign.' },
    TREND: { description: 'What is changing for it: a weaker need for a campaign.' },
  },
});

export enum InsightStatus {
  UNCONFIRMED = 'unconfirmed',
  CONFIRMED = 'confirmed',
  WITHDRAWN = 'withdrawn',
}
registerEnumType(InsightStatus, {
  name: 'InsightStatus',
  description: 'Whether an insight counts in matching, gaps and suggestions.',
  valuesConfig: {
    UNCONFIRMED: {
      description: 'The word of one actor; seen by those who may see that actor, and counts for nothing.',
    },
    CONFIRMED: { description: 'Coordinators registered or confirmed it: everybody sees it, and it counts.' },
    WITHDRAWN: { description: 'Taken back; counts no more.' },
  },
});

@ObjectType({ description: 'How much a channel counts for an audience.' })
export class ChannelWeight {
  @Field(() => Term, { description: 'Of taxonomy CHANNEL.' })
  channel!: Term;

  @Field(() => Float, { description: 'The share of the audience that obtains information by it: above 0, to 1.' })
  weight!: number;
}

@ObjectType({
  implements: Node,
  description: 'A sourced statement how an audience obtains information, what it lacks, or what is changing for it.',
})
export class Insight extends Node {
  @Field(() => InsightKind)
  kind!: InsightKind;

  @Field(() => InsightStatus)
  status!: InsightStatus;

  @Field(() => Term, { description: 'Of taxonomy AUDIENCE.' })
  audience!: Term;

  @Field(() => [Place], { description: 'Where it holds. Empty with `corridor` null: everywhere.' })
  places!: Place[];

  @Field(() => Corridor, { nullable: true, description: 'The route on which it holds. Null: it is not about one.' })
  corridor!: Corridor | null;

  @Field(() => [Term], { description: 'Of taxonomy THEME. Empty: whatever it is about.' })
  themes!: Term[];

  @Field(() => [ChannelWeight], { description: 'Of an information way, by weight, the highest first; else empty.' })
  channels!: ChannelWeight[];

  @Field(() => String, { description: 'In the words of whoever registered it.' })
  statement!: string;

  @Field(() => String, { description: 'What it rests on.' })
  source!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'When the source was published. Null: no day is known.' })
  publishedOn!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it holds. Null: no start is stated.',
  })
  validFrom!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day. Null: no end is stated.' })
  validTo!: string | null;

  @Field(() => Actor, {
    nullable: true,
    description: 'Whose word it is. Null: coordinators registered it, or the actor is not visible to you.',
  })
  registeredBy!: Actor | null;

  @Field(() => Boolean, { description: 'Invented for demonstration.' })
  illustrative!: boolean;

  @Field(() => String, { nullable: true, description: 'Null unless it was withdrawn with a reason.' })
  withdrawnReason!: string | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when changing it.' })
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;
}

export const InsightConnection = connectionOf(Insight);
export const InsightOrder = orderOf('InsightOrder', { UPDATED: 'updated', PUBLISHED: 'published' });

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class InsightFilter {
  @Field(() => [InsightKind], { nullable: true })
  kinds?: InsightKind[] | null;

  @Field(() => [InsightStatus], { nullable: true, description: 'Default: all, withdrawn ones included.' })
  statuses?: InsightStatus[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'About this country (ISO 3166-1 alpha-2), a part of it, or a corridor on which it has a leg. What holds everywhere is not about a country.',
  })
  country?: string | null;

  @Field(() => String, { nullable: true, description: 'About this corridor, by its code.' })
  corridor?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy AUDIENCE.' })
  audiences?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Stating one of these codes of taxonomy THEME.' })
  themes?: string[] | null;

  @Field(() => ChangeToken, { nullable: true, description: 'Written since.' })
  changedAfter?: string | null;
}
