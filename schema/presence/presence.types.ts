import { Field, Int, ObjectType } from 'type-graphql';
import { DayRange } from '../footprints/footprint.types.ts';
import { Corridor } from '../vocabulary/vocabulary.types.ts';

@ObjectType({ description: 'A quarter of a calendar year.' })
export class Quarter {
  @Field(() => Int, { description: 'Such as 2027.' })
  year!: number;

  @Field(() => Int, { description: '1 to 4.' })
  quarter!: number;
}

@ObjectType({
  description:
    'At least three other verified actors work on this corridor in this quarter, whoever they are. How many is never said, and work that nobody else may know of is told only when three actors have such work there.',
})
export class PresenceCell {
  @Field(() => Corridor, { description: 'Where they work.' })
  corridor!: Corridor;

  @Field(() => Quarter, { description: 'When they work there.' })
  quarter!: Quarter;

  @Field(() => DayRange, { description: 'The days of the quarter.' })
  days!: DayRange;
}
