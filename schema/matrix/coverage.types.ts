import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DayRange } from '../footprints/footprint.types.ts';
import { Quarter } from '../presence/presence.types.ts';
import { Term } from '../vocabulary/vocabulary.types.ts';
import { MatrixCounts } from './matrix.types.ts';

export enum CoverageFacet {
  AUDIENCE = 'audience',
  THEME = 'theme',
  CHANNEL = 'channel',
  LANGUAGE = 'language',
}
registerEnumType(CoverageFacet, { name: 'CoverageFacet', description: 'By what coverage is told.' });

@ObjectType({
  description:
    'What is done for an audience, on a theme, by a channel or in a language, in one quarter. The counts are of what you may read.',
})
export class CoverageCell extends MatrixCounts {
  @Field(() => Term, { description: 'The audience, theme, channel or language.' })
  term!: Term;

  @Field(() => Quarter)
  quarter!: Quarter;

  @Field(() => DayRange, { description: 'The days of the quarter.' })
  days!: DayRange;

  @Field(() => Boolean, {
    description:
      'At least three other verified actors do so as well by work that they do not show to every member, whoever they are. Only what they release for matching counts, and how many they are is never said. Refreshed weekly, on Mondays. False says nothing: there may be two.',
  })
  others!: boolean;
}
