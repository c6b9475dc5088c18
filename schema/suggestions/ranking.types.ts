import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../scalars.ts';

export enum DismissalCode {
  NOT_RELEVANT = 'NOT_RELEVANT',
  ALREADY_DONE = 'ALREADY_DONE',
  WRONG_DATES = 'WRONG_DATES',
  WRONG_PARTNERS = 'WRONG_PARTNERS',
  OTHER = 'OTHER',
}
registerEnumType(DismissalCode, {
  name: 'DismissalCode',
  description: 'Why a suggestion was dismissed, in a word. All but ALREADY_DONE rank suggestions like it lower.',
  valuesConfig: {
    NOT_RELEVANT: { description: 'Nothing would be gained by it.' },
    ALREADY_DONE: { description: 'It is being done already, so it was well suggested.' },
    WRONG_DATES: { description: 'Not on these days.' },
    WRONG_PARTNERS: { description: 'Not with these participants.' },
    OTHER: { description: 'As the reason says.' },
  },
});

@ObjectType({
  description:
    'What people made of suggestions of this kind on this corridor, or in this country where there is none, and what follows for their order. Counted is what everybody sees; answers are private and never counted.',
})
export class Ranking {
  @Field(() => Float, {
    description:
      'By what the score is multiplied, 0.7 to 1.3; 1 where nothing is known. (0.7 + 0.6 × (agreed + 5) / (agreed + dismissed + 10).)',
  })
  factor!: number;

  @Field(() => Int, { description: 'How many were dismissed, but for those done already.' })
  dismissed!: number;

  @Field(() => Int, { description: 'How many everybody knows were agreed on.' })
  agreed!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'What was decided before does not count: a coordinator reset it. Null: everything counts.',
  })
  since!: Date | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when resetting or restoring it.' })
  version!: number;
}

@InputType()
export class RankingInput {
  @Field(() => ID, { description: 'A suggestion of the kind, on the corridor or in the country, that is meant.' })
  suggestion!: string;

  @Field(() => Int, { description: 'The version of the ranking that you have read.' })
  expectedVersion!: number;
}
