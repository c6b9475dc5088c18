import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../scalars.ts';

export enum AnswerChoice {
  ENDORSE = 'endorse',
  DECLINE = 'decline',
}
registerEnumType(AnswerChoice, {
  name: 'AnswerChoice',
  description: 'What an actor answered.',
  valuesConfig: {
    ENDORSE: { description: 'We want this, and may be revealed to those who want it too.' },
    DECLINE: { description: 'We do not want this. To all others it looks as if nothing had been answered.' },
  },
});

@ObjectType({
  description:
    'What your own actor answered to a suggestion. Nobody else can see it; those who endorsed the same are revealed to each other.',
})
export class Answer {
  @Field(() => AnswerChoice)
  choice!: AnswerChoice;

  @Field(() => Int, {
    description: 'The version it was given to. Where the suggestion has another by now, the answer no longer counts.',
  })
  version!: number;

  @Field(() => DateTime)
  givenAt!: Date;
}

@InputType()
export class AnswerSuggestionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'The version you have read; an answer is to this one.' })
  expectedVersion!: number;
}
