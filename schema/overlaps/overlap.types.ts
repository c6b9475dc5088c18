import { Field, Float, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { FactKind } from '../campaigns/fact.types.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { Disclosure } from '../footprints/disclosure.ts';
import { DayRange, DayRangeInput, Footprint, FootprintInput } from '../footprints/footprint.types.ts';
import { FootprintHolder } from '../footprints/holder.types.ts';
import { Node } from '../node.ts';
import { ChangeToken, DateTime } from '../scalars.ts';
import { Term } from '../vocabulary/vocabulary.types.ts';

export enum OverlapKind {
  DUPLICATION = 'DUPLICATION',
  COMPLEMENT = 'COMPLEMENT',
  LEVERAGE = 'LEVERAGE',
  REINFORCEMENT = 'REINFORCEMENT',
  CO_PRESENCE = 'CO_PRESENCE',
}
registerEnumType(OverlapKind, {
  name: 'OverlapKind',
  description: 'What an overlap is good for: the first that fits, in this order.',
  valuesConfig: {
    DUPLICATION: { description: 'Much the same work twice: same place, audience, theme, channel and days.' },
    COMPLEMENT: { description: 'Different countries of one corridor, in different roles.' },
    LEVERAGE: {
      description:
        'One side is no public body and has a channel that really reaches the audience and that the other lacks.',
    },
    REINFORCEMENT: { description: 'The same audience at the same place by different channels.' },
    CO_PRESENCE: { description: 'They meet, and none of the others fits.' },
  },
});

export enum Facet {
  PLACE = 'place',
  AUDIENCE = 'audience',
  THEME = 'theme',
  TIME = 'time',
  CHANNEL = 'channel',
  LANGUAGE = 'language',
}
registerEnumType(Facet, { name: 'Facet', description: 'What two footprints are compared by.' });

@ObjectType({ description: 'One facet of a comparison.' })
export class ScorePart {
  @Field(() => Facet)
  facet!: Facet;

  @Field(() => Float, { description: '0 to 1; 0 where not both sides state the facet.' })
  similarity!: number;

  @Field(() => Float, { description: 'What the facet counts; those of all six add up to 1.' })
  weight!: number;

  @Field(() => Boolean, {
    description: 'Both sides state the facet. What one leaves open lowers confidence, not score.',
  })
  stated!: boolean;
}

@ObjectType({ description: 'One of the two that meet.' })
export class OverlapSide {
  @Field(() => Actor, { nullable: true, description: 'Whose it is. Null: not released to you.' })
  actor!: Actor | null;

  @Field(() => FootprintHolder, {
    nullable: true,
    description: 'The programme, campaign or calendar entry. Null: not released to you.',
  })
  subject!: FootprintHolder | null;

  @Field(() => Disclosure)
  disclosure!: Disclosure;

  @Field(() => Boolean, { description: "It is your own actor's." })
  mine!: boolean;
}

@ObjectType({ description: 'Messages to one audience, at one place, on the same days, that take opposed stances.' })
export class Contradiction {
  @Field(() => [Term], { description: 'Whom one side deters and the other protects.' })
  audiences!: Term[];

  @Field(() => FootprintHolder, { nullable: true, description: 'Whose messages deter. Null: not released to you.' })
  deterring!: FootprintHolder | null;

  @Field(() => FootprintHolder, { nullable: true, description: 'Whose messages protect. Null: not released to you.' })
  protecting!: FootprintHolder | null;
}

@ObjectType({ description: 'Messages to one audience, at one place, on the same days, that state different facts.' })
export class Divergence {
  @Field(() => [Term], { description: 'Whom both tell it.' })
  audiences!: Term[];

  @Field(() => [FactKind], { description: 'The kinds of facts that differ.' })
  kinds!: FactKind[];
}

@ObjectType({
  implements: Node,
  description:
    'Two footprints of different actors that meet: at one place or on one corridor, on the same days, with an audience or a theme in common. Kept are the best of each footprint.',
})
export class Overlap extends Node {
  @Field(() => OverlapKind)
  kind!: OverlapKind;

  @Field(() => Float, { description: 'How well they agree in what both state, 0 to 1.' })
  score!: number;

  @Field(() => Float, { description: 'How much of what counts both state, 0 to 1.' })
  confidence!: number;

  @Field(() => Float, { description: 'Score × confidence, 0 to 1: what orders overlaps. It does not reward blanks.' })
  strength!: number;

  @Field(() => [OverlapSide], { description: 'Two.' })
  sides!: OverlapSide[];

  @Field(() => DayRange, { description: 'The days both cover.' })
  days!: DayRange;

  @Field(() => Footprint, {
    description: 'What both have in common. Of two places one of which contains the other, the finer.',
  })
  shared!: Footprint;

  @Field(() => [ScorePart], { description: 'One for each facet.' })
  parts!: ScorePart[];

  @Field(() => String, { description: 'One to three English sentences.' })
  explanation!: string;

  @Field(() => Boolean, { description: 'The dates of a side are not confirmed.' })
  tentative!: boolean;

  @Field(() => Contradiction, { nullable: true, description: 'Null: their messages do not contradict each other.' })
  contradiction!: Contradiction | null;

  @Field(() => Divergence, {
    nullable: true,
    description:
      'Null: they tell nobody different things, as far as can be known: of others, what every member may read is compared.',
  })
  divergence!: Divergence | null;

  @Field(() => DateTime)
  foundAt!: Date;
}

export const OverlapConnection = connectionOf(Overlap);
export const OverlapOrder = orderOf('OverlapOrder', {
  STRENGTH: 'strength',
  SCORE: 'score',
  START: 'start',
  FOUND: 'found',
});

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class OverlapFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'Of this actor, or of this programme, campaign or calendar entry and its parts.',
  })
  of?: string | null;

  @Field(() => [OverlapKind], { nullable: true })
  kinds?: OverlapKind[] | null;

  @Field(() => Float, { nullable: true, description: 'With at least this score, 0 to 1.' })
  minScore?: number | null;

  @Field(() => String, { nullable: true, description: 'Both are on this corridor.' })
  corridor?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Both are in this country, or either on a corridor of both: ISO 3166-1 alpha-2.',
  })
  country?: string | null;

  @Field(() => DayRangeInput, { nullable: true, description: 'With a shared day among these.' })
  between?: DayRangeInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only where messages contradict each other. False: only where not.',
  })
  contradicting?: boolean | null;

  @Field(() => ChangeToken, { nullable: true })
  changedAfter?: string | null;
}

@InputType({ description: 'A footprint that is not registered yet.' })
export class PreviewOverlapsInput {
  @Field(() => FootprintInput, { description: 'Without days it overlaps with nothing.' })
  footprint!: FootprintInput;

  @Field(() => ID, {
    nullable: true,
    description: 'Whose it would be. Default: the actor you act for; only coordinators may name another.',
  })
  owner?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The programme it would be in: what it does not state comes from there, and with partners there are no overlaps.',
  })
  programme?: string | null;
}

@ObjectType({ description: 'An overlap that there would be.' })
export class OverlapPreview {
  @Field(() => OverlapKind)
  kind!: OverlapKind;

  @Field(() => Float, { description: 'How well they agree in what both state, 0 to 1.' })
  score!: number;

  @Field(() => Float, { description: 'How much of what counts both state, 0 to 1.' })
  confidence!: number;

  @Field(() => Float, { description: 'Score × confidence, 0 to 1.' })
  strength!: number;

  @Field(() => OverlapSide, { description: 'What is registered already.' })
  other!: OverlapSide;

  @Field(() => DayRange, { description: 'The days both cover.' })
  days!: DayRange;

  @Field(() => Footprint, { description: 'What both have in common.' })
  shared!: Footprint;

  @Field(() => [ScorePart], { description: 'One for each facet.' })
  parts!: ScorePart[];

  @Field(() => String, { description: 'One English sentence.' })
  explanation!: string;

  @Field(() => Boolean, { description: 'The dates of the other side are not confirmed.' })
  tentative!: boolean;
}
