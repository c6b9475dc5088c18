import { Field, Float, ObjectType } from 'type-graphql';
import { Term } from '../vocabulary/vocabulary.types.ts';
import { Insight } from './insight.types.ts';

@ObjectType({ description: 'A channel by which an audience obtains information, and what says so.' })
export class InformationWay {
  @Field(() => Term, { description: 'Of taxonomy CHANNEL.' })
  channel!: Term;

  @Field(() => Float, { description: 'The share of the audience that obtains information by it, 0 to 1.' })
  weight!: number;

  @Field(() => Insight, { description: 'What says so, with its source.' })
  insight!: Insight;
}

@ObjectType({
  description: 'How far the channels of a campaign are those by which one of its audiences obtains information.',
})
export class ChannelFit {
  @Field(() => Term, { description: 'Of taxonomy AUDIENCE.' })
  audience!: Term;

  @Field(() => Float, { description: 'The weights of the ways it uses by those of all that are known, 0 to 1.' })
  share!: number;

  @Field(() => [InformationWay], { description: 'The ways that it uses, by weight, the highest first.' })
  used!: InformationWay[];

  @Field(() => [InformationWay], {
    description: 'The ways of at least a quarter of the audience that it does not use, by weight, the highest first.',
  })
  toAdd!: InformationWay[];
}
