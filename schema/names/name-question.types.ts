import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { connectionOf } from '../connection.ts';
import { Node } from '../node.ts';
import { DateTime } from '../scalars.ts';

export enum NameQuestionState {
  OPEN = 'open',
  CONFIRMED = 'confirmed',
  REFUSED = 'refused',
}
registerEnumType(NameQuestionState, {
  name: 'NameQuestionState',
  description: 'What a person said of a name in a file.',
  valuesConfig: {
    OPEN: { description: 'Nothing yet.' },
    CONFIRMED: { description: 'It means `answer`; the next file is read by that.' },
    REFUSED: { description: 'It means none of the candidates; they are not proposed for it again.' },
  },
});

export enum MatchedBy {
  CODE = 'CODE',
  NAME = 'NAME',
  SPELLING = 'SPELLING',
  ACRONYM = 'ACRONYM',
  INITIALS = 'INITIALS',
  LIKENESS = 'LIKENESS',
}
registerEnumType(MatchedBy, {
  name: 'MatchedBy',
  description: 'By what a candidate was found.',
  valuesConfig: {
    CODE: { description: 'It has the identifier that the file gives.' },
    NAME: { description: 'It is called so, or known by this name; case, accents and punctuation do not count.' },
    SPELLING: { description: 'The same but for legal form, small words, abbreviations and blanks.' },
    ACRONYM: { description: 'Its name states this short form.' },
    INITIALS: { description: 'These are the first letters of its name, or the file writes them out.' },
    LIKENESS: { description: 'Its name is like it.' },
  },
});

@ObjectType({ description: 'An actor that a name in a file may mean.' })
export class NameCandidate {
  @Field(() => Actor, { nullable: true, description: 'Null: you may not see it any more.' })
  actor!: Actor | null;

  @Field(() => Float, {
    description: 'From 0 to 1: of the names found like this, about this share means this actor.',
  })
  confidence!: number;

  @Field(() => MatchedBy)
  matchedBy!: MatchedBy;
}

@ObjectType({
  implements: Node,
  description:
    'A name in one of your files of which a person is to say which actor it means. Coordinators see those of the files that they loaded.',
})
export class NameQuestion extends Node {
  @Field(() => String, { description: 'As the file has it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Scheme of `code`. Null: the file gives no identifier.' })
  scheme!: string | null;

  @Field(() => String, { nullable: true, description: 'The identifier that the file gives. Null: none.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'The file that asked last. Null: not known.' })
  source!: string | null;

  @Field(() => NameQuestionState)
  state!: NameQuestionState;

  @Field(() => [NameCandidate], { description: 'The likeliest first, without those that were refused.' })
  candidates!: NameCandidate[];

  @Field(() => Actor, {
    nullable: true,
    description: 'Null unless it is CONFIRMED, or when you may not see the actor any more.',
  })
  answer!: Actor | null;

  @Field(() => Int, { description: 'Pass as `expectedVersion` when deciding it.' })
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null: not yet.' })
  decidedAt!: Date | null;
}

export const NameQuestionConnection = connectionOf(NameQuestion);

@InputType()
export class NameQuestionFilter {
  @Field(() => [NameQuestionState], { nullable: true })
  states?: NameQuestionState[] | null;
}

@InputType()
export class ConfirmNameMatchInput {
  @Field(() => ID, { description: 'Of the question.' })
  id!: string;

  @Field(() => ID, { description: 'Whom the name means: a candidate, or another actor that you may see.' })
  actor!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class RefuseNameMatchInput {
  @Field(() => ID, { description: 'Of the question.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

export const ConfirmNameMatchResult = resultOf('ConfirmNameMatchResult', NameQuestion);
export const RefuseNameMatchResult = resultOf('RefuseNameMatchResult', NameQuestion);
